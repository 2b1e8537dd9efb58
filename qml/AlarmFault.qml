// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Why a person would not be called although they want to be, or why what they set is not kept.
Rectangle {
    id: root

    required property string text

    visible: root.text !== ""
    implicitHeight: words.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: Theme.cautionBackground
    border.width: Theme.line
    border.color: Theme.cautionLine
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Text {
        id: words
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.medium
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: Theme.cautionText
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
