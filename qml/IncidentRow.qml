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
    readonly property string age: Clock.age(root.createdAt, Clock.now)
    readonly property string times: root.reportCount > 1 ? qsTr("×%1").arg(root.reportCount) : ""
    readonly property string acknowledgement: !root.acknowledged ? ""
        : root.acknowledgedBy ? qsTr("Acknowledged by %1").arg(root.acknowledgedBy) : qsTr("Acknowledged")

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
        root.acknowledgement
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
        anchors.leftMargin: root.compact ? Theme.large : Theme.large + 2
        anchors.rightMargin: Theme.large
        spacing: root.compact ? Theme.medium : Theme.large

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
                facts: root.compact ? [root.age, root.times, root.acknowledgement, root.service, root.source]
                                    : [root.service, root.source]
                Layout.fillWidth: true
            }
        }
        Text {
            visible: root.acknowledged && !root.compact
            text: root.acknowledgement
            textFormat: Text.PlainText
            color: Theme.accent
            font.pixelSize: Theme.body
            elide: Text.ElideRight
            Layout.maximumWidth: root.width * 0.25
            Accessible.ignored: true
        }
        Text {
            visible: !root.compact
            text: root.times
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignRight
            Layout.preferredWidth: 48 * Theme.textScale
            Accessible.ignored: true
        }
        Text {
            objectName: "rowAge"
            visible: !root.compact
            text: root.age
            color: root.acknowledged ? Theme.textSecondary : Theme.text
            font.pixelSize: Theme.title
            font.weight: Font.Medium
            horizontalAlignment: Text.AlignRight
            Layout.preferredWidth: 112 * Theme.textScale
            Accessible.ignored: true
        }
    }
    FocusRing {
        visible: root.current
    }
}
