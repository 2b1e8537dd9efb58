// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Shows where the keyboard is.
Rectangle {
    anchors.fill: parent
    anchors.margins: -3
    color: "transparent"
    radius: Theme.radius + 3
    border.width: Theme.strongLine
    border.color: Theme.accent
}
