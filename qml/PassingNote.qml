// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What is said for a few seconds to who just did something. Over the list rather than in the flow:
/// nothing may move under the pointer of who does one thing after the other.
Rectangle {
    id: root

    required property string text
    required property real maximumWidth
    property bool caution: false
    default property alias actions: actionRow.data

    visible: root.text !== ""
    width: Math.min(root.maximumWidth, row.implicitWidth + 2 * Theme.large)
    height: row.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: root.caution ? Theme.cautionBackground : Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.2))
    border.width: Theme.line
    border.color: root.caution ? Theme.cautionLine : Theme.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    // A click beside the button is none on the row beneath.
    MouseArea {
        anchors.fill: parent
    }
    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: actionRow.visible ? Theme.small : Theme.large
        spacing: Theme.large

        Text {
            objectName: "noteText"
            text: root.text
            textFormat: Text.PlainText
            color: root.caution ? Theme.cautionText : Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Layout.fillWidth: true
            Layout.topMargin: Theme.tiny
            Layout.bottomMargin: Theme.tiny
            Accessible.ignored: true
        }
        Row {
            id: actionRow
            visible: children.length > 0
            spacing: Theme.small
        }
    }
}
