// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// The active incidents, as their model filters, orders and groups them. The chosen one stays chosen
/// and what is on the screen stays there while others come and go above.
ListView {
    id: root

    required property IncidentModel incidents
    required property IncidentSelection selection
    /// The incident that is open; none where that is empty.
    property string openUuid
    readonly property alias cursor: cursor
    /// A list that arrives as a whole is there at once: only what comes to it later fades in.
    property bool filled: false
    readonly property bool fading: Theme.motion && root.filled

    readonly property bool compact: root.width < Theme.compactWidth
    /// The same for every row, so that the view knows where each is without having made it. A delegate
    /// of one's own may have another one.
    property real rowHeight: titleMetrics.height * (root.compact ? 2 : 1) + Theme.tiny
        + factsMetrics.height + 2 * Theme.medium
    readonly property int pageRows: Math.max(1, Math.floor(root.height / (root.rowHeight + root.spacing)) - 1)

    /// The chosen incident is to be opened.
    signal openRequested

    function moveBy(rows: int, modifiers: int): bool {
        const extending = (modifiers & Qt.ShiftModifier) !== 0;
        if (extending)
            root.selection.startAt(cursor.uuid);
        cursor.moveBy(rows);
        root.currentIndex = cursor.row;
        root.positionViewAtIndex(cursor.row, ListView.Contain);
        if (extending)
            root.selection.extendTo(cursor.uuid);
        return true;
    }
    function pickAll(): bool {
        root.selection.selectAll();
        return true;
    }
    function openChosen(): bool {
        if (cursor.row >= 0)
            root.openRequested();
        return cursor.row >= 0;
    }
    function openRow(uuid: string) {
        root.selection.clear();
        cursor.uuid = uuid;
        root.openRequested();
    }
    function pickRow(uuid: string) {
        root.forceActiveFocus(Qt.MouseFocusReason);
        cursor.uuid = uuid;
        root.selection.toggle(uuid);
    }
    function extendToRow(uuid: string) {
        root.forceActiveFocus(Qt.MouseFocusReason);
        root.selection.startAt(cursor.uuid);
        cursor.uuid = uuid;
        root.selection.extendTo(uuid);
    }
    /// `found`, or the row at `y` where that is none: the top of the screen may be between two rows,
    /// or on the heading of a group.
    function rowAfter(found: int, y: real): int {
        return found >= 0 ? found : root.indexAt(root.width / 2, y);
    }
    function goToTop() {
        root.positionViewAtBeginning();
        root.forceActiveFocus();
    }
    function keepPlace() {
        cursor.row >= 0 ? root.positionViewAtIndex(cursor.row, ListView.Contain) : root.positionViewAtBeginning();
    }

    model: root.incidents
    // None until the keyboard goes there.
    currentIndex: -1
    clip: true
    spacing: Theme.small
    leftMargin: root.compact ? Theme.medium : Theme.wide
    rightMargin: root.leftMargin
    onCountChanged: root.filled = root.filled && root.count > 0
    // A Flickable stays where the margin was before.
    onLeftMarginChanged: root.contentX = -root.leftMargin
    topMargin: Theme.tiny
    bottomMargin: Theme.large
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    // By uuid, in the cursor: another row may have the number when the key arrives.
    keyNavigationEnabled: false
    // Moved only by the person: a row that comes in above must not carry the page away.
    highlightFollowsCurrentItem: false
    reuseItems: true
    // Rows beyond the screen would be made a little at a time, and a reset meanwhile makes Qt warn.
    cacheBuffer: 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Active incidents")

    Keys.onPressed: event => event.accepted = event.key === Qt.Key_Home ? root.moveBy(-root.count, event.modifiers)
        : event.key === Qt.Key_End ? root.moveBy(root.count, event.modifiers)
        : event.key === Qt.Key_PageDown ? root.moveBy(root.pageRows, event.modifiers)
        : event.key === Qt.Key_PageUp ? root.moveBy(-root.pageRows, event.modifiers)
        : event.key === Qt.Key_Down ? root.moveBy(1, event.modifiers)
        : event.key === Qt.Key_Up ? root.moveBy(-1, event.modifiers)
        : event.key === Qt.Key_Return || event.key === Qt.Key_Enter ? root.openChosen()
        : event.matches(StandardKey.SelectAll) ? root.pickAll()
        : false

    section.property: root.incidents.group === IncidentView.NoGroups ? "" : "section"
    section.delegate: headings.heading

    SectionHeadings {
        id: headings
    }
    ReadingOrder {
        parent: root
        rows: root.contentItem
    }
    ListCursor {
        id: cursor
        incidents: root.incidents
    }
    Binding {
        target: cursor
        property: "topRow"
        value: Math.max(0, root.rowAfter(root.rowAfter(root.rowAfter(-1, root.contentY),
            root.contentY + root.spacing + 1), root.contentY + 2 * root.spacing + headings.height + 1))
    }
    // After the view has counted the rows that came and went by itself, or it would count them twice.
    Binding {
        target: root
        property: "currentIndex"
        value: cursor.row
        delayed: true
    }
    Timer {
        interval: Theme.motionDuration
        running: root.count > 0 && !root.filled
        onTriggered: root.filled = true
    }
    Connections {
        target: root.incidents

        function onModelReset() { root.keepPlace(); }
    }
    NewAbovePill {
        parent: root
        objectName: "newAbovePill"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: Theme.small
        cursor: cursor
        onClicked: root.goToTop()
    }
    FontMetrics {
        id: titleMetrics
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
    }
    FontMetrics {
        id: factsMetrics
        font.pixelSize: Theme.body
    }

    delegate: IncidentRow {
        width: root.width - root.leftMargin - root.rightMargin
        height: root.rowHeight
        compact: root.compact
        current: ListView.isCurrentItem && ListView.view.activeFocus
        chosen: ListView.isCurrentItem
        open: uuid === root.openUuid
        picked: root.selection.has(uuid, root.selection.generation)
        picking: root.selection.count > 0
        onOpenRequested: root.openRow(uuid)
        onPickRequested: root.pickRow(uuid)
        onExtendRequested: root.extendToRow(uuid)
        // The view keeps what is not needed, and paints it no more; to a screen reader it would be there.
        ListView.onPooled: visible = false
        // It faded out where its incident was resolved, and may be given to another one.
        ListView.onReused: {
            opacity = 1;
            visible = true;
        }
    }

    add: Transition {
        enabled: root.fading
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motionDuration }
    }
    remove: Transition {
        enabled: Theme.motion
        NumberAnimation { property: "opacity"; to: 0; duration: Theme.motionDuration }
    }
    displaced: Transition {
        enabled: root.fading
        NumberAnimation { property: "y"; duration: Theme.motionDuration; easing.type: Easing.OutCubic }
        // Where it was still fading in when it had to make room.
        NumberAnimation { property: "opacity"; to: 1; duration: Theme.motionDuration }
    }

    T.ScrollBar.vertical: ThinScrollBar {
        needed: root.contentHeight > root.height
    }
}
