// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The number for a wall.
Rectangle {
    width: 480
    height: 120
    color: Theme.background

    ActiveCount {
        anchors.centerIn: parent
        count: 7
        live: true
    }
}
