// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A server of the book, on a connection of its own.
FocusScope {
    id: root

    required property ServerDeck deck
    required property string serverId
    required property string name
    required property string address
    required property var alternatives
    required property var rooms
    required property SecretStore secrets
    required property bool shown
    property bool allowed: true
    property string cacheDirectory
    property string filter
    property real headerInset: 0
    property alias program: dashboard.program
    property bool alarmOffered: false
    property bool alarmActive: false
    required property AlarmSettings alarmSettings
    property alias savedFiltersFile: dashboard.savedFiltersFile
    property alias savedFiltersBeside: dashboard.savedFiltersBeside
    required property Preferences preferences
    required property LinkedIncident linked

    /// Somebody asked for it who did not look.
    signal showRequested

    readonly property bool connects: root.allowed && root.shown
    readonly property alias dashboard: dashboard

    function join() {
        root.connects ? root.deck.put(root.serverId, root.name, dashboard.feed) : root.deck.take(root.serverId);
    }

    visible: root.connects && root.deck.current === root.serverId
    enabled: root.visible
    onNameChanged: root.join()
    onConnectsChanged: root.join()
    Component.onCompleted: root.join()

    Connections {
        target: root.linked

        function onFound(server: string, uuid: string) {
            if (server === root.serverId)
                dashboard.showIncident(uuid);
        }
    }
    LiveDashboard {
        id: dashboard
        objectName: "savedDashboard"
        anchors.fill: parent
        focus: true
        server: root.connects ? root.address : ""
        alternatives: root.alternatives
        rooms: root.rooms
        secrets: root.secrets
        secretName: root.serverId
        cacheDirectory: root.cacheDirectory
        filter: root.filter
        headerInset: root.headerInset
        order: root.preferences.order
        group: root.preferences.group
        onOrderChosen: order => root.preferences.choose("sort", order)
        onGroupChosen: group => root.preferences.choose("group", group)
        alarmOffered: root.alarmOffered
        alarmSettings: root.alarmSettings
        onShowRequested: {
            root.showRequested();
            root.deck.current = root.serverId;
        }
        // A server that is not shown is not connected, and that is no trouble.
        alarmActive: root.alarmActive && root.connects
    }
}
