// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// The view of a wall's incidents, which its headings take their sizes from.
ListView {
    property real unit
    property real rowHeight

    interactive: false
    clip: true
    cacheBuffer: 0
    reuseItems: true
    boundsBehavior: Flickable.StopAtBounds
}
