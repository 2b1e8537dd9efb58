// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A cross that empties what it stands in; its text is for the screen reader and the tip.
Pressable {
    id: root

    implicitWidth: 32 * Theme.textScale
    implicitHeight: root.implicitWidth

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: 16 * Theme.textScale
            height: 2 * Theme.textScale
            rotation: 45
            antialiasing: true
            color: root.hovered ? Theme.text : Theme.textSecondary
        }
        Rectangle {
            anchors.centerIn: parent
            width: 16 * Theme.textScale
            height: 2 * Theme.textScale
            rotation: -45
            antialiasing: true
            color: root.hovered ? Theme.text : Theme.textSecondary
        }
    }
    background: Rectangle {
        radius: width / 2
        color: root.down || root.hovered ? Qt.alpha(Theme.text, 0.1) : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: Theme.accent
    }
}
