// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// What a key does: the key itself, and what the sheet says of it, so that the two are one.
Shortcut {
    id: root

    required property string group
    required property string text
    /// As QKeySequence writes them; any of them does it.
    required property var keys
    /// Told in the sheet only: the part that has the keyboard acts on it itself.
    property bool local: false
    /// Whether what it acts on can be seen. One key is of several dashboards in a window.
    property bool inSight: true

    sequences: root.local || !root.inSight ? [] : root.keys
}
