// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The one number that is read across a room. Where it is not known it is no number at all, least
/// of all 0.
Row {
    id: root

    required property int count
    /// The number is what the server knows.
    required property bool live
    readonly property bool known: root.live || root.count > 0

    spacing: Theme.medium
    Accessible.role: Accessible.Heading
    Accessible.name: !root.known ? qsTr("Active incidents: not known")
        : root.live ? qsTr("%n active incidents", "", root.count)
        : qsTr("%n active incidents when last known", "", root.count)

    Text {
        id: number
        objectName: "activeCountNumber"
        text: root.known ? root.count : "–"
        color: root.live ? Theme.text : Theme.textMuted
        font.pixelSize: Theme.display
        font.weight: Font.Bold
        Accessible.ignored: true
    }
    Text {
        anchors.baseline: number.baseline
        text: root.count === 1 ? qsTr("active incident") : qsTr("active incidents")
        color: root.live ? Theme.textSecondary : Theme.textMuted
        font.pixelSize: Theme.heading
        Accessible.ignored: true
    }
}
