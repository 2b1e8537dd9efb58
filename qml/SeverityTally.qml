// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// How many incidents of each severity are active, most severe first. A click has the filter ask
/// for that severity as well, or not any more.
GridLayout {
    id: root

    required property int criticalCount
    required property int warningCount
    required property int unknownCount
    required property int infoCount
    /// Those that the filter asks for: a bit each, from the lowest.
    property int chosenBits: 0
    /// Without the words; and two beneath two.
    property bool compact: false
    property bool narrow: false

    signal toggled(severity: string)

    columns: root.narrow ? 2 : 4
    rowSpacing: Theme.tiny
    columnSpacing: root.compact ? Theme.tiny : Theme.small
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Active incidents by severity")

    Repeater {
        model: ["critical", "warning", "unknown", "info"]

        TallyButton {
            required property int index
            required property string modelData

            objectName: "tally-" + modelData
            severity: index
            count: [root.criticalCount, root.warningCount, root.unknownCount, root.infoCount][index]
            chosen: (root.chosenBits & (1 << index)) !== 0
            compact: root.compact
            onClicked: root.toggled(modelData)
        }
    }
}
