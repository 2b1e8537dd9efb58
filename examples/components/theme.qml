// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A program's own page in the same colours, for whoever needs high contrast.
Rectangle {
    width: 480
    height: 160
    color: Theme.background
    Component.onCompleted: Theme.contrast = "high"
    Component.onDestruction: Theme.contrast = "system"

    Text {
        anchors.centerIn: parent
        text: "On call: Anna"
        color: Theme.text
        font.pixelSize: Theme.heading
    }
}
