// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What a person can do, with the keys that do it: what the sheet of keys and the command palette
/// say of it, and what is done, are one.
DashboardAction {
    id: root

    readonly property Shortcut shortcut: Shortcut {
        sequences: root.local || !root.inSight ? [] : root.keys
        enabled: root.enabled
        onActivated: root.trigger()
    }
}
