// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// The first line of a wall: how many, how bad, and what time it is.
Item {
    id: root

    required property real unit
    required property LiveFeed feed
    property string title
    property string name
    readonly property bool known: (root.feed.live && !root.feed.partial) || root.feed.incidents.count > 0
    readonly property bool narrow: root.width < 120 * root.unit
    readonly property var counts: [root.feed.incidents.criticalCount, root.feed.incidents.warningCount,
        root.feed.incidents.unknownCount, root.feed.incidents.infoCount]

    /// What the time needs, whichever digits it has: it is never cut, and what is left is the title's.
    readonly property real clockWidth: Math.ceil(digits.advanceWidth) + root.unit
    /// Of the numbers: without the margins, and what comes of sizes that are rounded up.
    readonly property real room: root.width - 8 * root.unit - root.clockWidth
    /// How wide the numbers are at their full size, with what stands between them and the time.
    readonly property real fullWidth: Math.ceil(number.advanceWidth + numbers.advanceWidth) + 2 * root.unit
        + root.counts.filter(count => count > 0).length * 8.5 * root.unit
    readonly property bool worded: !root.narrow && root.fullWidth + words.implicitWidth + 2 * root.unit <= root.room
    /// They are smaller where there is no room for that.
    readonly property real factor: Math.min(1, root.room / root.fullWidth)

    implicitHeight: root.unit * 13

    TextMetrics {
        id: digits
        text: time.text.replace(/[0-9]/g, "0")
        font: time.font
    }
    TextMetrics {
        id: number
        text: count.text
        font.pixelSize: root.unit * 11
        font.weight: Font.Bold
    }
    TextMetrics {
        id: numbers
        text: root.counts.filter(count => count > 0).map(count => Words.number(count)).join("")
        font.pixelSize: root.unit * 6
        font.weight: Font.DemiBold
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: root.unit * 3
        anchors.rightMargin: root.unit * 3
        spacing: root.unit * 2 * root.factor

        Text {
            id: count
            objectName: "wallCount"
            text: root.known ? Words.number(root.feed.incidents.count) : "–"
            color: root.feed.live && root.known ? Theme.text : Theme.textMuted
            font.pixelSize: root.unit * 11 * root.factor
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
            Accessible.name: !root.known ? qsTr("Active incidents: not known")
                : root.feed.partial ? qsTr("%Ln active incidents heard of", "", root.feed.incidents.count)
                : root.feed.live ? qsTr("%Ln active incidents", "", root.feed.incidents.count)
                : qsTr("%Ln active incidents when last known", "", root.feed.incidents.count)
        }
        Text {
            id: words
            objectName: "wallCountWords"
            visible: root.worded
            // A word on each line, whatever is as wide as it in the language and the font.
            text: (root.feed.incidents.count === 1 ? qsTr("active incident") : qsTr("active incidents")).replace(" ", "\n")
            color: root.feed.live ? Theme.textSecondary : Theme.textMuted
            font.pixelSize: root.unit * 3.4
            Accessible.ignored: true
        }
        Repeater {
            model: 4

            Row {
                id: tally
                required property int index
                readonly property int count: root.counts[tally.index]

                objectName: "wallTally"
                visible: tally.count > 0
                spacing: root.unit * root.factor
                opacity: root.feed.live ? 1 : Theme.faded(0.6)
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1 %2").arg(Words.number(tally.count)).arg(Theme.severityWord(tally.index))

                SeverityMark {
                    anchors.verticalCenter: parent.verticalCenter
                    severity: tally.index
                    implicitWidth: root.unit * 5.5 * root.factor
                    Accessible.ignored: true
                }
                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    text: Words.number(tally.count)
                    color: Theme.text
                    font.pixelSize: root.unit * 6 * root.factor
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }
            }
        }
        Column {
            Layout.fillWidth: true
            Layout.minimumWidth: root.clockWidth
            Layout.preferredWidth: root.clockWidth

            Text {
                id: time
                objectName: "wallTime"
                anchors.right: parent.right
                text: Clock.now.toLocaleTimeString(Qt.locale(), Locale.ShortFormat)
                color: Theme.text
                font.pixelSize: root.unit * 5.5
                font.weight: Font.Medium
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            Text {
                objectName: "wallTitle"
                visible: text !== ""
                width: parent.width
                text: Words.joined([root.name, root.title], "  ·  ")
                textFormat: Text.PlainText
                color: Theme.textSecondary
                font.pixelSize: root.unit * 2.8
                horizontalAlignment: Text.AlignRight
                elide: Text.ElideRight
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(1, root.unit * 0.15)
        color: Theme.outline
    }
}
