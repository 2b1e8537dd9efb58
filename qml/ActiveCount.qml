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
    /// Without the words: there is no room for the longest of them.
    property bool wordless: false
    /// No more than this is the number's: it is smaller where it needs more.
    property real numberRoom: Infinity
    /// How wide it is: the number alone, with its words one below the other, and with them in a line.
    readonly property real numberWidth: Math.ceil(number.implicitWidth)
    readonly property real wrappedWidth: root.numberWidth + root.spacing + Math.ceil(wrapped.implicitWidth)
    readonly property real fullWidth: root.numberWidth + root.spacing + Math.ceil(words.implicitWidth)
    readonly property bool known: (root.live && !root.partial) || root.count > 0

    spacing: Theme.medium
    Accessible.role: Accessible.Heading
    Accessible.name: !root.known ? qsTr("Active incidents: not known")
        : root.live && root.partial ? qsTr("%Ln active incidents heard of", "", root.count)
        : root.live ? qsTr("%Ln active incidents", "", root.count)
        : qsTr("%Ln active incidents when last known", "", root.count)

    Text {
        id: number
        objectName: "activeCountNumber"
        text: root.known ? Words.number(root.count) : "–"
        color: root.live && root.known ? Theme.text : Theme.textMuted
        font.pixelSize: root.small ? Theme.heading : Theme.display
        font.weight: Font.Bold
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.caption / 2
        Layout.alignment: Qt.AlignBaseline
        Layout.maximumWidth: root.numberRoom
        Accessible.ignored: true
    }
    Text {
        id: words
        objectName: "activeCountWords"
        visible: !root.wordless
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
    // Only tells how wide the longest word is.
    Text {
        id: wrapped
        visible: false
        text: words.text.replace(/ /g, "\n")
        font: words.font
        Accessible.ignored: true
    }
}
