// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A key, drawn as one.
Rectangle {
    id: root

    required property string text

    implicitWidth: Math.max(label.implicitWidth + 2 * Theme.small, root.implicitHeight)
    implicitHeight: label.implicitHeight + Theme.small
    radius: Theme.radius - 4
    color: Theme.sunken
    border.width: Theme.line
    border.color: Theme.outline

    Text {
        id: label
        anchors.centerIn: parent
        text: root.text
        color: Theme.text
        font.pixelSize: Theme.caption
        font.family: Theme.fixedFamily
        Accessible.ignored: true
    }
}
