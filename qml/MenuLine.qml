// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// One thing that a menu offers, with its key.
T.MenuItem {
    id: root

    /// As QKeySequence writes it; empty: none.
    property string keys
    readonly property string keyText: Words.key(root.keys)

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, 220 * Theme.textScale)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    topPadding: Theme.small
    bottomPadding: Theme.small
    font.pixelSize: Theme.body
    Accessible.role: Accessible.MenuItem
    Accessible.name: root.text
    Accessible.description: root.keys === "" ? "" : qsTr("Key %1").arg(root.keyText)

    contentItem: RowLayout {
        spacing: Theme.wide

        Text {
            text: root.text
            color: Theme.text
            font: root.font
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Text {
            text: root.keyText
            color: Theme.textMuted
            font.pixelSize: Theme.caption
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius - 2
        color: root.highlighted || root.hovered ? Qt.alpha(Theme.accent, 0.2) : "transparent"
    }
}
