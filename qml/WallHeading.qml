// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// Above the first incident of a group, half as high as an incident.
SectionHeading {
    id: root

    // A view of Qt 6.4 tells its headings nothing of itself.
    readonly property WallRows rows: root.parent?.parent as WallRows

    height: (root.rows?.rowHeight ?? 0) / 2
    textSize: (root.rows?.unit ?? 1) * 2.8
}
