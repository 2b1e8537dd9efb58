// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Whether somebody who is not looking would be called, and the way to change that: key S.
Pressable {
    id: root

    required property Alarm alarm
    /// Without the words, where there is no room for them: the tip still says them.
    property bool minimal: false
    readonly property bool faulty: root.alarm.state === Alarm.Faulty
    readonly property bool quiet: root.alarm.state === Alarm.Off || root.alarm.state === Alarm.Snoozed
    readonly property color ink: root.faulty ? Theme.cautionText : root.quiet ? Theme.textSecondary : Theme.text
    readonly property bool worded: root.text !== "" && !root.minimal
    readonly property real minimalWidth: Theme.heading + 2 * Theme.small
    /// How wide it is with its words.
    readonly property real fullWidth: root.text === "" ? root.minimalWidth
        : Theme.heading + Theme.tiny + Math.ceil(metrics.advanceWidth) + 1 + Theme.small + Theme.medium

    text: root.alarm.label
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.body + 2 * Theme.medium
    readonly property real wordSide: root.worded ? Theme.medium : Theme.small
    leftPadding: root.mirrored ? root.wordSide : Theme.small
    rightPadding: root.mirrored ? Theme.small : root.wordSide
    Accessible.name: qsTr("Sound and notifications")
    Accessible.description: qsTr("%1 Key %2").arg(root.alarm.summary).arg("S")

    // Not the text's own width, which is not there where it is left out.
    TextMetrics {
        id: metrics
        text: root.text
        font.pixelSize: Theme.caption
        font.weight: Font.DemiBold
    }
    Tip {
        objectName: "alarmBellTip"
        visible: root.hovered
        text: root.alarm.summary
        x: root.mirrored ? 0 : root.width - width
        y: root.height + Theme.tiny
    }

    contentItem: Row {
        spacing: Theme.tiny

        BellShape {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.heading
            height: Theme.heading
            color: root.ink
            crossed: root.quiet || root.faulty
        }
        Text {
            objectName: "alarmBellText"
            anchors.verticalCenter: parent.verticalCenter
            visible: root.worded
            text: root.text
            color: root.ink
            font.pixelSize: Theme.caption
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.faulty ? Theme.cautionBackground : root.hovered ? Theme.surface : "transparent"
        border.width: root.faulty ? Theme.strongLine : Theme.line
        border.color: root.faulty ? Theme.cautionLine : Theme.outline
    }
    FocusRing {
        visible: root.visualFocus
    }
}
