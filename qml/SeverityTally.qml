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
    /// Without the words; and two beneath two, or one beneath the other where two need more than `room`.
    property bool compact: false
    property bool narrow: false
    property real room: Infinity
    readonly property var counts: [root.criticalCount, root.warningCount, root.unknownCount, root.infoCount]
    /// How wide it is in one line and with its words.
    readonly property real fullWidth: Math.ceil(numbers.advanceWidth + words.advanceWidth)
        + 4 * (Theme.heading + 4 * Theme.small) + 3 * Theme.small + 8
    /// How wide it is in one line and without them.
    readonly property real compactWidth: Math.ceil(numbers.advanceWidth * Theme.title / Theme.heading)
        + 4 * (Theme.title + Theme.small + 2 * Theme.tiny) + 3 * Theme.tiny + 8

    signal toggled(severity: string)

    columns: !root.narrow ? 4 : root.compactWidth > 2 * root.room ? 1 : 2
    rowSpacing: Theme.tiny
    columnSpacing: root.compact ? Theme.tiny : Theme.small
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Active incidents by severity")

    TextMetrics {
        id: numbers
        text: root.counts.map(count => Words.number(count)).join("")
        font.pixelSize: Theme.heading
        font.weight: Font.DemiBold
    }
    TextMetrics {
        id: words
        text: root.counts.map((count, severity) => Theme.severityWord(severity)).join("")
        font.pixelSize: Theme.body
    }
    Repeater {
        model: ["critical", "warning", "unknown", "info"]

        TallyButton {
            required property int index
            required property string modelData

            objectName: "tally-" + modelData
            severity: index
            count: root.counts[index]
            chosen: (root.chosenBits & (1 << index)) !== 0
            compact: root.compact
            onClicked: root.toggled(modelData)
        }
    }
}
