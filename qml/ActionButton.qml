// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A button. `primary` for the one thing that is to be done here.
Pressable {
    id: root

    property bool primary: false
    property color textColor: root.primary ? Theme.accentText : Theme.text
    readonly property bool filled: root.primary && (root.enabled || !Theme.highContrast)
    readonly property color shownColor: Theme.enabledColor(root.textColor, root.enabled)

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: Theme.large
    rightPadding: Theme.large
    topPadding: Theme.small
    bottomPadding: Theme.small
    font.pixelSize: Theme.body
    font.weight: Font.DemiBold
    opacity: root.enabled ? 1 : Theme.faded(0.5)

    contentItem: Text {
        text: root.text
        font: root.font
        color: root.shownColor
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
    background: Rectangle {
        radius: Theme.radius - 2
        color: root.filled ? Theme.accent : "transparent"
        border.width: root.filled ? 0 : Theme.line
        border.color: Qt.alpha(root.shownColor, Theme.faded(0.45))

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius - 2
            color: root.textColor
            opacity: root.down ? 0.2 : root.hovered ? 0.1 : 0
        }
    }

    FocusRing {
        visible: root.visualFocus
    }
}
