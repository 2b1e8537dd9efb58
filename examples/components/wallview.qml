// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A wall with two pages.
WallView {
    width: 960
    height: 540
    name: "Ops room"
    feed: LiveFeed {
        server: "ws://127.0.0.1:8787/ws"
        rooms: ["account:default"]
    }
    pages: WallPages {
        WallPage {
            title: "All incidents"
            seconds: 30
        }
        WallPage {
            title: "The last day"
            view: WallPage.Activity
        }
    }
}
