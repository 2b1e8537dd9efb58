// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// What happened to an incident, and whether that is all of it.
Column {
    id: root

    required property TimelineModel timeline

    readonly property bool failed: root.timeline.state === TimelineModel.Failed
    readonly property string remark: root.failed && root.timeline.count > 0
            ? qsTr("Not up to date. %1").arg(root.timeline.problem)
        : root.failed ? qsTr("Not available. %1").arg(root.timeline.problem)
        : root.timeline.state === TimelineModel.Loading && root.timeline.count === 0 ? qsTr("Loading…")
        : root.timeline.complete ? "" : qsTr("What is older than this is not kept any more.")

    spacing: Theme.medium
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Timeline")

    SectionTitle {
        anchors.left: parent.left
        text: qsTr("Timeline")
    }
    Text {
        objectName: "timelineRemark"
        visible: text !== ""
        width: root.width
        text: root.remark
        color: root.failed ? Theme.warningText : Theme.textSecondary
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    ActionButton {
        objectName: "timelineRetry"
        anchors.left: parent.left
        visible: root.failed
        text: qsTr("Try again")
        onClicked: root.timeline.refresh()
    }
    Repeater {
        model: root.timeline

        TimelineEntry {
            objectName: "timelineEntry"
            width: root.width
        }
    }
}
