// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A monitor: what it is, how it is, and for how long.
Pressable {
    id: root

    required property string name
    required property string uuid
    required property int condition
    required property date since
    /// Finds its incidents; empty where nobody knows how.
    required property string filter
    /// The keyboard is on it.
    property bool current: false
    property bool live: true
    /// As of when it is so.
    property date asOf: Clock.now
    property real zoom: 1

    readonly property bool up: root.condition === MonitorModel.Up
    /// What is up has no incidents to be looked at.
    readonly property bool leads: root.filter !== "" && !root.up
    readonly property real markWidth: 30 * Theme.textScale * root.zoom
    readonly property color ink: Theme.monitorColor(root.condition)
    readonly property string word: Theme.monitorWord(root.condition)
    readonly property string details: qsTr("%1: %2 since %3 (%4)").arg(root.name).arg(root.word)
        .arg(Clock.moment(root.since, root.asOf)).arg(root.uuid)
    /// Asked for, where there is nothing else to be shown.
    property bool explained: false

    signal incidentsRequested(filter: string)

    function activate() { root.leads ? root.incidentsRequested(root.filter) : root.explained = !root.explained; }

    onCurrentChanged: root.explained = false
    onClicked: root.activate()
    focusPolicy: Qt.NoFocus
    padding: Theme.medium * root.zoom
    Accessible.role: Accessible.ListItem
    Accessible.name: root.live
        ? qsTr("%1: %2 for %3").arg(root.name).arg(root.word).arg(Clock.spokenAge(root.since, root.asOf))
        : qsTr("%1: %2 when last known").arg(root.name).arg(root.word)
    Accessible.description: root.leads ? qsTr("Press to see its incidents") : root.details

    Tip {
        objectName: "monitorTip"
        visible: root.hovered || root.explained
        text: root.details
    }
    contentItem: Row {
        spacing: Theme.medium * root.zoom

        MonitorMark {
            anchors.verticalCenter: parent.verticalCenter
            condition: root.condition
            implicitWidth: root.markWidth
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            width: root.availableWidth - root.markWidth - Theme.medium * root.zoom

            Text {
                objectName: "monitorName"
                width: parent.width
                text: root.name
                textFormat: Text.PlainText
                color: Theme.text
                font.pixelSize: Theme.body * root.zoom
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            Text {
                objectName: "monitorAge"
                width: parent.width
                text: qsTr("%1 for %2").arg(root.word).arg(Clock.age(root.since, root.asOf))
                color: root.up ? Theme.textSecondary : Theme.monitorTextColor(root.condition)
                font.pixelSize: Theme.caption * root.zoom
                font.weight: root.up ? Font.Normal : Font.Bold
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: Qt.tint(Theme.surface, Qt.alpha(root.ink, root.up ? 0 : root.hovered ? 0.22 : 0.14))
        border.width: root.up ? Theme.line : 2
        border.color: root.up ? root.hovered ? Theme.textMuted : Theme.outline : root.ink
    }
    FocusRing {
        visible: root.current
        // Within the border, which says how it is, and where nothing is cut off.
        anchors.margins: 3
        radius: Theme.radius - 3
    }
}
