// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The command palette of a dashboard.
CommandPalette {
    id: root

    required property DashboardKeys keys
    required property FilterBar filterBar

    objectName: "commandPalette"
    actions: PaletteActions {
        visible: root.keys.visible
        keys: root.keys
        filterBar: root.filterBar
    }
}
