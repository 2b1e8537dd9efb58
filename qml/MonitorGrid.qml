// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// All monitors, a tile each, those that are down first. Few of them are shown large, to be read
/// across a room; of many, only those on the screen exist.
FocusScope {
    id: root

    required property MonitorModel monitors
    required property bool live
    /// As of when they are so, while not live.
    required property date lastLive
    property bool compact: false
    readonly property real margin: root.compact ? Theme.medium : Theme.wide
    readonly property real tileWidth: 230 * Theme.textScale
    readonly property real tileHeight: 92 * Theme.textScale

    signal closeRequested
    /// What finds those of a monitor, in the language of the list's filter.
    signal incidentsRequested(filter: string)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Monitors")
    Keys.onEscapePressed: root.closeRequested()

    HeaderRoom {
        id: headerRoom
    }
    MonitorHeader {
        id: header
        parent: grid.headerItem
        width: grid.width - 2 * Theme.tiny
        monitors: root.monitors
        live: root.live
        onCloseRequested: root.closeRequested()
    }
    Binding {
        target: grid.headerItem
        property: "height"
        value: header.implicitHeight
    }
    GridView {
        id: grid
        objectName: "monitorTiles"
        readonly property real zoom: TilePlan.zoom(root.monitors.count, grid.width,
            grid.height - header.implicitHeight, root.tileWidth, root.tileHeight)

        anchors.fill: parent
        anchors.leftMargin: root.margin
        anchors.rightMargin: root.margin - 2 * Theme.tiny
        cellWidth: Math.floor(grid.width / TilePlan.columns(grid.width, root.tileWidth * grid.zoom))
        cellHeight: root.tileHeight * grid.zoom
        // None that nobody sees: each counts the seconds.
        model: root.visible ? root.monitors : null
        focus: true
        clip: true
        opacity: root.live ? 1 : 0.65
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        cacheBuffer: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Monitors")
        Keys.onPressed: event => event.accepted = event.key === Qt.Key_Home ? grid.goTo(0)
            : event.key === Qt.Key_End ? grid.goTo(grid.count - 1)
            : event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space
                ? grid.activate()
            : false

        function goTo(index: int): bool {
            grid.currentIndex = index;
            if (index === 0)
                grid.positionViewAtBeginning();
            return true;
        }
        function activate(): bool {
            (grid.currentItem as MonitorTile)?.activate();
            return true;
        }

        T.ScrollBar.vertical: ThinScrollBar {
            needed: grid.contentHeight > grid.height
        }
        // A heading that grows does so upwards, out of sight.
        onOriginYChanged: {
            if (!grid.moving && grid.contentY > grid.originY && grid.contentY < grid.originY + header.implicitHeight)
                grid.contentY = grid.originY;
        }
        // With the tiles, so that it leaves them the room where there is little.
        header: headerRoom.room
        delegate: MonitorTile {
            width: grid.cellWidth - 2 * Theme.tiny
            height: grid.cellHeight - 2 * Theme.tiny
            live: root.live
            asOf: root.live ? Clock.now : root.lastLive
            zoom: grid.zoom
            current: GridView.isCurrentItem && grid.activeFocus
            onIncidentsRequested: filter => root.incidentsRequested(filter)
        }
    }
}
