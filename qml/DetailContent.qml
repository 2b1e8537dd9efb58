// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What of an incident is read rather than done.
Column {
    id: root

    required property IncidentDetails details

    spacing: Theme.wide

    SelectableText {
        objectName: "detailTitle"
        width: root.width
        text: root.details.incident.title
        font.pixelSize: Theme.heading
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    DetailLinks {
        visible: root.details.runbook !== "" || root.details.links.length > 0
        width: root.width
        runbook: root.details.runbook
        runbookDestination: root.details.runbookDestination
        links: root.details.links
    }
    DetailFacts {
        width: root.width
        incident: root.details.incident
        link: root.details.link
    }
    NamedValues {
        objectName: "annotations"
        width: root.width
        heading: qsTr("Annotations")
        values: root.details.annotations
    }
    NamedValues {
        objectName: "labels"
        width: root.width
        heading: qsTr("Labels")
        values: root.details.labels
    }
    Timeline {
        objectName: "timeline"
        width: root.width
        timeline: root.details.timeline
    }
}
