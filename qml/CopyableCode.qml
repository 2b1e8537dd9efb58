// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Text that is to be pasted elsewhere, letter by letter.
Column {
    id: root

    required property string text
    /// What is to be done with it.
    required property string explanation
    /// What it is, for a screen reader.
    required property string name

    spacing: Theme.small

    Item {
        width: root.width
        height: Math.max(hint.implicitHeight, copyButton.implicitHeight)

        Text {
            id: hint
            anchors.left: parent.left
            anchors.right: copyButton.left
            anchors.rightMargin: Theme.small
            anchors.verticalCenter: parent.verticalCenter
            text: root.explanation
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: root.explanation
        }
        ActionButton {
            id: copyButton
            objectName: "copyButton"
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(implicitWidth, 76 * Theme.textScale)
            text: copied.running ? qsTr("Copied") : qsTr("Copy")
            font.pixelSize: Theme.caption
            leftPadding: Theme.medium
            rightPadding: Theme.medium
            topPadding: Theme.tiny
            bottomPadding: Theme.tiny
            Accessible.name: qsTr("Copy: %1").arg(root.name)
            onClicked: Clipboard.copy(root.text), copied.restart()
        }
    }
    Rectangle {
        width: root.width
        height: code.implicitHeight + 2 * Theme.medium
        radius: Theme.radius - 2
        color: Theme.sunken
        border.width: Theme.line
        border.color: Theme.outline

        TextEdit {
            id: code
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.medium
            anchors.rightMargin: Theme.medium
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
            Accessible.role: Accessible.EditableText
            Accessible.name: root.name
            Accessible.readOnly: true
        }
        FocusRing {
            visible: code.activeFocus
        }
    }
    Timer {
        id: copied
        interval: 2000
    }
}
