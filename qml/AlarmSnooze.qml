// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// Quiet for a while, and the way out of it.
ColumnLayout {
    id: root

    required property Alarm alarm

    spacing: Theme.small

    SectionTitle {
        text: qsTr("Snooze")
    }
    Text {
        objectName: "snoozeText"
        text: root.alarm.snoozed
            ? qsTr("Nobody is called until %1. The screen hides nothing.").arg(root.alarm.snoozeEnd)
            : qsTr("No sounds and no notifications for a while. What comes meanwhile is told at the end, and the"
                + " screen hides nothing.")
        color: root.alarm.snoozed ? Theme.text : Theme.textSecondary
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Flow {
        spacing: Theme.small
        Layout.fillWidth: true

        ActionButton {
            objectName: "endSnooze"
            visible: root.alarm.snoozed
            text: qsTr("End it now")
            primary: true
            onClicked: root.alarm.endSnooze()
        }
        ActionButton {
            objectName: "snooze0"
            text: qsTr("15 min")
            Accessible.name: qsTr("Snooze for 15 minutes")
            onClicked: root.alarm.snooze(0)
        }
        ActionButton {
            objectName: "snooze1"
            text: qsTr("1 h")
            Accessible.name: qsTr("Snooze for 1 hour")
            onClicked: root.alarm.snooze(1)
        }
        ActionButton {
            objectName: "snooze2"
            text: qsTr("Until %1").arg(root.alarm.endOf(2, Clock.now))
            Accessible.name: qsTr("Snooze until %1").arg(root.alarm.endOf(2, Clock.now))
            onClicked: root.alarm.snooze(2)
        }
    }
}
