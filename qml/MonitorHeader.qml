// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// Over the monitors: how they are in one line, and whether that is all there is to be known. They
/// are well only where that is certain.
Item {
    id: root

    required property MonitorModel monitors
    required property bool live
    readonly property bool allUp: root.monitors.upCount === root.monitors.count
    readonly property bool partial: !isNaN(root.monitors.heardSince.getTime())

    signal closeRequested

    implicitHeight: lines.implicitHeight + Theme.small + Theme.medium

    GridLayout {
        id: lines
        y: Theme.small
        width: root.width
        columns: root.width < Theme.compactWidth ? 1 : 2
        columnSpacing: Theme.medium
        rowSpacing: Theme.small

        Column {
            Layout.fillWidth: true
            spacing: Theme.tiny

            Text {
                objectName: "monitorHeadline"
                width: parent.width
                text: !root.live ? qsTr("When last known: %1").arg(root.monitors.summary)
                    : root.allUp && !root.partial ? qsTr("All %Ln monitors are up", "", root.monitors.count)
                    : root.monitors.summary
                color: !root.live ? Theme.textMuted : root.allUp && !root.partial ? Theme.accent : Theme.text
                font.pixelSize: Theme.heading
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Text {
                objectName: "monitorReservation"
                visible: root.partial
                width: parent.width
                text: qsTr("Heard since %1: what has not changed since then is not shown, as this server keeps no list.")
                    .arg(Clock.moment(root.monitors.heardSince, Clock.now))
                color: Theme.warningText
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
        ActionButton {
            objectName: "monitorsClose"
            text: qsTr("Back to the incidents")
            Layout.alignment: Qt.AlignTop
            Layout.maximumWidth: root.width
            Accessible.description: qsTr("Key %1").arg(Words.key("Esc"))
            onClicked: root.closeRequested()
        }
    }
}
