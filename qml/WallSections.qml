// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// The delegate of a wall's groups, in a file of its own as SectionHeadings is.
QtObject {
    readonly property Component heading: Component {
        WallHeading {}
    }
}
