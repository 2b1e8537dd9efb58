// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// How a monitor is, as a shape: the octagon, triangle and diamond of incidents for what is down,
/// degraded and unknown; a disc with a tick for what is up. The word stands beside it.
Item {
    id: root

    required property int condition
    readonly property bool up: root.condition === MonitorModel.Up

    implicitWidth: 32 * Theme.textScale
    implicitHeight: root.implicitWidth
    Accessible.ignored: true

    SeverityShape {
        visible: !root.up
        anchors.fill: parent
        severity: root.up ? Incident.Info : root.condition
        color: Theme.severityColor(severity)
        signColor: Theme.severitySignColor(severity)
    }
    Rectangle {
        visible: root.up
        anchors.fill: parent
        anchors.margins: root.width * 0.06
        radius: width / 2
        color: Theme.accent

        // A tick: two strokes that meet in a right angle, turned.
        Item {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -parent.height * 0.06
            width: parent.width * 0.26
            height: parent.width * 0.5
            rotation: 45

            Rectangle {
                anchors.right: parent.right
                width: root.width * 0.1
                height: parent.height
                color: Theme.accentText
                antialiasing: true
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: root.width * 0.1
                color: Theme.accentText
                antialiasing: true
            }
        }
    }
}
