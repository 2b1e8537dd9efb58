// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Asks for a line of text: Enter takes it, Escape does not.
T.Popup {
    id: root

    required property string question
    property string placeholder
    required property string acceptText
    property int maximumLength: 200
    /// Buttons for what need not be typed.
    default property alias choices: choiceRow.data

    signal accepted(string text)

    function accept() {
        const text = field.text.trim();
        if (text === "")
            return;
        root.close();
        root.accepted(text);
    }

    width: Math.min(360 * Theme.textScale, T.Overlay.overlay ? T.Overlay.overlay.width - 2 * Theme.large : 360)
    contentHeight: form.implicitHeight
    implicitHeight: contentHeight + topPadding + bottomPadding
    margins: Theme.large
    padding: Theme.large
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: {
        field.clear();
        field.forceActiveFocus(Qt.PopupFocusReason);
    }

    ColumnLayout {
        id: form
        width: root.availableWidth
        spacing: Theme.medium

        Text {
            text: root.question
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        RowLayout {
            spacing: Theme.small

            T.TextField {
                id: field
                objectName: "askField"
                implicitHeight: Theme.body + 2 * Theme.medium
                leftPadding: Theme.medium
                rightPadding: Theme.medium
                verticalAlignment: TextInput.AlignVCenter
                maximumLength: root.maximumLength
                font.pixelSize: Theme.body
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                selectByMouse: true
                Layout.fillWidth: true
                Accessible.role: Accessible.EditableText
                Accessible.name: root.question
                Accessible.description: root.placeholder
                Keys.onReturnPressed: root.accept()
                Keys.onEnterPressed: root.accept()

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    x: field.leftPadding
                    width: field.width - 2 * field.leftPadding
                    visible: field.text === "" && field.preeditText === ""
                    text: root.placeholder
                    font: field.font
                    color: Theme.textMuted
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radius - 2
                    color: Theme.sunken
                    border.width: field.activeFocus ? Theme.strongLine : Theme.line
                    border.color: field.activeFocus ? Theme.accent : Theme.outline
                }
            }
            ActionButton {
                objectName: "askAccept"
                text: root.acceptText
                primary: true
                enabled: field.text.trim() !== ""
                onClicked: root.accept()
            }
        }
        Flow {
            id: choiceRow
            visible: children.length > 0
            spacing: Theme.small
            Layout.fillWidth: true
        }
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline

        // A click beside the buttons is none on the row beneath.
        MouseArea {
            anchors.fill: parent
        }
    }
}
