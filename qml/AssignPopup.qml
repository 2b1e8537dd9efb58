// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Whose it is to be: mine, somebody's by name, or nobody's.
AskPopup {
    id: root

    required property IncidentActions actions

    question: root.actions.uuids.length > 1 ? qsTr("Assign %1 incidents to").arg(root.actions.uuids.length)
                                            : qsTr("Assign to")
    placeholder: qsTr("Name")
    acceptText: qsTr("Assign")
    onAccepted: text => root.actions.assign(text)

    ObstacleButton {
        objectName: "assignPopupMe"
        text: qsTr("Me")
        key: "I"
        obstacle: root.actions.assignToMeObstacle
        onClicked: {
            root.close();
            root.actions.assignToMe();
        }
    }
    ActionButton {
        objectName: "assignPopupNobody"
        text: qsTr("Nobody")
        onClicked: {
            root.close();
            root.actions.assign("");
        }
    }
}
