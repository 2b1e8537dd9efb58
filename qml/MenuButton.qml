// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Three strokes: what is not done every day.
Pressable {
    id: root

    implicitWidth: 40 * Theme.textScale
    implicitHeight: root.implicitWidth
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: root.text

    contentItem: Item {
        Column {
            anchors.centerIn: parent
            spacing: 4 * Theme.textScale

            Repeater {
                model: 3

                Rectangle {
                    width: 18 * Theme.textScale
                    height: 2 * Theme.textScale
                    radius: height / 2
                    color: root.hovered ? Theme.text : Theme.textSecondary
                }
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius - 2
        color: root.down || root.hovered ? Qt.alpha(Theme.text, 0.1) : "transparent"
    }
    FocusRing {
        visible: root.visualFocus
    }
}
