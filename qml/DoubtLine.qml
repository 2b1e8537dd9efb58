// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One reason why the list may lack something: what, when, from which server, and what to do.
Item {
    id: root

    required property int kind
    required property string what
    required property date when
    required property double times
    required property string server
    required property string advice
    property bool current: false

    readonly property string word: [
        qsTr("Silent source"), qsTr("Message rejected"), qsTr("Message unknown"), qsTr("No list from the server")
    ][root.kind]
    readonly property string occasion: {
        const moment = Clock.moment(root.when, Clock.now);
        if (root.kind === DoubtModel.SilentSource)
            return qsTr("since %1, told by %2").arg(moment).arg(root.server);
        if (root.kind === DoubtModel.MissingList)
            return qsTr("heard since %1, from %2").arg(moment).arg(root.server);
        return root.times > 1 ? qsTr("%L1 times, the last at %2, from %3").arg(root.times).arg(moment).arg(root.server)
                              : qsTr("at %1, from %2").arg(moment).arg(root.server);
    }

    implicitHeight: lines.implicitHeight + 2 * Theme.medium
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(root.word).arg(root.what)
    Accessible.description: qsTr("%1. %2").arg(root.occasion).arg(root.advice)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sunken
        border.width: root.current ? Theme.strongLine : Theme.line
        border.color: root.current ? Theme.accent : Theme.outline
    }
    Column {
        id: lines
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.medium
        width: root.width - 2 * Theme.medium
        spacing: Theme.tiny

        Text {
            width: parent.width
            text: root.word
            color: Theme.warningText
            font.pixelSize: Theme.body
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Text {
            objectName: "doubtWhat"
            width: parent.width
            text: root.what
            textFormat: Text.PlainText
            color: Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Text {
            objectName: "doubtOccasion"
            width: parent.width
            text: root.occasion
            textFormat: Text.PlainText
            color: Theme.textMuted
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Text {
            objectName: "doubtAdvice"
            width: parent.width
            text: root.advice
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
