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

    signal keysRequested

    columns: root.stacked ? 1 : 3
    columnSpacing: Theme.small
    rowSpacing: Theme.small

    ChoiceBox {
        objectName: "orderChoice"
        caption: qsTr("Sort")
        choices: [qsTr("Severity"), qsTr("Newest"), qsTr("Oldest"), qsTr("Service")]
        chosen: root.incidents.order
        Layout.fillWidth: true
        onActivated: index => root.incidents.order = index
    }
    ChoiceBox {
        objectName: "groupChoice"
        caption: qsTr("Group")
        choices: [qsTr("None"), qsTr("Severity"), qsTr("Service"), qsTr("Source")]
        chosen: root.incidents.group
        Layout.fillWidth: true
        onActivated: index => root.incidents.group = index
    }
    ActionButton {
        objectName: "keysButton"
        text: "?"
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        Accessible.name: qsTr("Keys")
        Accessible.description: qsTr("Key %1").arg("?")
        onClicked: root.keysRequested()
    }
}
