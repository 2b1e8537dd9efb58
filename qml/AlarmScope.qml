// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Which incidents call at all, and when it is told that the list is not live.
ColumnLayout {
    id: root

    required property AlarmSettings settings
    readonly property var losses: [15, 60, 300]

    spacing: Theme.small

    SectionTitle {
        text: qsTr("Only what matches")
    }
    T.TextField {
        id: field
        objectName: "alarmFilter"
        readonly property string error: root.settings.errorOf(field.text)

        function apply() {
            rest.stop();
            root.settings.filter = field.text;
        }

        text: root.settings.filter
        implicitHeight: Theme.body + 2 * Theme.medium
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: 2000
        font.pixelSize: Theme.body
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        selectByMouse: true
        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
        Layout.fillWidth: true
        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Only incidents that match this filter call")
        Accessible.description: field.error
        // Half of a filter is another filter, by which nobody wants to be called.
        onTextEdited: rest.restart()
        onEditingFinished: field.apply()

        Timer {
            id: rest
            interval: 1000
            onTriggered: field.apply()
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            x: field.leftPadding
            width: field.width - 2 * field.leftPadding
            visible: field.text === "" && field.preeditText === ""
            text: qsTr("All; or such as service:orders-db -label.env=staging")
            font: field.font
            color: Theme.textMuted
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: Theme.radius - 2
            color: Theme.sunken
            border.width: field.activeFocus ? Theme.strongLine : Theme.line
            border.color: field.error !== "" ? Theme.critical
                : field.activeFocus ? Theme.accent : Theme.outline
        }
    }
    Text {
        objectName: "alarmFilterError"
        visible: text !== ""
        text: field.error
        textFormat: Text.PlainText
        color: Theme.critical
        font.pixelSize: Theme.caption
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    SectionTitle {
        text: qsTr("When the list is not live")
        Layout.topMargin: Theme.small
    }
    ChoiceBox {
        objectName: "lossChoice"
        caption: qsTr("Tell me after")
        choices: [qsTr("15 s"), qsTr("1 min"), qsTr("5 min")]
        chosen: root.losses.indexOf(root.settings.lossSeconds)
        Layout.fillWidth: true
        onActivated: index => root.settings.lossSeconds = root.losses[index]
    }
    OnOffSwitch {
        objectName: "lossHeardSwitch"
        text: qsTr("With a sound")
        checked: root.settings.lossHeard
        onToggled: root.settings.lossHeard = checked
    }
}
