// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls.Basic
import Tocsin

/// Beside what is longer than the room for it: there for as long as that is so.
///
/// Of Qt's own, whose style also gives every button and field the program's font: the bare templates
/// have the desktop's.
ScrollBar {
    id: root

    required property bool needed

    policy: root.needed ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    // What it moves is moved by the keyboard and by the screen reader itself.
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 8
        implicitHeight: 8
        radius: width / 2
        color: root.pressed ? Theme.text : Theme.textMuted
        opacity: Theme.faded(0.6)
    }
}
