// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The incidents of a feed, and nothing around them.
Rectangle {
    width: 960
    height: 600
    color: Theme.background

    LiveFeed {
        id: live
        server: "ws://127.0.0.1:8787/ws"
        rooms: ["account:default"]
    }
    IncidentSelection {
        id: picked
        incidents: live.incidents
    }
    IncidentList {
        id: list
        anchors.fill: parent
        incidents: live.incidents
        selection: picked
        onOpenRequested: list.openUuid = list.cursor.uuid
    }
    // A list that is not live may be empty and say nothing by it.
    AgedBanner {
        width: parent.width
        visible: !live.live
        lastLive: live.lastLive
        detail: live.trouble
    }
}
