// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Something that can be done, with its key; where it cannot be done now, the reason beneath.
Rectangle {
    id: root

    required property int index
    required property string text
    required property string group
    required property var keys
    required property string obstacle
    readonly property bool hindered: root.obstacle !== ""
    /// What stands over its end, as a scroll bar.
    property real endInset: 0
    readonly property real capsWidth: caps.visible ? caps.width + Theme.medium : 0

    signal taken(int index)

    width: ListView.view ? ListView.view.width : 0
    height: words.height + 2 * Theme.small
    radius: Theme.radius - 2
    color: ListView.isCurrentItem ? Qt.alpha(Theme.accent, 0.22)
        : hover.hovered ? Qt.alpha(Theme.text, 0.08) : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(root.group).arg(root.text)
    Accessible.description: root.hindered ? root.obstacle
        : root.keys.length > 0 ? qsTr("Key %1").arg(root.keys.join(", ")) : ""
    Accessible.selected: ListView.isCurrentItem
    Accessible.onPressAction: root.taken(root.index)

    Column {
        id: words
        anchors.left: parent.left
        anchors.leftMargin: Theme.small
        anchors.verticalCenter: parent.verticalCenter
        width: root.width - 2 * Theme.small - root.endInset - root.capsWidth
        spacing: Theme.tiny / 2

        Text {
            width: parent.width
            text: root.text
            textFormat: Text.PlainText
            color: root.hindered ? Theme.textMuted : Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Text {
            objectName: "paletteLineReason"
            width: parent.width
            text: root.hindered ? root.obstacle : root.group
            textFormat: Text.PlainText
            color: root.hindered ? Theme.textSecondary : Theme.textMuted
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
    Row {
        id: caps
        visible: root.keys.length > 0 && root.width >= Theme.narrowWidth
        anchors.right: parent.right
        anchors.rightMargin: Theme.small + root.endInset
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.tiny

        Repeater {
            model: root.keys

            KeyCap {
                required property string modelData

                text: modelData
            }
        }
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        gesturePolicy: TapHandler.WithinBounds
        onTapped: root.taken(root.index)
    }
}
