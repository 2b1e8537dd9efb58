// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// One incident with all that is known of it, and what can be done about it.
FocusScope {
    id: root

    required property IncidentDetails details
    required property IncidentActions actions
    required property bool covering
    required property bool live
    required property date lastLive

    readonly property real margin: root.covering ? Theme.large : Theme.wide

    signal closeRequested

    /// How much of it, from the bottom, is for writing.
    readonly property real footHeight: room.scrolls ? 0 : root.height - page.y - page.height

    function read() { page.forceActiveFocus(Qt.ShortcutFocusReason); }
    function comment() { commentBox.write(); }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Incident: %1").arg(root.details.incident.title)

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }
    Rectangle {
        visible: !root.covering
        anchors.left: parent.left
        width: Theme.line
        height: parent.height
        color: Theme.outline
    }
    ScrollRoom {
        id: room
        objectName: "detailRoom"
        anchors.fill: parent
        contentHeight: column.implicitHeight
        focus: true

        ColumnLayout {
            id: column
            width: parent.width
            height: parent.height
            spacing: 0

            Text {
                objectName: "detailAged"
                // Over the list it is beneath the banner that says the same.
                visible: !root.live && !root.covering
                text: isNaN(root.lastLive.getTime()) ? qsTr("Not live")
                    : qsTr("Not live: as of %1, %2 ago").arg(Clock.moment(root.lastLive, Clock.now))
                                                       .arg(Clock.age(root.lastLive, Clock.now))
                color: Theme.warningText
                font.pixelSize: Theme.body
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Layout.leftMargin: root.margin
                Layout.rightMargin: root.margin
                Layout.topMargin: Theme.medium
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            DetailHeader {
                incident: root.details.incident
                state: root.details.state
                covering: root.covering
                Layout.fillWidth: true
                Layout.margins: root.margin
                Layout.topMargin: Theme.medium
                Layout.bottomMargin: Theme.medium
                onCloseRequested: root.closeRequested()
            }
            DetailActions {
                objectName: "detailActions"
                visible: root.details.state === IncidentDetails.Active
                actions: root.actions
                acknowledged: root.details.incident.status === Incident.Acknowledged
                onDone: {
                    if (root.visible)
                        root.read();
                }
                Layout.fillWidth: true
                Layout.leftMargin: root.margin
                Layout.rightMargin: root.margin
                Layout.bottomMargin: Theme.medium
            }
            Text {
                objectName: "detailOver"
                visible: root.details.state === IncidentDetails.Resolved || root.details.state === IncidentDetails.Gone
                text: root.details.state === IncidentDetails.Resolved
                    ? qsTr("It was resolved while you looked. This is how it was last.")
                    : qsTr("It is no longer in the rooms that are shown. This is how it was last.")
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Layout.leftMargin: root.margin
                Layout.rightMargin: root.margin
                Layout.bottomMargin: Theme.medium
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
            // Also says that the keyboard is on what is beneath: a ring around most of the window would be
            // louder than what is in it.
            Rectangle {
                objectName: "detailLine"
                implicitHeight: 2
                color: page.activeFocus ? Theme.accent : Theme.outline
                Layout.fillWidth: true
            }
            Flickable {
                id: page
                objectName: "detailPage"
                focus: true
                activeFocusOnTab: true
                clip: true
                contentWidth: width
                contentHeight: content.height + 2 * Theme.large
                boundsBehavior: Flickable.StopAtBounds
                // In less room the pane is scrolled rather than this.
                Layout.minimumHeight: Math.min(page.contentHeight, 120 * Theme.textScale)
                Layout.fillWidth: true
                Layout.fillHeight: true
                Accessible.role: Accessible.Section
                Accessible.name: qsTr("Details")
                Keys.onUpPressed: bar.decrease()
                Keys.onDownPressed: bar.increase()

                DetailContent {
                    id: content
                    x: root.margin
                    y: Theme.large
                    width: page.width - 2 * root.margin
                    details: root.details
                }
                T.ScrollBar.vertical: ThinScrollBar {
                    id: bar
                    needed: page.contentHeight > page.height
                }
            }
            Rectangle {
                implicitHeight: Theme.line
                color: Theme.outline
                Layout.fillWidth: true
            }
            CommentBox {
                id: commentBox
                details: root.details
                obstacle: root.actions.commentObstacle
                Layout.fillWidth: true
                Layout.margins: Theme.medium
                Layout.leftMargin: root.margin
                Layout.rightMargin: root.margin
                onFinished: root.read()
            }
        }
    }
}
