// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// The list of incidents, and the one that is open: beside it where there is room, otherwise over
/// it. Beneath, what can be done about those that are picked.
FocusScope {
    id: root

    required property LiveFeed feed
    /// Stands in the place of the list where that has nothing to show.
    default property alias substitutes: listArea.data
    property bool open: false

    readonly property alias list: list
    readonly property alias selection: selection
    readonly property CommandNotices notices: root.feed.commands.notices
    readonly property alias targets: targets
    readonly property bool beside: root.width >= Theme.besideWidth
    /// What is done is done about those that are picked: only while they are seen.
    readonly property bool acting: selection.count > 0 && !root.covered
    /// The open incident is all that is seen.
    readonly property bool covered: root.paneShown && !root.beside
    readonly property bool paneShown: root.open && incident.state !== IncidentDetails.None

    /// What is behind a popup must not be acted on unseen: the keyboard stays in front.
    function isBehind(): bool {
        for (let item = root.Window.activeFocusItem; item; item = item.parent) {
            if (item === T.Overlay.overlay)
                return true;
        }
        return false;
    }
    function show(uuid: string) {
        list.cursor.uuid = uuid;
        root.open = uuid !== "";
        if (root.isBehind())
            return;
        if (root.covered)
            (pane.make() as IncidentDetail).read();
        else
            list.forceActiveFocus();
    }
    function close() {
        root.open = false;
        list.forceActiveFocus();
    }
    /// Several are asked about first: it cannot be taken back.
    function resolve() {
        if (root.acting && targets.resolveObstacle === "")
            (bar.make() as SelectionBar).askToResolve();
        else
            targets.resolve();
    }
    /// In the open incident; on several, in a line of its own.
    function comment() {
        if (root.acting) {
            (bar.make() as SelectionBar).askForComment();
            return;
        }
        root.open = list.cursor.uuid !== "";
        if (root.paneShown)
            (pane.make() as IncidentDetail).comment();
    }
    function pick() {
        if (!root.covered)
            selection.toggle(list.cursor.uuid);
    }
    /// Of the open one.
    function copyLink() {
        Clipboard.copy(incident.link);
        copied.restart();
    }
    /// From the inside out; false where there is nothing to leave.
    function leave(): bool {
        if (!root.acting && !root.open)
            return false;
        if (root.acting)
            selection.clear();
        else
            root.close();
        return true;
    }

    Keys.onEscapePressed: event => event.accepted = root.leave()

    Timer {
        id: copied
        interval: 2000
    }
    IncidentSelection {
        id: selection
        incidents: root.feed.incidents
    }
    IncidentActions {
        id: targets
        commands: root.feed.commands
        // What is neither in the list nor open is meant by nobody: a filter hid it.
        uuids: root.acting ? selection.uuids
            : list.cursor.row >= 0 || root.paneShown ? [list.cursor.uuid] : []
    }
    IncidentActions {
        id: openActions
        commands: root.feed.commands
        uuids: [incident.uuid]
    }
    IncidentDetails {
        id: incident
        commands: root.feed.commands
        uuid: root.open ? list.cursor.uuid : ""
    }

    Item {
        id: listArea
        visible: !root.covered
        anchors.left: parent.left
        anchors.right: root.paneShown && root.beside ? pane.left : parent.right
        anchors.top: parent.top
        anchors.bottom: root.acting ? bar.top : parent.bottom
        anchors.bottomMargin: root.acting ? Theme.small : 0

        IncidentList {
            id: list
            objectName: "incidentList"
            anchors.fill: parent
            visible: root.feed.incidents.shownCount > 0
            focus: true
            opacity: root.feed.live ? 1 : Theme.faded(0.65)
            incidents: root.feed.incidents
            selection: selection
            openUuid: incident.uuid
            onOpenRequested: root.show(list.cursor.uuid)
        }
    }
    OnDemand {
        id: bar
        wanted: root.acting
        height: Math.min(implicitHeight, root.height * 0.7)
        visible: root.acting
        anchors.left: parent.left
        anchors.right: listArea.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: list.leftMargin
        anchors.rightMargin: list.rightMargin
        anchors.bottomMargin: Theme.medium
        filling: true
        source: Qt.resolvedUrl("SelectionBar.qml")
        properties: ({
            objectName: "selectionBar",
            actions: targets,
            count: Qt.binding(() => selection.count)
        })

        Connections {
            target: bar.object

            function onClearRequested() { selection.clear(); }
            function onDone() { list.forceActiveFocus(); }
        }
    }
    OnDemand {
        id: pane
        wanted: root.paneShown
        visible: root.paneShown
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: root.beside ? Theme.paneWidth(root.width) : root.width
        filling: true
        source: Qt.resolvedUrl("IncidentDetail.qml")
        properties: ({
            objectName: "incidentDetail",
            focus: true,
            details: incident,
            actions: openActions,
            covering: Qt.binding(() => !root.beside),
            live: Qt.binding(() => root.feed.live),
            lastLive: Qt.binding(() => root.feed.lastLive)
        })

        Connections {
            target: pane.object

            function onCloseRequested() { root.close(); }
        }
    }
    Column {
        id: notes

        // Above what is at the bottom, which it must not hide.
        readonly property real foot: root.covered ? (pane.object as IncidentDetail)?.footHeight ?? 0
            : root.acting ? bar.height + Theme.medium : 0
        readonly property real room: (root.covered ? pane.width : listArea.width) - 2 * Theme.large

        anchors.horizontalCenter: root.covered ? pane.horizontalCenter : listArea.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: notes.foot + Theme.medium
        spacing: Theme.small

        // What failed on its way has a band of its own, and stays.
        PassingNote {
            objectName: "refusalNote"
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.notices.retryOffered ? "" : root.notices.failure
            caution: true
            maximumWidth: notes.room
        }
        PassingNote {
            objectName: "copiedNote"
            anchors.horizontalCenter: parent.horizontalCenter
            text: copied.running ? qsTr("The link is copied.") : ""
            maximumWidth: notes.room
        }
        PassingNote {
            objectName: "undoOffer"
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.notices.acknowledged
            maximumWidth: notes.room

            ActionButton {
                objectName: "undoAcknowledge"
                text: qsTr("Undo")
                Accessible.description: qsTr("Key %1").arg(Words.key("Ctrl+Z"))
                onClicked: root.notices.undo()
            }
        }
    }
}
