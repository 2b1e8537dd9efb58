// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One thing that could stand at the cursor of a FilterField.
Rectangle {
    id: root

    required property int index
    required property string modelData

    signal taken(int index)

    width: ListView.view ? ListView.view.width : 0
    height: Theme.body + 2 * Theme.small
    radius: Theme.radius - 2
    color: ListView.isCurrentItem ? Qt.alpha(Theme.accent, 0.22)
        : hover.hovered ? Qt.alpha(Theme.text, 0.08) : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: root.modelData
    Accessible.selected: ListView.isCurrentItem
    Accessible.onPressAction: root.taken(root.index)

    Text {
        anchors.fill: parent
        anchors.leftMargin: Theme.small
        anchors.rightMargin: Theme.small
        verticalAlignment: Text.AlignVCenter
        text: root.modelData
        textFormat: Text.PlainText
        color: Theme.text
        font.family: Theme.fixedFamily
        font.pixelSize: Theme.body
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        // Not also for the row beneath.
        gesturePolicy: TapHandler.WithinBounds
        onTapped: root.taken(root.index)
    }
}
