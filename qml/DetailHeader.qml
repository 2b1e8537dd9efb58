// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// How bad it is, for how long, and what has been done: what stays in sight while the rest is read.
GridLayout {
    id: root

    required property shownIncident incident
    required property int state
    /// Over the list rather than beside it.
    required property bool covering

    readonly property bool over: root.state === IncidentDetails.Resolved || root.state === IncidentDetails.Gone
    readonly property bool acknowledged: root.incident.status === Incident.Acknowledged
    readonly property string stateText: root.state === IncidentDetails.Gone ? qsTr("No longer active")
        : root.over || root.incident.status === Incident.Resolved ? qsTr("Resolved")
        : !root.acknowledged ? qsTr("Open")
        : root.incident.acknowledgedBy !== "" ? qsTr("Acknowledged by %1").arg(root.incident.acknowledgedBy)
        : qsTr("Acknowledged")

    signal closeRequested

    // Where there is no room beside it, the way back stands above.
    columns: root.covering && root.width < Theme.narrowWidth ? 2 : 4
    columnSpacing: Theme.medium
    rowSpacing: Theme.small

    ActionButton {
        id: backButton
        objectName: "detailBack"
        visible: root.covering
        // In a line from right to left the arrow stands at the right, and points there by itself.
        text: (backButton.mirrored ? "\u200f" : "") + qsTr("‹ Back")
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        Layout.columnSpan: root.columns === 2 ? 2 : 1
        Accessible.name: qsTr("Back to the list")
        onClicked: root.closeRequested()
    }
    SeverityMark {
        severity: root.incident.severity
        hollow: root.acknowledged || root.over
        Layout.preferredWidth: implicitWidth
        Layout.preferredHeight: implicitWidth
        Layout.alignment: Qt.AlignTop
        Accessible.ignored: true
    }
    ColumnLayout {
        spacing: Theme.tiny / 2
        Layout.fillWidth: true

        Text {
            objectName: "detailSeverity"
            text: Theme.severityWord(root.incident.severity).toUpperCase()
            color: Theme.severityTextColor(root.incident.severity)
            font.pixelSize: Theme.caption
            font.weight: Font.Bold
            font.letterSpacing: 0.6
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Severity: %1").arg(Theme.severityWord(root.incident.severity))
        }
        Flow {
            spacing: Theme.small
            Layout.fillWidth: true

            Text {
                objectName: "detailState"
                text: root.stateText
                textFormat: Text.PlainText
                color: root.acknowledged || root.over ? Theme.accent : Theme.text
                font.pixelSize: Theme.body
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                width: Math.min(implicitWidth, parent.width)
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("State: %1").arg(root.stateText)
            }
            Text {
                objectName: "detailAge"
                visible: !root.over && text !== ""
                text: isNaN(root.incident.createdAt.getTime()) ? ""
                    : qsTr("for %1").arg(Clock.age(root.incident.createdAt, Clock.now))
                color: Theme.text
                font.pixelSize: Theme.body
                elide: Text.ElideRight
                width: Math.min(implicitWidth, parent.width)
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("for %1").arg(Clock.spokenAge(root.incident.createdAt, Clock.now))
            }
            Text {
                objectName: "detailPending"
                visible: text !== ""
                text: Words.pending(root.incident.pending)
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                font.italic: true
                elide: Text.ElideRight
                width: Math.min(implicitWidth, parent.width)
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
    ClearButton {
        objectName: "detailClose"
        visible: !root.covering
        text: qsTr("Close (Escape)")
        Layout.alignment: Qt.AlignTop
        onClicked: root.closeRequested()
    }
}
