// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// All of it: the active incidents of a gateway's rooms.
LiveDashboard {
    width: 960
    height: 540
    server: "ws://127.0.0.1:8787/ws"
    rooms: ["account:default"]
}
