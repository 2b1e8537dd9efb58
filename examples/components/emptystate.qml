// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// It is certain that there is nothing.
Rectangle {
    width: 640
    height: 400
    color: Theme.background

    EmptyState {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.wide
        calm: true
        calmSince: new Date(2026, 2, 14, 9, 30)
    }
}
