// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A server that was entered, and what can be done with it.
GridLayout {
    id: root

    required property string serverId
    required property string name
    required property string address
    required property var alternatives
    required property var rooms
    required property bool shown
    readonly property string addresses: root.alternatives.length === 0 ? root.address
        : root.address + ", " + root.alternatives.join(", ")
    property bool compact: false
    property bool asking: false

    signal shownRequested(bool shown)
    signal changeRequested
    signal removeRequested

    columns: root.compact ? 1 : 2
    columnSpacing: Theme.medium
    rowSpacing: Theme.small
    Accessible.role: Accessible.ListItem
    Accessible.name: root.name

    ColumnLayout {
        spacing: 0
        Layout.fillWidth: true

        Text {
            text: root.name
            textFormat: Text.PlainText
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Text {
            text: qsTr("%1 · %2").arg(root.addresses).arg(root.rooms.join(", "))
            textFormat: Text.PlainText
            color: Theme.textMuted
            font.pixelSize: Theme.caption
            elide: Text.ElideMiddle
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    RowLayout {
        spacing: Theme.small
        Layout.alignment: root.compact ? Qt.AlignRight : Qt.AlignVCenter

        Text {
            visible: !root.asking
            text: qsTr("Show")
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            Accessible.ignored: true
        }
        SwitchBox {
            objectName: "shownSwitch"
            visible: !root.asking
            text: qsTr("Show %1").arg(root.name)
            checked: root.shown
            onToggled: root.shownRequested(checked)
        }
        ActionButton {
            objectName: "changeServer"
            visible: !root.asking
            text: qsTr("Change…")
            Accessible.name: qsTr("Change %1").arg(root.name)
            onClicked: root.changeRequested()
        }
        ActionButton {
            objectName: "removeServer"
            text: root.asking ? qsTr("Remove it and its token") : qsTr("Remove…")
            textColor: root.asking ? Theme.critical : Theme.text
            Accessible.name: qsTr("Remove %1").arg(root.name)
            onClicked: root.asking ? root.removeRequested() : root.asking = true
        }
        ActionButton {
            objectName: "keepServer"
            visible: root.asking
            text: qsTr("Keep")
            onClicked: root.asking = false
        }
    }
}
