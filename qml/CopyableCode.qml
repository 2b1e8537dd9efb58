// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Text that is to be pasted elsewhere, letter by letter.
Rectangle {
    id: root

    required property string text
    /// What it is, for a screen reader.
    required property string name

    implicitHeight: code.implicitHeight + 2 * Theme.medium
    radius: Theme.radius - 2
    color: Theme.sunken
    border.width: Theme.line
    border.color: Theme.outline

    TextEdit {
        id: code
        anchors.left: parent.left
        anchors.right: copyButton.left
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.medium
        anchors.rightMargin: Theme.small
        text: root.text
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: true
        wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.family: Theme.fixedFamily
        font.pixelSize: Theme.caption
        KeyNavigation.priority: KeyNavigation.BeforeItem
        KeyNavigation.tab: copyButton
        Accessible.role: Accessible.EditableText
        Accessible.name: root.name
        Accessible.readOnly: true
    }
    ActionButton {
        id: copyButton
        objectName: "copyButton"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.small
        width: Math.max(implicitWidth, 72 * Theme.textScale)
        text: copied.running ? qsTr("Copied") : qsTr("Copy")
        font.pixelSize: Theme.caption
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        topPadding: Theme.tiny
        bottomPadding: Theme.tiny
        Accessible.name: qsTr("Copy: %1").arg(root.name)
        onClicked: Clipboard.copy(root.text), copied.restart()
    }
    FocusRing {
        visible: code.activeFocus
    }
    Timer {
        id: copied
        interval: 2000
    }
}
