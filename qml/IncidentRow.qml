// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// One incident: how bad, what, where, since when.
Rectangle {
    id: root

    required property string title
    required property int severity
    required property int status
    required property var createdAt
    required property string source
    required property string service
    required property string acknowledgedBy
    required property double reportCount
    /// The keyboard is on this row.
    property bool current: false

    readonly property bool acknowledged: root.status === Incident.Acknowledged
    readonly property bool compact: root.width < Theme.compactWidth

    implicitHeight: content.implicitHeight + 2 * Theme.medium
    radius: Theme.radius
    // What nobody has taken on yet stands out; the more, the worse it is.
    color: root.acknowledged || root.severity !== Incident.Critical ? Theme.surface
        : Qt.tint(Theme.surface, Qt.alpha(Theme.critical, Theme.dark ? 0.13 : 0.08))
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(Theme.severityWord(root.severity)).arg(root.title)
    Accessible.description: Words.joined([
        root.service, root.source,
        qsTr("for %1").arg(Clock.spokenAge(root.createdAt, Clock.now)),
        root.reportCount > 1 ? qsTr("reported %1 times").arg(root.reportCount) : "",
        root.acknowledged ? acknowledgement.text : ""
    ], ", ")

    Rectangle {
        width: 5
        height: parent.height - 2 * Theme.small
        x: 0
        y: Theme.small
        radius: 2
        color: Theme.severityColor(root.severity)
        opacity: root.acknowledged ? 0.5 : 1
    }
    RowLayout {
        id: content
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.large + 2
        anchors.rightMargin: Theme.large
        spacing: Theme.large

        SeverityMark {
            severity: root.severity
            hollow: root.acknowledged
            Layout.preferredWidth: implicitWidth
            Layout.preferredHeight: implicitWidth
            Accessible.ignored: true
        }
        ColumnLayout {
            spacing: Theme.tiny
            Layout.fillWidth: true

            Text {
                objectName: "rowTitle"
                text: root.title
                textFormat: Text.PlainText
                color: root.acknowledged ? Theme.textSecondary : Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
                wrapMode: root.compact ? Text.Wrap : Text.NoWrap
                maximumLineCount: root.compact ? 2 : 1
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            IncidentFacts {
                severity: root.severity
                service: root.service
                source: root.source
                acknowledgement: root.compact && root.acknowledged ? acknowledgement.text : ""
                Layout.fillWidth: true
            }
        }
        Text {
            id: acknowledgement
            visible: root.acknowledged && !root.compact
            text: root.acknowledgedBy ? qsTr("Acknowledged by %1").arg(root.acknowledgedBy)
                                      : qsTr("Acknowledged")
            textFormat: Text.PlainText
            color: Theme.accent
            font.pixelSize: Theme.body
            elide: Text.ElideRight
            Layout.maximumWidth: root.width * 0.25
            Accessible.ignored: true
        }
        Text {
            visible: root.reportCount > 1 && !root.compact
            text: qsTr("×%1").arg(root.reportCount)
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        ColumnLayout {
            spacing: Theme.tiny
            Layout.minimumWidth: (root.compact ? 56 : 104) * Theme.textScale

            Text {
                objectName: "rowAge"
                text: Clock.age(root.createdAt, Clock.now)
                color: root.acknowledged ? Theme.textSecondary : Theme.text
                font.pixelSize: root.compact ? Theme.body : Theme.title
                font.weight: Font.Medium
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Text {
                visible: root.reportCount > 1 && root.compact
                text: qsTr("×%1").arg(root.reportCount)
                color: Theme.textSecondary
                font.pixelSize: Theme.caption
                font.weight: Font.DemiBold
                horizontalAlignment: Text.AlignRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
    }
    FocusRing {
        visible: root.current
    }
}
