// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Beside what is longer than the room for it: there for as long as that is so.
T.ScrollBar {
    id: root

    required property bool needed

    policy: root.needed ? T.ScrollBar.AlwaysOn : T.ScrollBar.AlwaysOff
    visible: root.needed
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: 2
    minimumSize: root.height > 0 ? Math.min(1, root.width / root.height) : 0
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
