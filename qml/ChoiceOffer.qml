// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// One of the choices of a ChoiceBox.
T.ItemDelegate {
    id: root

    required property string modelData

    width: ListView.view ? ListView.view.width : 0
    implicitHeight: Theme.body + 2 * Theme.small
    leftPadding: Theme.small
    text: root.modelData
    highlighted: ListView.isCurrentItem
    Accessible.role: Accessible.ListItem
    Accessible.onPressAction: root.clicked()
    Accessible.name: root.text

    contentItem: Text {
        text: root.text
        color: Theme.text
        font.pixelSize: Theme.body
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: Theme.radius - 2
        color: root.highlighted ? Qt.alpha(Theme.accent, 0.22)
            : root.hovered ? Qt.alpha(Theme.text, 0.08) : "transparent"
    }
}
