// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What a wall has to say of itself, in letters that are read from the door: that its list is not
/// current, and what keeps it from showing everything.
Column {
    id: root

    required property real unit
    required property LiveFeed feed
    property string fault
    readonly property bool everLive: !isNaN(root.feed.lastLive.getTime())

    WallBand {
        objectName: "wallNotLive"
        visible: !root.feed.live
        width: root.width
        unit: root.unit
        large: true
        text: root.feed.unconfirmed
            ? qsTr("Not confirmed yet: as of %1, %2 ago").arg(Clock.moment(root.feed.lastLive, Clock.now))
                                                        .arg(Clock.age(root.feed.lastLive, Clock.now))
            : root.everLive
            ? qsTr("Not live: as of %1, %2 ago").arg(Clock.moment(root.feed.lastLive, Clock.now))
                                               .arg(Clock.age(root.feed.lastLive, Clock.now))
            : qsTr("Not live: nothing is known yet")
        detail: root.feed.problem || root.feed.trouble
    }
    WallBand {
        objectName: "wallFault"
        visible: root.fault !== ""
        width: root.width
        unit: root.unit
        text: root.fault
    }
    WallBand {
        objectName: "wallDemonstration"
        visible: root.feed.showsDemonstration
        width: root.width
        unit: root.unit
        text: qsTr("Demonstration: these incidents are not real")
    }
    WallBand {
        objectName: "wallDoubts"
        visible: root.feed.live && root.feed.doubts.summary !== ""
        width: root.width
        unit: root.unit
        text: qsTr("The list may lack something: %1").arg(root.feed.doubts.summary)
    }
}
