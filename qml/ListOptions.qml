// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// In which order the incidents stand, and in which groups; and which keys there are.
GridLayout {
    id: root

    required property IncidentModel incidents

    /// Beneath each other.
    property bool stacked: false
    /// How much room there is for them side by side. Where it is too little, the order has a line of
    /// its own.
    property real room: Infinity
    readonly property bool broken: !root.stacked && root.room < order.implicitWidth + group.implicitWidth
        + keysButton.implicitWidth + 2 * root.columnSpacing

    signal keysRequested

    columns: root.stacked ? 1 : root.broken ? 2 : 3
    columnSpacing: Theme.small
    rowSpacing: Theme.small

    ChoiceBox {
        id: order
        objectName: "orderChoice"
        caption: qsTr("Sort")
        choices: [qsTr("Severity"), qsTr("Newest"), qsTr("Oldest"), qsTr("Service")]
        chosen: root.incidents.order
        Layout.fillWidth: true
        Layout.columnSpan: root.broken ? 2 : 1
        onActivated: index => root.incidents.order = index
    }
    ChoiceBox {
        id: group
        objectName: "groupChoice"
        caption: qsTr("Group")
        choices: [qsTr("None"), qsTr("Severity"), qsTr("Service"), qsTr("Source")]
        chosen: root.incidents.group
        Layout.fillWidth: true
        onActivated: index => root.incidents.group = index
    }
    ActionButton {
        id: keysButton
        objectName: "keysButton"
        text: "?"
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        Accessible.name: qsTr("Keys")
        Accessible.description: qsTr("Key %1").arg("?")
        onClicked: root.keysRequested()
    }
}
