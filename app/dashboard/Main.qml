// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin
import TocsinWindow

Window {
    id: window

    required property Dashboard dashboard
    required property string scheme
    required property real textScale
    required property string filter
    /// Nobody is called by a picture.
    required property bool alarmActive
    property alias feed: view.feed
    property alias alarm: view.alarm
    property alias trayOffered: view.trayOffered
    /// On a wall: notifications and the tray are off until they are turned on.
    property alias kiosk: view.kiosk

    minimumWidth: 320
    minimumHeight: 320
    color: Theme.background
    title: !view.feed.live ? qsTr("Not live – Tocsin")
        : qsTr("%1 active – Tocsin").arg(view.feed.incidents.count)

    Binding {
        target: Theme
        property: "scheme"
        value: window.scheme
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.textScale
    }
    LiveDashboard {
        id: view
        anchors.fill: parent
        focus: true
        server: window.dashboard.server
        rooms: window.dashboard.rooms
        tokenFile: window.dashboard.tokenFile
        cacheDirectory: window.dashboard.cacheDirectory
        filter: window.filter
        alarmOffered: true
        alarmActive: window.alarmActive
        notice: window.dashboard.notice
        noticeIsTrouble: window.dashboard.trouble
        demonstrationOffered: window.dashboard.demonstrationOffered
        demonstrationRunning: window.dashboard.demonstrationRunning
        onDemonstrationRequested: window.dashboard.startDemonstration()
        onDemonstrationEndRequested: window.dashboard.stopDemonstration()
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: Qt.quit()
    }
}
