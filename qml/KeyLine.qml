// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// What a key does, and the key; above the first of a group, its heading.
Column {
    id: root

    required property KeyAction action
    required property bool first

    spacing: Theme.tiny

    SectionTitle {
        visible: root.first
        text: root.action.group
        topPadding: Theme.medium
        bottomPadding: Theme.tiny
    }
    Item {
        objectName: "keyLineWords"
        width: root.width
        height: Math.max(what.implicitHeight, caps.implicitHeight)
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(root.action.text).arg(root.action.keys.join(", "))

        Text {
            id: what
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - caps.width - Theme.medium
            text: root.action.text
            color: Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Row {
            id: caps
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.tiny

            Repeater {
                model: root.action.keys

                KeyCap {
                    required property string modelData

                    text: modelData
                }
            }
        }
    }
}
