// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// The last 24 hours on a wall: what was opened and what was resolved.
Item {
    id: root

    required property real unit
    required property LiveFeed feed
    readonly property IncidentActivity activity: root.feed.activity

    Text {
        id: headline
        objectName: "wallActivitySummary"
        width: parent.width
        text: bars.summary
        color: root.feed.live ? Theme.text : Theme.textMuted
        font.pixelSize: root.unit * 3.4
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    ActivityBars {
        id: bars
        anchors.top: headline.bottom
        anchors.topMargin: root.unit * 2
        anchors.bottom: axis.top
        anchors.bottomMargin: root.unit
        width: parent.width
        opacity: root.feed.live ? 1 : Theme.faded(0.6)
        activity: root.activity
        leastBarWidth: root.unit * 1.8
        colors: [Theme.critical, Theme.warning, Theme.unknown, Theme.info]
        resolvedColor: Theme.textMuted
        lineColor: Theme.outline
        currentColor: "transparent"
        chosenColor: "transparent"
        mirrored: root.LayoutMirroring.enabled
        Accessible.role: Accessible.Chart
        Accessible.name: bars.summary
    }
    Item {
        id: axis
        anchors.bottom: parent.bottom
        width: parent.width
        height: root.unit * 4

        Repeater {
            model: bars.marks

            Text {
                required property var modelData
                readonly property real place: (root.LayoutMirroring.enabled ? 1 - modelData.place : modelData.place) * axis.width

                x: Math.max(0, Math.min(axis.width - width, place - width / 2))
                text: modelData.text
                color: Theme.textSecondary
                font.pixelSize: root.unit * 2.6
                Accessible.ignored: true
            }
        }
    }
}
