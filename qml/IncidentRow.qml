// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// One incident: how bad, what, where, since when.
Rectangle {
    id: root

    required property string uuid
    required property string title
    required property int severity
    required property int status
    required property var createdAt
    required property string source
    required property string service
    required property string acknowledgedBy
    required property double reportCount
    required property int pending
    /// The keyboard is on this row.
    property bool current: false
    /// It is the one that the next key is for, wherever the focus is.
    property bool chosen: false
    /// Its incident is the one that is open.
    property bool open: false
    /// It is picked; and whether any row is, so that each shows whether it is.
    property bool picked: false
    property bool picking: false

    readonly property bool acknowledged: root.status === Incident.Acknowledged
    /// Its title may take two lines: the list decides, as it gives every row that height.
    required property bool compact
    /// Has room for the title and the age in a line, and no more.
    readonly property bool narrow: root.width < Theme.besideWidth
    /// Has room for words only, or not even for these.
    readonly property bool tight: root.width < Theme.narrowWidth * 0.8
    /// No moment where the incident gives none, and for a moment in a row whose incident has gone.
    readonly property date began: root.createdAt instanceof Date ? root.createdAt : new Date(NaN)
    readonly property string age: Clock.age(root.began, Clock.now)
    readonly property string times: root.reportCount > 1 ? qsTr("×%L1").arg(root.reportCount) : ""
    readonly property string acknowledgement: root.pending >= 0 ? Words.pending(root.pending)
        : !root.acknowledged ? ""
        : root.acknowledgedBy ? qsTr("Acknowledged by %1").arg(root.acknowledgedBy) : qsTr("Acknowledged")

    signal openRequested
    /// It is to be picked, or not any more.
    signal pickRequested
    /// All up to it are to be picked.
    signal extendRequested

    radius: Theme.radius
    // Where the keyboard is there is a ring already.
    border.width: (root.picked || root.open || root.chosen) && !root.current ? Theme.strongLine
        : Theme.highContrast ? Theme.line : 0
    border.color: root.picked ? Theme.accent
        : root.open || root.chosen ? Qt.alpha(Theme.accent, Theme.faded(0.5)) : Theme.outline
    // What nobody has taken on yet stands out; the more, the worse it is.
    color: root.acknowledged || root.severity !== Incident.Critical ? Theme.surface : Theme.alarmed
    Accessible.role: Accessible.ListItem
    Accessible.selectable: true
    Accessible.selected: root.picked
    Accessible.name: qsTr("%1: %2").arg(Theme.severityWord(root.severity)).arg(root.title)
    Accessible.onPressAction: root.openRequested()
    Accessible.description: Words.joined([
        root.service, root.source,
        qsTr("for %1").arg(Clock.spokenAge(root.began, Clock.now)),
        root.reportCount > 1 ? qsTr("reported %L1 times").arg(root.reportCount) : "",
        root.acknowledgement
    ], ", ")

    TapHandler {
        acceptedModifiers: Qt.NoModifier
        onTapped: root.openRequested()
        onLongPressed: root.pickRequested()
    }
    TapHandler {
        acceptedModifiers: Qt.ControlModifier
        onTapped: root.pickRequested()
    }
    TapHandler {
        acceptedModifiers: Qt.ShiftModifier
        onTapped: root.extendRequested()
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    Rectangle {
        width: 5
        height: parent.height - 2 * Theme.small
        anchors.left: parent.left
        y: Theme.small
        radius: 2
        color: Theme.severityColor(root.severity)
        opacity: root.acknowledged ? Theme.faded(0.5) : 1
    }
    RowLayout {
        id: content
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.compact ? Theme.large : Theme.large + 2
        anchors.rightMargin: Theme.large
        spacing: root.compact ? Theme.medium : Theme.large

        PickMark {
            objectName: "pickMark"
            visible: root.picking
            picked: root.picked

            TapHandler {
                // Not also for the row beneath.
                gesturePolicy: TapHandler.WithinBounds
                onTapped: root.pickRequested()
            }
        }
        SeverityMark {
            visible: !root.tight
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
                tight: root.tight
                facts: root.compact ? [root.age, root.times, root.acknowledgement, root.service, root.source]
                    : root.narrow ? [root.times, root.acknowledgement, root.service, root.source]
                    : [root.service, root.source]
                Layout.fillWidth: true
            }
        }
        Text {
            objectName: "rowAcknowledgement"
            visible: text !== "" && !root.narrow
            text: root.acknowledgement
            textFormat: Text.PlainText
            color: root.pending >= 0 ? Theme.textSecondary : Theme.accent
            font.italic: root.pending >= 0
            font.pixelSize: Theme.body
            elide: Text.ElideRight
            Layout.maximumWidth: root.width * 0.25
            Accessible.ignored: true
        }
        Text {
            objectName: "rowTimes"
            visible: !root.narrow
            text: root.times
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignRight
            Layout.preferredWidth: Math.max(implicitWidth, 48 * Theme.textScale)
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
