// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A band across a wall.
Rectangle {
    id: root

    required property real unit
    required property string text
    property string detail
    property bool large: false

    implicitHeight: content.implicitHeight + root.unit * (root.large ? 2.4 : 1.6)
    color: Theme.cautionBackground
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.detail ? qsTr("%1 %2").arg(root.text).arg(root.detail) : root.text

    Rectangle {
        width: parent.width
        height: root.unit * 0.3
        color: Theme.cautionLine
    }
    Column {
        id: content
        anchors.verticalCenter: parent.verticalCenter
        x: root.unit * 3
        width: root.width - 2 * x
        spacing: root.unit * 0.4

        Text {
            width: parent.width
            text: root.text
            textFormat: Text.PlainText
            color: Theme.cautionText
            font.pixelSize: root.unit * (root.large ? 5 : 3)
            font.weight: root.large ? Font.Bold : Font.DemiBold
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Text {
            visible: root.detail !== ""
            width: parent.width
            text: root.detail
            textFormat: Text.PlainText
            color: Theme.cautionText
            font.pixelSize: root.unit * 2.8
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
