// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What can be done about the incidents that are picked. Resolving asks first: it cannot be taken
/// back.
Rectangle {
    id: root

    required property IncidentActions actions
    required property int count
    property bool confirming: false

    signal clearRequested
    /// The keyboard is not needed here any more.
    signal done

    function askToResolve() {
        root.confirming = true;
        confirmButton.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function askForComment() { commentPopup.open(); }
    function resolve() {
        root.actions.resolve();
        root.endAsking();
    }
    function endAsking(): bool {
        const asked = root.confirming;
        root.confirming = false;
        if (asked)
            root.done();
        return asked;
    }

    implicitHeight: content.implicitHeight + 2 * Theme.medium
    color: Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.14))
    radius: Theme.radius
    border.width: Theme.line
    border.color: Theme.accent
    // What was asked was about others.
    onCountChanged: {
        root.endAsking();
        if (root.count === 0) {
            assignPopup.close();
            commentPopup.close();
        }
    }
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("%L1 selected").arg(root.count)
    Keys.onEscapePressed: event => event.accepted = root.endAsking()

    ScrollRoom {
        anchors.fill: parent
        contentHeight: root.implicitHeight

        GridLayout {
            id: content
            anchors.left: parent.left
            anchors.right: parent.right
            y: Theme.medium
            anchors.leftMargin: Theme.large
            // Beneath each other, only the first line has the cross beside it.
            anchors.rightMargin: content.columns > 1 ? clearButton.width + 2 * Theme.small : Theme.large
            columns: root.width < Theme.compactWidth ? 1 : 2
            columnSpacing: Theme.large
            rowSpacing: Theme.small

            Text {
                objectName: "selectionText"
                text: root.confirming ? root.count === 1 ? qsTr("Resolve this incident?")
                                                         : qsTr("Resolve %L1 incidents?").arg(root.count)
                                      : qsTr("%L1 selected").arg(root.count)
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: content.columns === 1
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Flow {
                visible: root.confirming
                spacing: Theme.small
                Layout.fillWidth: true

                ActionButton {
                    id: confirmButton
                    objectName: "confirmResolve"
                    text: qsTr("Resolve")
                    primary: true
                    onClicked: root.resolve()
                }
                ActionButton {
                    objectName: "cancelResolve"
                    text: qsTr("Cancel")
                    onClicked: root.endAsking()
                }
            }
            Flow {
                visible: !root.confirming
                spacing: Theme.small
                Layout.fillWidth: true

                ObstacleButton {
                    objectName: "acknowledgeSelected"
                    sidePadding: Theme.medium
                    text: qsTr("Acknowledge")
                    key: "A"
                    primary: true
                    obstacle: root.actions.acknowledgeObstacle
                    onClicked: root.actions.acknowledge()
                }
                ObstacleButton {
                    objectName: "unacknowledgeSelected"
                    sidePadding: Theme.medium
                    text: qsTr("Unacknowledge")
                    key: "U"
                    obstacle: root.actions.unacknowledgeObstacle
                    onClicked: root.actions.unacknowledge()
                }
                ObstacleButton {
                    objectName: "resolveSelected"
                    sidePadding: Theme.medium
                    text: qsTr("Resolve…")
                    key: "R"
                    obstacle: root.actions.resolveObstacle
                    onClicked: root.askToResolve()
                }
                ObstacleButton {
                    objectName: "assignSelected"
                    sidePadding: Theme.medium
                    text: qsTr("Assign…")
                    obstacle: root.actions.assignObstacle
                    onClicked: assignPopup.open()

                    AssignPopup {
                        id: assignPopup
                        objectName: "assignSelectedPopup"
                        y: -height - Theme.tiny
                        actions: root.actions
                        onClosed: root.done()
                    }
                }
                ObstacleButton {
                    objectName: "commentSelected"
                    sidePadding: Theme.medium
                    text: qsTr("Comment…")
                    obstacle: root.actions.commentObstacle
                    onClicked: commentPopup.open()

                    AskPopup {
                        id: commentPopup
                        objectName: "commentSelectedPopup"
                        y: -height - Theme.tiny
                        question: root.count === 1 ? qsTr("Comment on this incident")
                                                   : qsTr("Comment on %L1 incidents").arg(root.count)
                        acceptText: qsTr("Comment")
                        maximumLength: 4000
                        onAccepted: text => root.actions.comment(text)
                        onClosed: root.done()
                    }
                }
            }
        }
    }
    ClearButton {
        id: clearButton
        objectName: "clearSelection"
        anchors.right: parent.right
        anchors.rightMargin: Theme.small
        y: content.columns > 1 ? (root.height - height) / 2 : Theme.small
        text: qsTr("Clear the selection (Escape)")
        onClicked: root.clearRequested()
    }
}
