// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What was acknowledged just now, to be taken back for a few seconds. Over the list rather than in
/// the flow: nothing may move under the pointer of who acknowledges one after the other.
Rectangle {
    id: root

    required property CommandNotices notices
    required property real maximumWidth

    visible: root.notices.acknowledged !== ""
    width: Math.min(root.maximumWidth, row.implicitWidth + 2 * Theme.large)
    height: row.implicitHeight + 2 * Theme.small
    radius: Theme.radius
    color: Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.2))
    border.width: Theme.line
    border.color: Theme.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.notices.acknowledged

    // A click beside the button is none on the row beneath.
    MouseArea {
        anchors.fill: parent
    }
    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.large
        anchors.rightMargin: Theme.small
        spacing: Theme.large

        Text {
            objectName: "undoText"
            text: root.notices.acknowledged
            textFormat: Text.PlainText
            color: Theme.text
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        ActionButton {
            objectName: "undoAcknowledge"
            text: qsTr("Undo")
            Accessible.description: qsTr("Key %1").arg("Ctrl+Z")
            onClicked: root.notices.undo()
        }
    }
}
