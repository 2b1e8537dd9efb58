// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// All monitors on a wall, a tile each, those that are down first. Of more than there is room for
/// the worst are shown, and the others counted.
Item {
    id: root

    required property real unit
    required property LiveFeed feed
    readonly property MonitorModel monitors: root.feed.monitors
    readonly property real tileWidth: 30 * root.unit
    readonly property real tileHeight: 9.5 * root.unit
    readonly property real gridHeight: root.height - summary.height - root.unit
    readonly property int columns: TilePlan.columns(root.width, root.tileWidth)
    readonly property int mostTiles: root.columns * Math.max(1, Math.floor(root.gridHeight / root.tileHeight))
    readonly property real zoom: TilePlan.zoom(root.monitors.count, root.width, root.gridHeight, root.tileWidth, root.tileHeight)
    readonly property int beyond: Math.max(0, root.monitors.count - root.mostTiles)
    readonly property date asOf: root.feed.live ? Clock.now : root.feed.lastLive
    /// The server sends no list of them: what has not changed is not known.
    readonly property bool partial: !isNaN(root.monitors.heardSince.getTime())
    readonly property string words: root.partial
        ? qsTr("%1, heard since %2").arg(root.monitors.summary).arg(Clock.moment(root.monitors.heardSince, Clock.now))
        : root.monitors.summary

    Text {
        id: summary
        objectName: "wallMonitorSummary"
        width: parent.width
        text: root.monitors.count === 0 ? ""
            : root.beyond > 0 ? qsTr("%1 – %Ln more than there is room for", "", root.beyond).arg(root.words)
            : root.words
        color: root.feed.live ? Theme.text : Theme.textMuted
        font.pixelSize: root.unit * 3.4
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    GridView {
        id: grid
        objectName: "wallMonitors"
        anchors.top: summary.bottom
        anchors.topMargin: root.unit
        anchors.bottom: parent.bottom
        width: parent.width
        cellWidth: Math.floor(grid.width / TilePlan.columns(grid.width, root.tileWidth * root.zoom))
        cellHeight: root.tileHeight * root.zoom
        // None that nobody sees: each counts the seconds.
        model: root.visible ? root.monitors : null
        interactive: false
        clip: true
        cacheBuffer: 0
        opacity: root.feed.live ? 1 : Theme.faded(0.65)
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Monitors")

        delegate: Item {
            id: tile
            required property string name
            required property int condition
            required property date since
            readonly property bool up: tile.condition === MonitorModel.Up
            readonly property color ink: Theme.monitorColor(tile.condition)
            readonly property real part: root.unit * root.zoom

            width: grid.cellWidth
            height: grid.cellHeight
            // Half a tile is none that can be read.
            visible: y + height <= grid.height + 1
            Accessible.role: Accessible.ListItem
            Accessible.name: root.feed.live
                ? qsTr("%1: %2 for %3").arg(tile.name).arg(Theme.monitorWord(tile.condition)).arg(Clock.spokenAge(tile.since, root.asOf))
                : qsTr("%1: %2 when last known").arg(tile.name).arg(Theme.monitorWord(tile.condition))

            Rectangle {
                anchors.fill: parent
                anchors.rightMargin: tile.part
                anchors.bottomMargin: tile.part
                radius: root.unit * 0.8
                color: Qt.tint(Theme.surface, Qt.alpha(tile.ink, tile.up ? 0 : 0.16))
                border.width: Math.max(1, root.unit * (tile.up ? 0.1 : 0.3))
                border.color: tile.up ? Theme.outline : tile.ink
            }
            MonitorMark {
                id: mark
                x: tile.part * 1.5
                y: (tile.height - tile.part - height) / 2
                condition: tile.condition
                implicitWidth: tile.part * 4
            }
            Column {
                anchors.left: mark.right
                anchors.leftMargin: tile.part * 1.5
                anchors.right: parent.right
                anchors.rightMargin: tile.part * 2
                anchors.verticalCenter: mark.verticalCenter

                Text {
                    width: parent.width
                    text: tile.name
                    textFormat: Text.PlainText
                    color: Theme.text
                    font.pixelSize: tile.part * 2.8
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                Text {
                    width: parent.width
                    text: qsTr("%1 for %2").arg(Theme.monitorWord(tile.condition)).arg(Clock.age(tile.since, root.asOf))
                    color: tile.up ? Theme.textSecondary : Theme.monitorTextColor(tile.condition)
                    font.pixelSize: tile.part * 2.2
                    font.weight: tile.up ? Font.Normal : Font.Bold
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
    }
    Text {
        anchors.centerIn: parent
        visible: root.monitors.count === 0
        width: parent.width
        text: root.feed.live ? qsTr("No monitor is known") : qsTr("Nothing is known yet")
        color: root.feed.live ? Theme.textSecondary : Theme.cautionText
        font.pixelSize: root.unit * 5
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
