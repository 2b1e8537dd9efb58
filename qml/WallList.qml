// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Incidents in rows that are read across a room, a screen of whole rows at a time. What there is
/// no room for is counted, never left out in silence.
Item {
    id: root

    required property real unit
    required property LiveFeed feed
    required property IncidentModel incidents
    /// They are what is known now.
    required property bool live
    property int screen: 0
    /// More are not turned through: the worst come first, and shall come again soon.
    readonly property int mostScreens: 4

    readonly property int shownCount: root.incidents?.shownCount ?? 0
    readonly property bool grouped: (root.incidents?.group ?? 0) !== IncidentView.NoGroups
    readonly property int rows: Math.max(1, Math.floor(root.height / (10.5 * root.unit)))
    readonly property real rowHeight: root.height / root.rows
    /// The first row of each screen, and behind them the first for which there is no room.
    readonly property var starts: root.startsOf(root.incidents, root.shownCount, root.generation)
    readonly property int screens: root.starts.length - 1
    /// For which there is no room on any of its screens.
    readonly property int beyond: root.shownCount - root.starts[root.screens]
    /// As high as WallHeading makes them.
    readonly property real headingRows: 0.5
    /// Counts what may have changed where the groups begin.
    property int generation: 0

    // From the model and not from the view: that guesses how high is what it has not made yet.
    function startsOf(incidents: IncidentModel, count: int, generation: int): var {
        return count > 0 ? incidents.screens(root.rows, root.headingRows, root.mostScreens) : [0, 0];
    }
    /// On which of its screens a row is seen whole; -1 where there is no room for it.
    function screenOf(row: int): int {
        return row < root.starts[root.screens] ? root.starts.filter(start => start <= row).length - 1 : -1;
    }

    Connections {
        target: root.grouped ? root.incidents : null
        function onRowsInserted() { ++root.generation; }
        function onRowsRemoved() { ++root.generation; }
        function onRowsMoved() { ++root.generation; }
        function onModelReset() { ++root.generation; }
        function onDataChanged() { ++root.generation; }
    }
    WallSections {
        id: sections
    }
    WallRows {
        id: list
        objectName: "wallList"
        anchors.fill: parent
        visible: root.shownCount > 0
        // None that nobody sees: each counts the seconds. Of rows without a height, as before the window has its
        // size, all of them would have room.
        model: root.visible && root.rowHeight > 0 ? root.incidents : null
        unit: root.unit
        rowHeight: root.rowHeight
        opacity: root.live ? 1 : Theme.faded(0.65)
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Active incidents")
        section.property: root.grouped ? "section" : ""
        section.delegate: sections.heading

        function place() {
            const screen = Math.min(root.screen, root.screens - 1);
            if (root.grouped)
                list.positionViewAtIndex(root.starts[screen], ListView.Beginning);
            else
                list.contentY = list.originY + screen * root.height;
        }

        onCountChanged: placing.start()
        onContentHeightChanged: placing.start()
        onOriginYChanged: placing.start()
        onHeightChanged: placing.start()
        Connections {
            target: root
            function onScreenChanged() { list.place(); }
            function onStartsChanged() { placing.start(); }
        }
        // Its own signals come in the middle of its layout.
        Timer {
            id: placing
            interval: 0
            onTriggered: list.place()
        }
        delegate: WallRow {
            readonly property real place: y - list.contentY

            width: list.width
            height: root.rowHeight
            unit: root.unit
            // Half an incident is none that can be read.
            opacity: place > -1 && place + height < list.height + 1 ? 1 : 0
        }
    }
    WallEmpty {
        anchors.centerIn: parent
        width: parent.width
        visible: root.shownCount === 0
        unit: root.unit
        calm: root.feed.calm
        calmSince: root.feed.calmSince
        heardSince: root.feed.heardSince
        // Its own rows may come after the feed's: until then nothing is known of them.
        filtered: (root.live || !root.feed.live) && (root.incidents?.count ?? 0) > 0
        live: root.live
        lastLive: root.feed.lastLive
        otherCount: root.feed.incidents.count
        reason: root.feed.problem || root.feed.trouble
    }
}
