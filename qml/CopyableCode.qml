// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// Text that is to be pasted elsewhere, letter by letter.
Rectangle {
    id: root

    required property string text
    /// What it is, for a screen reader.
    required property string name

    implicitHeight: content.implicitHeight + 2 * Theme.small
    implicitWidth: content.implicitWidth + 2 * Theme.medium
    radius: Theme.radius - 2
    color: Theme.sunken
    border.width: Theme.line
    border.color: Theme.outline

    RowLayout {
        id: content
        anchors.fill: parent
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        anchors.topMargin: Theme.small
        anchors.bottomMargin: Theme.small
        spacing: Theme.small

        TextEdit {
            id: code
            text: root.text
            readOnly: true
            selectByMouse: true
            activeFocusOnTab: true
            wrapMode: TextEdit.WrapAnywhere
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.onAccent
            font.family: Theme.fixedFamily
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            KeyNavigation.priority: KeyNavigation.BeforeItem
            KeyNavigation.tab: copyButton
            Accessible.role: Accessible.EditableText
            Accessible.name: root.name
            Accessible.readOnly: true
        }
        ActionButton {
            id: copyButton
            objectName: "copyButton"
            text: copied.running ? qsTr("Copied") : qsTr("Copy")
            font.pixelSize: Theme.caption
            leftPadding: Theme.medium
            rightPadding: Theme.medium
            topPadding: Theme.tiny
            bottomPadding: Theme.tiny
            Layout.alignment: Qt.AlignTop
            Layout.minimumWidth: 72 * Theme.textScale
            Accessible.name: qsTr("Copy: %1").arg(root.name)
            onClicked: Clipboard.copy(root.text), copied.restart()
        }
    }
    FocusRing {
        visible: code.activeFocus
    }
    Timer {
        id: copied
        interval: 2000
    }
}
