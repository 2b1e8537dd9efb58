// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// How many incidents of each severity are active, most severe first.
GridLayout {
    id: root

    required property int criticalCount
    required property int warningCount
    required property int unknownCount
    required property int infoCount
    /// Without the words; and two beneath two.
    property bool compact: false
    property bool narrow: false
    readonly property real size: root.compact ? Theme.title : Theme.heading

    columns: root.narrow ? 2 : 4
    rowSpacing: Theme.tiny
    columnSpacing: root.compact ? Theme.large : Theme.wide
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Active incidents by severity")

    Repeater {
        model: [root.criticalCount, root.warningCount, root.unknownCount, root.infoCount]

        Row {
            id: tally

            required property int index
            required property int modelData

            spacing: Theme.small
            opacity: tally.modelData > 0 ? 1 : 0.45
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1 %2").arg(tally.modelData).arg(Theme.severityWord(tally.index))

            SeverityMark {
                anchors.verticalCenter: parent.verticalCenter
                severity: tally.index
                hollow: tally.modelData === 0
                implicitWidth: root.size
                Accessible.ignored: true
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: tally.modelData
                color: Theme.text
                font.pixelSize: root.size
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.compact
                text: Theme.severityWord(tally.index)
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                Accessible.ignored: true
            }
        }
    }
}
