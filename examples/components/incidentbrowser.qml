// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The list and the open incident, without what stands above and beneath them.
Rectangle {
    width: 960
    height: 540
    color: Theme.background

    LiveFeed {
        id: live
        server: "ws://127.0.0.1:8787/ws"
        rooms: ["account:default"]
    }
    IncidentBrowser {
        id: browser
        anchors.fill: parent
        feed: live

        EmptyState {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.wide
            visible: live.incidents.count === 0
            calm: live.calm
            calmSince: live.calmSince
            reason: live.trouble
        }
    }
}
