// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Where to read on: the runbook first and largest.
Column {
    id: root

    required property string runbook
    required property string runbookDestination
    required property var links

    spacing: Theme.tiny

    LinkButton {
        objectName: "runbookLink"
        visible: root.runbook !== ""
        width: root.width
        text: qsTr("Runbook")
        prominent: true
        address: root.runbook
        destination: root.runbookDestination
    }
    Repeater {
        model: root.links

        LinkButton {
            required property var modelData

            objectName: "incidentLink"
            width: root.width
            text: modelData.title
            address: modelData.url
            destination: modelData.destination
        }
    }
}
