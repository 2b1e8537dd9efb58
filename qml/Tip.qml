// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// A few words about what the pointer is on.
T.ToolTip {
    id: root

    readonly property real widest: 320 * Theme.textScale

    delay: 400
    margins: Theme.small
    padding: Theme.small
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    x: parent ? (parent.width - width) / 2 : 0
    y: -height - Theme.tiny
    implicitWidth: Math.min(root.widest, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    contentItem: Text {
        text: root.text
        color: Theme.background
        font.pixelSize: Theme.caption
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        color: Theme.text
        radius: Theme.radius - 2
    }
}
