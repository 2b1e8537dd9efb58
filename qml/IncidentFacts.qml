// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The second line of an incident: its severity in a word, then what else is known of it.
Row {
    id: root

    required property int severity
    /// Those that are empty are left out.
    required property list<string> facts

    /// There is no room for the word: a small mark stands for it.
    property bool tight: false

    spacing: Theme.small
    clip: true
    Accessible.ignored: true

    SeverityMark {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.tight
        severity: root.severity
        implicitWidth: Theme.body
        Accessible.ignored: true
    }
    Text {
        id: word
        visible: !root.tight
        objectName: "rowSeverity"
        text: Theme.severityWord(root.severity).toUpperCase()
        color: Theme.severityTextColor(root.severity)
        font.pixelSize: Theme.caption
        font.weight: Font.Bold
        font.letterSpacing: 0.6
        Accessible.ignored: true
    }
    Text {
        anchors.baseline: word.baseline
        // Not by its own place, which in a mirrored row is counted from the other side.
        width: Math.min(implicitWidth, root.width - root.spacing - (root.tight ? Theme.body : word.width))
        text: Words.joined(root.facts, "  ·  ")
        textFormat: Text.PlainText
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
