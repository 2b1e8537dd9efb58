// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// The one number that is read across a room. Where it is not known it is no number at all, least
/// of all 0.
RowLayout {
    id: root

    required property int count
    /// The number is what the server knows.
    required property bool live
    /// It is what was heard of, and there may be more.
    property bool partial: false
    /// There is no room to be read across one.
    property bool small: false
    property bool narrow: false
    /// The words are smaller, so that they stand in one line beside it.
    property bool compact: false
    readonly property bool known: (root.live && !root.partial) || root.count > 0

    spacing: Theme.medium
    Accessible.role: Accessible.Heading
    Accessible.name: !root.known ? qsTr("Active incidents: not known")
        : root.live && root.partial ? qsTr("%Ln active incidents heard of", "", root.count)
        : root.live ? qsTr("%Ln active incidents", "", root.count)
        : qsTr("%Ln active incidents when last known", "", root.count)

    Text {
        objectName: "activeCountNumber"
        text: root.known ? Words.number(root.count) : "–"
        color: root.live && root.known ? Theme.text : Theme.textMuted
        font.pixelSize: root.small ? Theme.heading : Theme.display
        font.weight: Font.Bold
        Layout.alignment: Qt.AlignBaseline
        Accessible.ignored: true
    }
    Text {
        objectName: "activeCountWords"
        text: root.count === 1 ? qsTr("active incident") : qsTr("active incidents")
        color: root.live ? Theme.textSecondary : Theme.textMuted
        font.pixelSize: root.narrow ? Theme.caption : root.small || root.compact ? Theme.title : Theme.heading
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        // Beside the number also where the language is not the window's.
        horizontalAlignment: Text.AlignLeft
        Layout.alignment: Qt.AlignBaseline
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
