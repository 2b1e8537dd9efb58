// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Some of the severities.
Flow {
    id: root

    /// A bit each: 1 << Incident.Critical.
    required property int bits
    /// What they are picked for, to who hears it.
    required property string name

    signal picked(int bits)

    spacing: Theme.small
    opacity: root.enabled ? 1 : Theme.faded(0.5)
    Accessible.role: Accessible.Grouping
    Accessible.name: root.name

    Repeater {
        model: [Incident.Critical, Incident.Warning, Incident.Unknown, Incident.Info]

        FilterChip {
            required property int modelData

            objectName: "severityPick" + modelData
            text: Theme.severityWord(modelData)
            severity: modelData
            chosen: (root.bits & (1 << modelData)) !== 0
            opacity: 1
            onClicked: root.picked(root.bits ^ (1 << modelData))
        }
    }
}
