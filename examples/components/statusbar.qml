// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Whether what is shown is current.
Rectangle {
    width: 960
    height: 80
    color: Theme.background

    LiveFeed {
        id: feed
        server: "ws://127.0.0.1:8787/ws"
        rooms: ["account:default"]
    }
    StatusBar {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        connections: feed.connections
        doubts: feed.doubts
        presence: feed.presence
        live: feed.live
    }
}
