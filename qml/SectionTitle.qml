// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What the part of a pane beneath is about.
Text {
    id: root

    color: Theme.textMuted
    font.pixelSize: Theme.caption
    font.weight: Font.Bold
    font.letterSpacing: 0.6
    font.capitalization: Font.AllUppercase
    Accessible.role: Accessible.Heading
    Accessible.name: root.text
}
