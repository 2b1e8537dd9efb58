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
    /// The keys stand beneath the words.
    readonly property bool stacked: root.width < Theme.narrowWidth

    visible: root.action.keys.length > 0 && (root.action.local || root.action.inSight)
    spacing: Theme.tiny

    SectionTitle {
        anchors.left: parent.left
        visible: root.first
        text: root.action.group
        topPadding: Theme.medium
        bottomPadding: Theme.tiny
    }
    Item {
        objectName: "keyLineWords"
        width: root.width
        height: root.stacked ? what.implicitHeight + Theme.tiny + caps.implicitHeight + Theme.small
            : Math.max(what.implicitHeight, caps.implicitHeight)
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(root.action.text).arg(root.action.keyText)

        Text {
            id: what
            anchors.left: parent.left
            y: root.stacked ? 0 : (parent.height - height) / 2
            width: root.stacked ? parent.width : parent.width - caps.width - Theme.medium
            text: root.action.text
            color: Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Grid {
            id: caps
            anchors.left: root.stacked ? parent.left : undefined
            anchors.right: root.stacked ? undefined : parent.right
            y: root.stacked ? what.implicitHeight + Theme.tiny : (parent.height - height) / 2
            columns: root.stacked ? 1 : Math.max(1, root.action.keys.length)
            spacing: Theme.tiny

            Repeater {
                model: root.action.keyNames

                KeyCap {
                    required property string modelData

                    text: modelData
                }
            }
        }
    }
}
