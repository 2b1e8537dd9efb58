// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A setting: what it does, and what it is set to.
GridLayout {
    id: root

    required property string key
    required property int kind
    required property string title
    required property string explanation
    required property var value
    required property var choices
    required property int chosen
    required property int minimum
    required property int maximum
    required property int step
    required property bool changed
    property bool compact: false

    signal setRequested(var value)
    signal chooseRequested(int choice)
    signal resetRequested

    columns: root.compact ? 1 : 2
    columnSpacing: Theme.wide
    rowSpacing: Theme.small
    Accessible.role: Accessible.Grouping
    Accessible.name: root.title

    ColumnLayout {
        spacing: Theme.tiny / 2
        Layout.fillWidth: true
        // What is left, whatever the words would like: a line that just fits would be laid out anew
        // while it is laid out.
        Layout.preferredWidth: 1

        Text {
            objectName: "preferenceTitle"
            text: root.title
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Text {
            text: root.explanation
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    RowLayout {
        spacing: Theme.small
        Layout.fillWidth: root.compact
        Layout.alignment: root.compact ? Qt.AlignLeft : Qt.AlignRight | Qt.AlignVCenter

        ActionButton {
            objectName: "resetPreference"
            visible: root.changed
            text: qsTr("Reset")
            font.pixelSize: Theme.caption
            topPadding: Theme.tiny
            bottomPadding: Theme.tiny
            Accessible.name: qsTr("Reset %1").arg(root.title)
            onClicked: root.resetRequested()
        }
        ChoiceBox {
            objectName: "preferenceChoice"
            visible: root.kind === Preferences.Choice
            caption: root.title
            choices: root.choices
            chosen: root.chosen
            Layout.fillWidth: true
            Layout.minimumWidth: 0
            Layout.preferredWidth: 280 * Theme.textScale
            Layout.maximumWidth: 280 * Theme.textScale
            onActivated: index => root.chooseRequested(index)
        }
        NumberBox {
            objectName: "preferenceNumber"
            visible: root.kind === Preferences.Number
            caption: root.title
            from: root.minimum
            to: root.maximum
            stepSize: root.step
            value: root.kind === Preferences.Number ? root.value : root.minimum
            onValueModified: root.setRequested(value)
        }
        SwitchBox {
            objectName: "preferenceSwitch"
            visible: root.kind === Preferences.Switch
            text: root.title
            checked: root.kind === Preferences.Switch && root.value
            onToggled: root.setRequested(checked)
        }
    }
}
