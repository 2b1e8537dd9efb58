// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

Window {
    id: window

    required property string server

    width: 1280
    height: 720
    visible: true
    color: Theme.background
    title: dashboard.feed.live ? "%1 active".arg(dashboard.feed.incidents.count) : "Not live"
    onTitleChanged: console.info(window.title)

    LiveDashboard {
        id: dashboard
        anchors.fill: parent
        server: window.server
        rooms: ["account:default"]
    }
}
