// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Of Tocsin's components the status bar and the list, in colours of its own, with rows of its own.
Window {
    id: window

    required property string server

    width: 480
    height: 640
    visible: true
    color: Theme.background
    title: "Pager"

    // A theme of one's own: any colour or size of Theme may be bound to another one.
    Binding { target: Theme; property: "background"; value: "#14213d" }
    Binding { target: Theme; property: "surface"; value: "#1d2d50" }
    Binding { target: Theme; property: "text"; value: "#fdf0d5" }
    Binding { target: Theme; property: "accent"; value: "#fca311" }

    LiveFeed {
        id: feed
        server: window.server
        rooms: ["account:default"]
    }
    IncidentSelection {
        id: picked
        incidents: feed.incidents
    }
    IncidentList {
        id: list
        anchors.top: parent.top
        anchors.bottom: status.top
        anchors.left: parent.left
        anchors.right: parent.right
        incidents: feed.incidents
        selection: picked
        rowHeight: 48
        onOpenRequested: console.info("opened " + list.cursor.uuid)

        delegate: Rectangle {
            id: row

            required property string uuid
            required property string title
            required property int severity

            width: list.width - list.leftMargin - list.rightMargin
            height: list.rowHeight
            color: Theme.surface
            border.color: list.cursor.uuid === row.uuid ? Theme.accent : "transparent"
            Accessible.role: Accessible.ListItem
            Accessible.name: row.title
            Component.onCompleted: console.info("row " + row.title)

            SeverityMark {
                id: mark
                width: 24
                height: 24
                anchors.left: parent.left
                anchors.leftMargin: Theme.medium
                anchors.verticalCenter: parent.verticalCenter
                severity: row.severity
            }
            Text {
                anchors.left: mark.right
                anchors.right: parent.right
                anchors.margins: Theme.medium
                anchors.verticalCenter: parent.verticalCenter
                text: row.title
                // What a sender wrote is text, whatever is in it.
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: Theme.text
                font.pixelSize: Theme.body
            }
            TapHandler {
                onTapped: list.openRow(row.uuid)
            }
        }
    }
    StatusBar {
        id: status
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        connections: feed.connections
        doubts: feed.doubts
        presence: feed.presence
        live: feed.live
    }
}
