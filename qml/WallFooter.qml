// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// The last line of a wall: whether it is live and with whom, and where in its pages it is.
Rectangle {
    id: root

    required property real unit
    required property LiveFeed feed
    property int page: 0
    property int pages: 1
    property int screen: 0
    property int screens: 1
    /// What none of the page's screens has room for.
    property int beyond: 0
    property bool held: false

    implicitHeight: root.unit * 5.5
    color: Theme.surface
    Accessible.role: Accessible.StatusBar
    Accessible.name: status.text

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: root.unit * 3
        anchors.rightMargin: root.unit * 3
        spacing: root.unit * 1.5

        Rectangle {
            implicitWidth: root.unit * 2
            implicitHeight: implicitWidth
            radius: root.feed.live ? width / 2 : width * 0.15
            color: root.feed.live ? Theme.accent : Theme.cautionLine
        }
        Text {
            id: status
            objectName: "wallStatus"
            text: lines.count === 0 ? qsTr("Offline: no server is set") : lines.text
            color: root.feed.live ? Theme.accent : Theme.text
            font.pixelSize: root.unit * 2.6
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Text {
            objectName: "wallBeyond"
            visible: root.beyond > 0
            text: qsTr("%Ln more than there is room for", "", root.beyond)
            color: Theme.warningText
            font.pixelSize: root.unit * 2.6
            font.weight: Font.Bold
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Text {
            objectName: "wallPlace"
            visible: text !== ""
            text: Words.joined([root.held ? qsTr("New critical incident") : "",
                root.screens > 1 ? qsTr("Screen %1 of %2").arg(root.screen + 1).arg(root.screens) : "",
                root.pages > 1 ? qsTr("Page %1 of %2").arg(root.page + 1).arg(root.pages) : ""], "  ·  ")
            color: root.held ? Theme.text : Theme.textSecondary
            font.pixelSize: root.unit * 2.6
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    // A feed has one connection; its row knows the words of the status bar.
    Repeater {
        id: lines
        readonly property string text: (lines.count > 0 ? (lines.itemAt(0) as WallConnection)?.text : "") ?? ""

        model: root.feed.connections

        WallConnection {}
    }
}
