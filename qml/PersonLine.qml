// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A person who has the same rooms open: by what name, and what they may do.
Item {
    id: root

    required property string name
    required property string initials
    required property string roleWord
    property bool current: false

    implicitHeight: Math.max(mark.implicitHeight, words.implicitHeight) + 2 * Theme.small
    Accessible.role: Accessible.ListItem
    Accessible.name: root.name
    Accessible.description: root.roleWord

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.sunken
        border.width: root.current ? 2 : Theme.line
        border.color: root.current ? Theme.accent : Theme.outline
    }
    PersonMark {
        id: mark
        x: Theme.medium
        anchors.verticalCenter: parent.verticalCenter
        initials: root.initials
    }
    Column {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Theme.medium
        anchors.right: parent.right
        anchors.rightMargin: Theme.medium
        anchors.verticalCenter: parent.verticalCenter

        Text {
            objectName: "personName"
            width: parent.width
            text: root.name
            textFormat: Text.PlainText
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        Text {
            visible: text !== ""
            width: parent.width
            text: root.roleWord
            textFormat: Text.PlainText
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
