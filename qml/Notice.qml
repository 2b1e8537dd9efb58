// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A band across the window that says something about the screen itself.
Rectangle {
    id: root

    required property string text
    property string detail
    property bool caution: false
    default property alias actions: actionRow.data

    implicitHeight: content.implicitHeight + 2 * Theme.medium
    color: root.caution ? Theme.cautionBackground : Qt.tint(Theme.background, Qt.alpha(Theme.accent, 0.16))
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.detail ? qsTr("%1 %2").arg(root.text).arg(root.detail) : root.text

    Rectangle {
        width: parent.width
        height: 2
        color: root.caution ? Theme.cautionLine : Theme.accent
    }
    GridLayout {
        id: content
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.width < Theme.compactWidth ? Theme.large : Theme.wide
        anchors.rightMargin: root.width < Theme.compactWidth ? Theme.large : Theme.wide
        columns: root.width < Theme.compactWidth ? 1 : 2
        columnSpacing: Theme.large
        rowSpacing: Theme.small

        // No layout: what is in one that wraps asks it for another round with each of its lines.
        Column {
            id: words
            spacing: Theme.tiny / 2
            Layout.fillWidth: true

            Text {
                objectName: "noticeText"
                text: root.text
                color: root.caution ? Theme.cautionText : Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                width: words.width
                Accessible.ignored: true
            }
            Text {
                visible: root.detail !== ""
                text: root.detail
                color: root.caution ? Theme.cautionText : Theme.textSecondary
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                width: words.width
                Accessible.ignored: true
            }
        }
        Row {
            id: actionRow
            spacing: Theme.small
        }
    }
}
