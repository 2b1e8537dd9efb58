// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// A line to fill in, beneath what it is, and above a word of help or of what is wrong with it.
ColumnLayout {
    id: root

    required property string caption
    property string help
    property string problem
    property string placeholder
    property bool secret: false
    property int maximumLength: 2000
    property alias text: field.text
    readonly property alias field: field

    signal edited
    signal accepted

    spacing: Theme.tiny

    Text {
        text: root.caption
        color: Theme.text
        font.pixelSize: Theme.body
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    T.TextField {
        id: field
        objectName: "entry"
        implicitHeight: Theme.body + 2 * Theme.medium
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: root.maximumLength
        echoMode: root.secret ? TextInput.Password : TextInput.Normal
        inputMethodHints: root.secret ? Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
                                      : Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
        passwordMaskDelay: 0
        font.pixelSize: Theme.body
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        selectByMouse: true
        Layout.fillWidth: true
        Accessible.role: Accessible.EditableText
        Accessible.passwordEdit: root.secret
        Accessible.name: root.caption
        Accessible.description: root.problem || root.help
        onTextEdited: root.edited()
        onAccepted: root.accepted()

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
            border.color: field.activeFocus ? Theme.accent : root.problem !== "" ? Theme.cautionLine : Theme.outline
        }
    }
    Text {
        objectName: "entryHelp"
        visible: text !== ""
        text: root.problem || root.help
        textFormat: Text.PlainText
        color: root.problem !== "" ? Theme.warningText : Theme.textMuted
        font.pixelSize: Theme.caption
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
