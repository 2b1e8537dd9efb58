// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Over a list that is not live.
Rectangle {
    width: 640
    height: 120
    color: Theme.background

    AgedBanner {
        width: parent.width
        lastLive: new Date(Date.now() - 38000)
        detail: "The server does not answer."
    }
}
