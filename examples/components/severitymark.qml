// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Each severity, and each once more as somebody has taken it on.
Rectangle {
    width: 480
    height: 120
    color: Theme.background

    Row {
        anchors.centerIn: parent
        spacing: Theme.large

        Repeater {
            model: [Incident.Critical, Incident.Warning, Incident.Unknown, Incident.Info]

            Column {
                id: pair

                required property int modelData

                spacing: Theme.small

                SeverityMark {
                    severity: pair.modelData
                }
                SeverityMark {
                    severity: pair.modelData
                    hollow: true
                }
            }
        }
    }
}
