// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Whether something is picked: a box, ticked or not.
Rectangle {
    id: root

    required property bool picked

    implicitWidth: 20 * Theme.textScale
    implicitHeight: root.implicitWidth
    radius: 4
    color: root.picked ? Theme.accent : "transparent"
    border.width: root.picked ? 0 : 2
    border.color: Theme.textMuted
    Accessible.ignored: true

    // A tick: two strokes that meet.
    Item {
        anchors.centerIn: parent
        visible: root.picked
        width: root.width * 0.6
        height: root.height * 0.5

        Rectangle {
            x: parent.width * 0.02
            y: parent.height * 0.5
            width: parent.width * 0.42
            height: 2.5 * Theme.textScale
            rotation: 45
            antialiasing: true
            color: Theme.accentText
        }
        Rectangle {
            x: parent.width * 0.24
            y: parent.height * 0.36
            width: parent.width * 0.82
            height: 2.5 * Theme.textScale
            rotation: -45
            antialiasing: true
            color: Theme.accentText
        }
    }
}
