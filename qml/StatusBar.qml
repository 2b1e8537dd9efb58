// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Whether what is shown is current, a line for each server.
Rectangle {
    id: root

    required property ConnectionModel connections

    implicitHeight: Math.max(lines.implicitHeight + 2 * Theme.small, 44 * Theme.textScale)
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Connections")

    Rectangle {
        width: parent.width
        height: Theme.line
        color: Theme.outline
    }
    Column {
        id: lines
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.width < Theme.compactWidth ? Theme.large : Theme.wide
        anchors.rightMargin: root.width < Theme.compactWidth ? Theme.large : Theme.wide
        spacing: Theme.tiny

        Repeater {
            model: root.connections

            ConnectionStatus {
                required property int index

                width: lines.width
                compact: root.width < Theme.compactWidth
                onRetryRequested: root.connections.retryNow(index)
            }
        }
        Text {
            visible: root.connections.count === 0
            text: qsTr("Offline: no server is set")
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.Bold
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
