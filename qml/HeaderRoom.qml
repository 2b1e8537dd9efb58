// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// Room over the first row of a view. In a file of its own, because a view of Qt 6.4 cannot make a
/// header that stands where component behaviour is bound.
QtObject {
    readonly property Component room: Component {
        Item {}
    }
}
