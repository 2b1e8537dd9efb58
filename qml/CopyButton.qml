// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Copies a text; quiet, because it stands behind each of many.
ActionButton {
    id: root

    required property string content
    /// What it copies, for a screen reader.
    required property string name

    text: copied.running ? qsTr("Copied") : qsTr("Copy")
    textColor: root.hovered || root.visualFocus || copied.running ? Theme.text : Theme.textMuted
    font.pixelSize: Theme.caption
    font.weight: Font.Normal
    leftPadding: Theme.small
    rightPadding: Theme.small
    topPadding: Theme.tiny / 2
    bottomPadding: Theme.tiny / 2
    background.opacity: root.hovered || root.visualFocus ? 1 : 0
    Accessible.name: qsTr("Copy: %1").arg(root.name)
    onClicked: Clipboard.copy(root.content), copied.restart()

    Timer {
        id: copied
        interval: 2000
    }
}
