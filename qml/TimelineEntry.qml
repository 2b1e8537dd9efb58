// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// One thing that happened: when, what, and in a comment the words.
RowLayout {
    id: root

    required property date at
    required property string sentence
    required property string comment

    spacing: Theme.medium
    Accessible.role: Accessible.ListItem
    Accessible.name: Words.joined([Clock.moment(root.at, Clock.now), root.sentence, root.comment], ", ")

    Rectangle {
        implicitWidth: 8 * Theme.textScale
        implicitHeight: implicitWidth
        radius: width / 2
        color: root.comment !== "" ? Theme.accent : Theme.textMuted
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 6 * Theme.textScale
        Accessible.ignored: true
    }
    ColumnLayout {
        spacing: Theme.tiny / 2
        Layout.fillWidth: true

        Text {
            objectName: "timelineSentence"
            text: root.sentence
            textFormat: Text.PlainText
            color: root.comment !== "" ? Theme.textSecondary : Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        SelectableText {
            objectName: "timelineComment"
            visible: root.comment !== ""
            text: root.comment
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
    Text {
        text: Clock.moment(root.at, Clock.now)
        color: Theme.textMuted
        font.pixelSize: Theme.caption
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 2 * Theme.textScale
        Accessible.ignored: true
    }
}
