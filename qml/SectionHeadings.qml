// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The delegate of a list's groups. In a file of its own, because a ListView of Qt 6.4 cannot make
/// one that stands where component behaviour is bound.
QtObject {
    readonly property real height: Theme.title + Theme.large + Theme.small
    readonly property Component heading: Component {
        SectionHeading {}
    }
}
