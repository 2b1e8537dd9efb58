// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// In place of an empty list on a wall: calm only where that is certain.
Column {
    id: root

    required property real unit
    required property bool calm
    property date calmSince
    /// From when on it would have been heard of, where the server has no list; otherwise no moment.
    property date heardSince: new Date(NaN)
    readonly property bool partial: !isNaN(root.heardSince.getTime())
    /// There are incidents, only not on this page.
    property bool filtered: false
    /// That is how it is now; otherwise how it was at `lastLive`, or no moment where it never was live.
    property bool live: true
    property date lastLive: new Date(NaN)
    property int otherCount: 0
    property string reason

    spacing: root.unit * 2
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1. %2").arg(headline.text).arg(explanation.text)

    Text {
        id: headline
        objectName: "wallEmptyHeadline"
        width: root.width
        text: root.calm ? qsTr("No active incidents since %1").arg(Clock.moment(root.calmSince, Clock.now))
            : root.filtered && (root.live || isNaN(root.lastLive.getTime())) ? qsTr("None of these")
            : root.filtered ? qsTr("None of these as of %1").arg(Clock.moment(root.lastLive, Clock.now))
            : root.partial ? qsTr("No incident heard of since %1").arg(Clock.moment(root.heardSince, Clock.now))
            : qsTr("Nothing is known yet")
        color: root.calm ? Theme.accent : root.filtered && root.live ? Theme.text : Theme.cautionText
        font.pixelSize: root.unit * 6
        font.weight: Font.Bold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    Text {
        id: explanation
        width: root.width
        text: root.calm ? qsTr("Live, and nothing open for %1").arg(Clock.age(root.calmSince, Clock.now))
            : root.filtered && root.live ? qsTr("%Ln active incidents besides", "", root.otherCount)
            : root.filtered ? qsTr("%Ln active incidents besides when last known", "", root.otherCount)
            : root.partial ? qsTr("What was open before is not known: this server sends no list of incidents.")
            : root.reason || qsTr("Waiting for the list of incidents.")
        color: Theme.textSecondary
        font.pixelSize: root.unit * 3.4
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
