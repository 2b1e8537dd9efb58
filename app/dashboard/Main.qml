// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin
import TocsinWindow

Window {
    id: window

    required property Dashboard dashboard
    required property Preferences preferences
    required property ServerBook book
    required property string filter
    /// Nobody is called by a picture.
    required property bool alarmActive
    /// Lines begin at the right: it was told so, or the language has it.
    required property bool mirrored
    property alias feed: view.feed
    readonly property alias primaryFeed: view.primaryFeed
    readonly property alias deck: view.deck
    readonly property alias alarm: view.alarm
    property alias trayOffered: view.trayOffered
    /// On a wall: notifications and the tray are off until they are turned on.
    property alias kiosk: view.kiosk

    LayoutMirroring.enabled: window.mirrored
    LayoutMirroring.childrenInherit: true
    minimumWidth: 320
    minimumHeight: 320
    color: Theme.background
    title: !view.deck.live ? qsTr("Not live – Tocsin")
        : view.deck.partial ? qsTr("%L1 active heard of – Tocsin").arg(view.deck.activeCount)
        : qsTr("%L1 active – Tocsin").arg(view.deck.activeCount)

    Connections {
        target: window.dashboard

        function onIncidentRequested(uuid: string) {
            view.openLinked(uuid);
        }
    }
    Binding {
        target: Theme
        property: "scheme"
        value: window.preferences.theme
    }
    Binding {
        target: Theme
        property: "contrast"
        value: window.preferences.contrast
    }
    Binding {
        target: Theme
        property: "colorVision"
        value: window.preferences.colorVision
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.preferences.textPercent / 100
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.preferences.reducedMotion === "system" ? SystemPreferences.reducedMotion
            : window.preferences.reducedMotion === "on"
    }
    DashboardDeck {
        id: view
        anchors.fill: parent
        focus: true
        book: window.book
        preferences: window.preferences
        serversOffered: window.dashboard.serversOffered
        server: window.dashboard.server
        alternatives: window.dashboard.alternatives
        serverName: window.dashboard.serverName || qsTr("This computer")
        rooms: window.dashboard.rooms
        tokenFile: window.dashboard.tokenFile
        primaryCacheDirectory: window.dashboard.ownCacheDirectory
        cacheDirectory: window.dashboard.cacheDirectory
        filter: window.filter
        alarmOffered: true
        alarmActive: window.alarmActive
        notice: window.dashboard.notice
        noticeIsTrouble: window.dashboard.trouble
        demonstrationOffered: window.dashboard.demonstrationOffered
        demonstrationRunning: window.dashboard.demonstrationRunning
        quitOffered: true
        onQuitRequested: Qt.quit()
        onDemonstrationRequested: window.dashboard.startDemonstration()
        onDemonstrationEndRequested: window.dashboard.stopDemonstration()
    }
}
