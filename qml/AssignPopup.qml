// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Whose it is to be: mine, somebody's by name, or nobody's.
AskPopup {
    id: root

    required property IncidentActions actions
    property var asked: []

    question: root.actions.uuids.length > 1 ? qsTr("Assign %1 incidents to").arg(root.actions.uuids.length)
                                            : qsTr("Assign to")
    placeholder: qsTr("Name")
    acceptText: qsTr("Assign")
    onAccepted: text => root.actions.assign(text)
    onAboutToShow: root.asked = Array.from(root.actions.uuids)

    Connections {
        target: root.actions

        // It was asked about incidents of which none is meant any more.
        function onUuidsChanged() {
            const meant = Array.from(root.actions.uuids);
            if (!meant.some(uuid => root.asked.includes(uuid)))
                root.close();
        }
    }

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
