// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What is heard, how loud, and how often again.
ColumnLayout {
    id: root

    required property Alarm alarm
    readonly property AlarmSettings settings: root.alarm.settings
    readonly property var repeats: [0, 30, 60, 300]

    spacing: Theme.small

    SectionTitle {
        text: qsTr("Sound")
    }
    OnOffSwitch {
        objectName: "soundSwitch"
        text: qsTr("Play a sound for")
        checked: root.settings.soundOn
        onToggled: root.settings.soundOn = checked
    }
    AlarmFault {
        objectName: "soundFault"
        text: root.alarm.soundFault
        Layout.fillWidth: true
    }
    SeverityPicks {
        objectName: "soundPicks"
        name: qsTr("Severities that are heard")
        enabled: root.settings.soundOn
        bits: root.settings.soundBits
        Layout.fillWidth: true
        onPicked: bits => root.settings.soundBits = bits
    }
    RowLayout {
        spacing: Theme.medium

        VolumeSlider {
            objectName: "volumeSlider"
            value: root.settings.volume
            enabled: root.settings.soundOn
            Layout.fillWidth: true
            Layout.maximumWidth: 260 * Theme.textScale
            onMoved: root.settings.volume = value
        }
        Text {
            text: qsTr("%1 %").arg(root.settings.volume)
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            Layout.minimumWidth: 44 * Theme.textScale
            Accessible.ignored: true
        }
        ActionButton {
            objectName: "testSound"
            text: qsTr("Test")
            Accessible.name: qsTr("Play the sound of a critical incident")
            onClicked: root.alarm.testSound(Incident.Critical)
        }
    }
    ChoiceBox {
        objectName: "repeatChoice"
        caption: qsTr("Repeat until somebody has it")
        choices: [qsTr("no"), qsTr("every 30 s"), qsTr("every minute"), qsTr("every 5 min")]
        chosen: root.repeats.indexOf(root.settings.repeatSeconds)
        enabled: root.settings.soundOn
        opacity: enabled ? 1 : Theme.faded(0.5)
        Layout.fillWidth: true
        onActivated: index => root.settings.repeatSeconds = root.repeats[index]
    }
}
