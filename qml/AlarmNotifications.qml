// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What the desktop shows: notifications, and the icon in the tray.
ColumnLayout {
    id: root

    required property Alarm alarm
    /// The program around it can show an icon in the tray.
    property bool trayOffered: false
    readonly property AlarmSettings settings: root.alarm.settings

    spacing: Theme.small

    SectionTitle {
        text: qsTr("Desktop")
    }
    OnOffSwitch {
        objectName: "notificationSwitch"
        text: qsTr("Show a notification for")
        checked: root.settings.notificationsOn
        onToggled: root.settings.notificationsOn = checked
    }
    AlarmFault {
        objectName: "notificationFault"
        text: root.alarm.notificationFault
        Layout.fillWidth: true
    }
    SeverityPicks {
        objectName: "notificationPicks"
        name: qsTr("Severities that are shown on the desktop")
        enabled: root.settings.notificationsOn
        bits: root.settings.notificationBits
        Layout.fillWidth: true
        onPicked: bits => root.settings.notificationBits = bits
    }
    OnOffSwitch {
        objectName: "traySwitch"
        visible: root.trayOffered
        text: qsTr("Show the worst severity in the tray")
        checked: root.settings.trayOn
        onToggled: root.settings.trayOn = checked
    }
}
