// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// The servers of a window: one in full, and of all of them how they are. With them what a person
/// seldom needs: adding servers, and the settings.
FocusScope {
    id: root

    required property ServerBook book
    required property Preferences preferences

    /// What the program shows by itself; empty: nothing.
    property alias server: primary.server
    property alias alternatives: primary.alternatives
    property alias rooms: primary.rooms
    property alias tokenFile: primary.tokenFile
    property string serverName: qsTr("This computer")
    property alias notice: primary.notice
    property alias noticeIsTrouble: primary.noticeIsTrouble
    property alias demonstrationOffered: primary.demonstrationOffered
    property alias demonstrationRunning: primary.demonstrationRunning
    property alias primaryCacheDirectory: primary.cacheDirectory
    property string cacheDirectory
    property string filter
    property alias savedFiltersFile: primary.savedFiltersFile
    /// As LiveDashboard's, for every server that is shown.
    property bool alarmOffered: false
    property bool alarmActive: root.alarmOffered
    property alias kiosk: primary.kiosk
    property alias alarmSettingsFile: primary.alarmSettingsFile
    /// Of what the program shows by itself.
    readonly property alias alarm: primary.alarm
    readonly property alias primaryFeed: primary.feed
    property alias trayOffered: primary.trayOffered
    /// The servers of the book are shown, and more can be added.
    property bool serversOffered: true

    readonly property alias deck: serverDeck
    readonly property LiveFeed feed: serverDeck.currentFeed ?? primary.feed
    readonly property bool several: serverDeck.count > 1
    readonly property real inset: root.several ? 0 : menuButton.width + Theme.small

    /// Whether the program can be left from here.
    property bool quitOffered: false

    signal quitRequested
    signal demonstrationRequested
    signal demonstrationEndRequested

    function joinPrimary() {
        primary.server === "" ? serverDeck.take("own") : serverDeck.put("own", root.serverName, primary.feed);
    }

    onServerNameChanged: root.joinPrimary()

    /// Closes what lies over the dashboards, where nothing typed is lost with it.
    function uncover() {
        serversSheet.close();
        settingsSheet.close();
    }
    /// Shows the incident that a link names, at whichever server it is.
    function openLinked(uuid: string) {
        linkedIncident.open(uuid);
    }

    ServerDeck {
        id: serverDeck
    }
    // They go with the settings to another computer.
    Binding {
        target: root.preferences
        property: "savedFilters"
        value: primary.savedFilters
    }
    Binding {
        target: root.preferences
        property: "alarmSettings"
        value: primary.alarmSettings
    }
    LinkedIncident {
        id: linkedIncident
        deck: serverDeck
        onFound: (server, uuid) => {
            root.uncover();
            serverDeck.current = server;
            if (server === "own")
                primary.showIncident(uuid);
        }
    }
    ActionList {
        id: actions

        KeyAction {
            id: addServer
            group: qsTr("Program")
            text: qsTr("Add a server…")
            keys: ["Ctrl+N"]
            inSight: root.serversOffered
            onActivated: (connectSheet.make() as ConnectSheet).add()
        }
        KeyAction {
            id: showServers
            group: qsTr("Program")
            text: qsTr("Servers…")
            inSight: root.serversOffered
            onActivated: serversSheet.open()
        }
        KeyAction {
            group: qsTr("Program")
            text: qsTr("Next server")
            keys: ["Ctrl+PgDown"]
            inSight: root.several
            onActivated: serverDeck.step(1)
        }
        KeyAction {
            group: qsTr("Program")
            text: qsTr("Previous server")
            keys: ["Ctrl+PgUp"]
            inSight: root.several
            onActivated: serverDeck.step(-1)
        }
        KeyAction {
            id: showSettings
            group: qsTr("Program")
            text: qsTr("Settings…")
            keys: ["Ctrl+,"]
            onActivated: settingsSheet.open()
        }
        KeyAction {
            group: qsTr("Program")
            text: qsTr("Quit")
            keys: ["Ctrl+Q"]
            inSight: root.quitOffered
            onActivated: root.quitRequested()
        }
    }
    Rectangle {
        id: bar
        objectName: "serverBar"
        visible: root.several
        width: root.width
        height: root.several ? tabRoom.height + 2 * Theme.small : 0
        color: Theme.sunken

        // However many servers there are, incidents are seen beneath; the server that is shown is among
        // those in sight.
        ScrollRoom {
            id: tabRoom
            objectName: "serverTabRoom"
            readonly property ServerTab currentTab: (tabs.object as ServerTabs)?.currentTab ?? null
            readonly property real currentTop: tabRoom.currentTab?.y ?? 0
            readonly property real tabHeight: tabRoom.currentTab?.height ?? 0

            anchors.left: parent.left
            anchors.leftMargin: primary.compact ? Theme.large : Theme.wide
            anchors.right: parent.right
            anchors.rightMargin: menuButton.width + (primary.compact ? Theme.large : Theme.wide) + Theme.small
            anchors.verticalCenter: parent.verticalCenter
            // A line of them, where there is no height for more.
            height: Math.min(tabs.implicitHeight,
                Math.max(tabRoom.tabHeight, root.height < Theme.lowHeight ? 0 : root.height / 4 - 2 * Theme.small))
            contentHeight: tabs.implicitHeight
            onCurrentTopChanged: tabRoom.reveal(tabRoom.currentTop, tabRoom.tabHeight)
            onHeightChanged: tabRoom.reveal(tabRoom.currentTop, tabRoom.tabHeight)

            OnDemand {
                id: tabs
                wanted: root.several
                width: parent.width
                height: implicitHeight
                source: Qt.resolvedUrl("ServerTabs.qml")
                properties: ({ objectName: "serverTabs", deck: serverDeck, width: Qt.binding(() => tabs.width) })
            }
        }
    }
    Notice {
        id: linkNotice
        objectName: "linkNotice"
        visible: linkedIncident.notice !== ""
        anchors.top: bar.bottom
        width: root.width
        height: visible ? implicitHeight : 0
        text: linkedIncident.notice

        ActionButton {
            objectName: "dismissLink"
            text: qsTr("Dismiss")
            onClicked: linkedIncident.dismiss()
        }
    }
    // In sight also where another server is: what is not received on this computer is on none.
    Notice {
        id: troubleNotice
        objectName: "troubleNotice"
        visible: root.notice !== "" && root.noticeIsTrouble && !primary.visible
        anchors.top: linkNotice.bottom
        width: root.width
        height: visible ? implicitHeight : 0
        caution: true
        text: root.notice
    }
    // What is seen below is then not all that somebody has wished to see.
    Notice {
        id: bookNotice
        objectName: "bookNotice"
        visible: root.serversOffered && root.book.problem !== ""
        anchors.top: troubleNotice.bottom
        width: root.width
        height: visible ? implicitHeight : 0
        caution: true
        text: root.book.problem
    }
    Notice {
        id: bookFailure
        objectName: "bookFailure"
        visible: root.book.failure !== ""
        anchors.top: bookNotice.bottom
        width: root.width
        height: visible ? implicitHeight : 0
        caution: true
        text: root.book.failure

        ActionButton {
            objectName: "dismissFailure"
            text: qsTr("Dismiss")
            onClicked: root.book.dismissFailure()
        }
    }
    FocusScope {
        anchors.top: bookFailure.bottom
        anchors.bottom: parent.bottom
        width: root.width
        focus: true

        LiveDashboard {
            id: primary
            objectName: "primaryDashboard"
            anchors.fill: parent
            visible: serverDeck.count === 0 || serverDeck.current === "own"
            enabled: visible
            focus: visible
            filter: root.filter
            headerInset: root.inset
            doubt: bookNotice.visible ? root.book.problem : ""
            program: actions
            order: root.preferences.order
            group: root.preferences.group
            onOrderChosen: order => root.preferences.choose("sort", order)
            onGroupChosen: group => root.preferences.choose("group", group)
            alarmOffered: root.alarmOffered
            alarmActive: root.alarmActive
            connectOffered: root.serversOffered
            onServerChanged: root.joinPrimary()
            onShowRequested: {
                root.uncover();
                serverDeck.current = "own";
            }
            onDemonstrationRequested: root.demonstrationRequested()
            onDemonstrationEndRequested: root.demonstrationEndRequested()
            onConnectRequested: (connectSheet.make() as ConnectSheet).add()
        }
        Repeater {
            model: root.book

            SavedServerPage {
                anchors.fill: parent
                deck: serverDeck
                allowed: root.serversOffered
                cacheDirectory: root.cacheDirectory
                filter: root.filter
                headerInset: root.inset
                program: actions
                preferences: root.preferences
                linked: linkedIncident
                onShowRequested: root.uncover()
                alarmOffered: root.alarmOffered
                alarmActive: root.alarmActive
                alarmSettings: primary.alarmSettings
                savedFiltersFile: primary.savedFiltersFile
                savedFiltersBeside: primary.savedFilters
                focus: visible
            }
        }
    }
    MenuButton {
        id: menuButton
        objectName: "menuButton"
        anchors.right: parent.right
        anchors.rightMargin: primary.compact ? Theme.large : Theme.wide
        // Where no dashboard of its own is seen, as high as that of another would be in an ample window.
        y: root.several ? Theme.tiny : linkNotice.height + troubleNotice.height + bookNotice.height + bookFailure.height
            + (primary.visible ? primary.headerMiddle : Theme.medium + Theme.display * 0.6) - height / 2
        text: qsTr("Menu")
        onClicked: {
            const opened = menu.make() as T.Menu;
            opened.popup(menuButton, menuButton.mirrored ? 0 : menuButton.width - opened.width, menuButton.height + Theme.tiny);
        }

        OnDemand {
            id: menu
            source: Qt.resolvedUrl("DashboardMenu.qml")
            properties: ({ addServer: addServer, showServers: showServers, showSettings: showSettings })
        }
    }
    OnDemand {
        id: connectSheet
        objectName: "connectSheetMaker"
        source: Qt.resolvedUrl("ConnectSheet.qml")
        properties: ({ book: root.book })
    }
    Connections {
        target: connectSheet.object

        function onConnected(id: string) { serverDeck.current = id; }
    }
    OnDemand {
        id: serversSheet
        objectName: "serversSheetMaker"
        source: Qt.resolvedUrl("ServersSheet.qml")
        properties: ({ book: root.book })
    }
    Connections {
        target: serversSheet.object

        function onAddRequested() {
            serversSheet.close();
            (connectSheet.make() as ConnectSheet).add();
        }
        function onChangeRequested(id: string) {
            serversSheet.close();
            (connectSheet.make() as ConnectSheet).change(id);
        }
    }
    OnDemand {
        id: settingsSheet
        objectName: "settingsSheetMaker"
        source: Qt.resolvedUrl("SettingsSheet.qml")
        properties: ({ preferences: root.preferences })
    }
    Connections {
        target: settingsSheet.object

        function onServersRequested() {
            settingsSheet.close();
            serversSheet.open();
        }
    }
}
