// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What can be done about the incident that is open.
Flow {
    id: root

    required property IncidentActions actions
    required property bool acknowledged

    /// The keyboard is not needed here any more.
    signal done

    spacing: Theme.small
    // What is over, or shown no more, is not asked about. A popup stays without the button it is at.
    onVisibleChanged: {
        if (!root.visible)
            assignPopup.close();
    }

    ObstacleButton {
        objectName: "acknowledge"
        sidePadding: Theme.medium
        visible: !root.acknowledged
        text: qsTr("Acknowledge")
        key: "A"
        primary: true
        obstacle: root.actions.acknowledgeObstacle
        onClicked: root.actions.acknowledge()
    }
    ObstacleButton {
        objectName: "unacknowledge"
        sidePadding: Theme.medium
        visible: root.acknowledged
        text: qsTr("Unacknowledge")
        key: "U"
        obstacle: root.actions.unacknowledgeObstacle
        onClicked: root.actions.unacknowledge()
    }
    ObstacleButton {
        objectName: "resolve"
        sidePadding: Theme.medium
        text: qsTr("Resolve")
        key: "R"
        obstacle: root.actions.resolveObstacle
        onClicked: root.actions.resolve()
    }
    ObstacleButton {
        objectName: "assign"
        sidePadding: Theme.medium
        text: qsTr("Assign…")
        obstacle: root.actions.assignObstacle
        onClicked: assignPopup.open()

        AssignPopup {
            id: assignPopup
            objectName: "assignPopup"
            y: parent.height + Theme.tiny
            actions: root.actions
            onClosed: root.done()
        }
    }
}
