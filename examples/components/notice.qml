// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Something about the screen itself.
Rectangle {
    width: 640
    height: 120
    color: Theme.background

    Notice {
        width: parent.width
        text: "Port 8787 is taken, so incidents are received on port 40123."
        caution: true
    }
}
