// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// That something came in above what is on the screen; a click goes there.
Pressable {
    id: root

    required property ListCursor cursor

    visible: root.cursor.newAbove > 0
    text: root.cursor.criticalAbove ? qsTr("%L1 new above, critical").arg(root.cursor.newAbove)
                                    : qsTr("%L1 new above").arg(root.cursor.newAbove)
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.body + 2 * Theme.medium
    leftPadding: Theme.large
    rightPadding: Theme.large
    Accessible.name: qsTr("%1: go to the top").arg(root.text)

    contentItem: Row {
        spacing: Theme.small

        SeverityMark {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.cursor.criticalAbove
            severity: Incident.Critical
            implicitWidth: 20 * Theme.textScale
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: "↑ " + root.text
            color: root.cursor.criticalAbove ? Theme.text : Theme.accentText
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.cursor.criticalAbove ? Qt.tint(Theme.surface, Qt.alpha(Theme.critical, 0.25)) : Theme.accent
        border.width: root.cursor.criticalAbove ? 2 : 0
        border.color: Theme.critical
    }
    FocusRing {
        visible: root.visualFocus
        radius: height / 2
    }
}
