// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One incident on a wall.
Item {
    id: root

    required property string title
    required property int severity
    required property int status
    required property var createdAt
    required property string source
    required property string service
    required property string acknowledgedBy
    required property double reportCount
    required property real unit

    readonly property bool acknowledged: root.status === Incident.Acknowledged
    readonly property date began: root.createdAt instanceof Date ? root.createdAt : new Date(NaN)
    readonly property string age: Clock.age(root.began, Clock.now)
    readonly property string acknowledgement: !root.acknowledged ? ""
        : root.acknowledgedBy ? qsTr("Acknowledged by %1").arg(root.acknowledgedBy) : qsTr("Acknowledged")
    readonly property string times: root.reportCount > 1 ? qsTr("×%L1").arg(root.reportCount) : ""

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(Theme.severityWord(root.severity)).arg(root.title)
    Accessible.description: Words.joined([root.service, root.source,
        qsTr("for %1").arg(Clock.spokenAge(root.began, Clock.now)), root.acknowledgement], ", ")

    Rectangle {
        anchors.fill: parent
        anchors.bottomMargin: root.unit * 0.8
        radius: root.unit * 0.8
        color: root.acknowledged || root.severity !== Incident.Critical ? Theme.surface : Theme.alarmed
        border.width: Theme.highContrast ? Math.max(1, root.unit * 0.15) : 0
        border.color: Theme.outline

        Rectangle {
            objectName: "wallRowBar"
            anchors.left: parent.left
            width: root.unit * 0.8
            height: parent.height - root.unit * 1.6
            y: root.unit * 0.8
            radius: width / 2
            color: Theme.severityColor(root.severity)
            opacity: root.acknowledged ? Theme.faded(0.5) : 1
        }
        SeverityMark {
            id: mark
            anchors.left: parent.left
            anchors.leftMargin: root.unit * 2
            anchors.verticalCenter: parent.verticalCenter
            severity: root.severity
            hollow: root.acknowledged
            implicitWidth: Math.min(root.unit * 5.5, parent.height * 0.66)
            Accessible.ignored: true
        }
        Column {
            anchors.left: mark.right
            anchors.leftMargin: root.unit * 2
            anchors.right: ageText.left
            anchors.rightMargin: root.unit * 2
            anchors.verticalCenter: parent.verticalCenter

            Text {
                objectName: "wallRowTitle"
                width: parent.width
                text: root.title
                textFormat: Text.PlainText
                color: root.acknowledged ? Theme.textSecondary : Theme.text
                font.pixelSize: root.unit * 4
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Row {
                width: parent.width
                spacing: root.unit * 1.4
                clip: true

                Text {
                    id: word
                    text: Theme.severityWord(root.severity).toUpperCase()
                    color: Theme.severityTextColor(root.severity)
                    font.pixelSize: root.unit * 2.4
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
                Text {
                    anchors.baseline: word.baseline
                    width: Math.min(implicitWidth, parent.width - word.width - parent.spacing)
                    text: Words.joined([root.acknowledgement, root.service, root.source, root.times], "  ·  ")
                    textFormat: Text.PlainText
                    color: Theme.textSecondary
                    font.pixelSize: root.unit * 2.6
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
        Text {
            id: ageText
            anchors.right: parent.right
            anchors.rightMargin: root.unit * 2
            anchors.verticalCenter: parent.verticalCenter
            text: root.age
            color: root.acknowledged ? Theme.textSecondary : Theme.text
            font.pixelSize: root.unit * 4
            font.weight: Font.Medium
            Accessible.ignored: true
        }
    }
}
