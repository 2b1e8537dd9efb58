// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One thing to ask for with a click; filled in while it is asked for.
Pressable {
    id: root

    property bool chosen: false
    /// Shown before the text; -1: no mark.
    property int severity: -1
    /// Shown behind the text; empty: none.
    property string amount

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.body + 2 * Theme.small
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    font.pixelSize: Theme.caption
    font.weight: Font.DemiBold
    opacity: root.enabled ? 1 : Theme.faded(0.5)
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.amount ? qsTr("%1, %2 found").arg(root.text).arg(root.amount) : root.text
    Accessible.checkable: true
    Accessible.checked: root.chosen

    contentItem: Row {
        spacing: Theme.tiny + 2

        SeverityMark {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.severity >= 0
            severity: Math.max(0, root.severity)
            implicitWidth: 16 * Theme.textScale
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            textFormat: Text.PlainText
            color: Theme.enabledColor(root.chosen ? Theme.text : Theme.textSecondary, root.enabled)
            font: root.font
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.amount !== ""
            text: root.amount
            color: Theme.textMuted
            font: root.font
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.chosen ? Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.25))
            : root.hovered ? Theme.surface : "transparent"
        border.width: root.chosen ? Theme.strongLine : Theme.line
        border.color: root.chosen ? Theme.accent : Theme.outline
    }
    FocusRing {
        visible: root.visualFocus
        radius: height / 2
        anchors.margins: 0
    }
}
