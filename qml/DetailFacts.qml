// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What is known of an incident in a word each.
ColumnLayout {
    id: root

    required property shownIncident incident
    /// Opens it in whoever's dashboard.
    required property string link

    spacing: Theme.small

    FactLine {
        name: qsTr("Service")
        value: root.incident.service
        Layout.fillWidth: true
    }
    FactLine {
        name: qsTr("Source")
        value: root.incident.source
        Layout.fillWidth: true
    }
    FactLine {
        name: qsTr("Assigned to")
        value: root.incident.assignee !== "" ? root.incident.assignee : qsTr("Nobody")
        Layout.fillWidth: true
    }
    FactLine {
        name: qsTr("Reported")
        value: root.incident.reportCount > 1 ? qsTr("%L1 times").arg(root.incident.reportCount) : ""
        Layout.fillWidth: true
    }
    FactLine {
        name: qsTr("Began")
        value: Clock.moment(root.incident.createdAt, Clock.now)
        Layout.fillWidth: true
    }
    FactLine {
        name: qsTr("Changed")
        value: isNaN(root.incident.updatedAt.getTime()) ? ""
            : qsTr("%1, %2 ago").arg(Clock.moment(root.incident.updatedAt, Clock.now))
                                .arg(Clock.age(root.incident.updatedAt, Clock.now))
        spoken: qsTr("%1 ago").arg(Clock.spokenAge(root.incident.updatedAt, Clock.now))
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: true

        FactLine {
            name: qsTr("Link")
            value: root.link
            Layout.fillWidth: true
        }
        CopyButton {
            objectName: "copyLink"
            content: root.link
            name: qsTr("Link")
            Layout.alignment: Qt.AlignTop
        }
    }
}
