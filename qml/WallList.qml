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
    /// With headings among them a row is seen again on the next screen, so that none is cut on both.
    readonly property real stride: Math.max(root.rowHeight, root.grouped ? root.height - root.rowHeight : root.height)
    readonly property int neededScreens: Math.max(1, Math.ceil((list.contentHeight - root.height) / root.stride - 0.01) + 1)
    readonly property int screens: Math.min(root.mostScreens, root.neededScreens)
    /// For which there is no room on any of its screens.
    readonly property int beyond: root.neededScreens <= root.mostScreens ? 0
        : root.shownCount - (root.grouped ? root.incidents.rowsWithin(root.roomInRows, root.headingRows)
                                          : root.mostScreens * root.rows)
    /// As high as WallHeading makes them.
    readonly property real headingRows: 0.5
    readonly property real roomInRows: ((root.mostScreens - 1) * root.stride + root.height) / root.rowHeight

    /// On which of its screens a row is seen whole; -1 where there is no room for it.
    function screenOf(row: int): int {
        const bottom = (row + 1 + root.incidents.sectionsTo(row) * root.headingRows) * root.rowHeight;
        const screen = root.grouped ? Math.max(0, Math.ceil((bottom - root.height) / root.stride - 0.01))
            : Math.floor(row / root.rows);
        return screen < root.mostScreens ? screen : -1;
    }

    WallSections {
        id: sections
    }
    WallRows {
        id: list
        objectName: "wallList"
        anchors.fill: parent
        visible: root.shownCount > 0
        // None that nobody sees: each counts the seconds.
        model: root.visible ? root.incidents : null
        unit: root.unit
        rowHeight: root.rowHeight
        opacity: root.live ? 1 : Theme.faded(0.65)
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Active incidents")
        section.property: root.grouped ? "section" : ""
        section.delegate: sections.heading

        function place() {
            list.contentY = list.originY + Math.max(0, Math.min(root.screen * root.stride,
                list.contentHeight - (root.grouped ? root.height : root.rowHeight)));
        }

        onContentHeightChanged: list.place()
        onOriginYChanged: list.place()
        onHeightChanged: list.place()
        Connections {
            target: root
            function onScreenChanged() { list.place(); }
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
        filtered: root.live && root.feed.incidents.count > 0
        otherCount: root.feed.incidents.count
        reason: root.feed.problem || root.feed.trouble
    }
}
