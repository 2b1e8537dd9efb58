// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Filters, sorts and groups the incidents of a feed.
Rectangle {
    width: 960
    height: 200
    color: Theme.background

    LiveFeed {
        id: live
        server: "ws://127.0.0.1:8787/ws"
        rooms: ["account:default"]
    }
    FilterBar {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.wide
        incidents: live.incidents
        text: "severity:critical -label.env=staging"
    }
}
