// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// All that a person can set, found by words; what is set is so at once.
Sheet {
    id: root

    required property Preferences preferences
    property string outcome
    property bool outcomeIsTrouble: false

    signal serversRequested

    objectName: "settingsSheet"
    title: qsTr("Settings")
    wish: 720
    onFormHeightChanged: root.reveal(root.outcome !== "" ? fileOutcome : null)
    onOpened: searchField.field.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: {
        root.preferences.search = "";
        root.outcome = "";
    }

    Connections {
        target: root.preferences

        function onTold(sentence: string, worked: bool) {
            root.outcome = sentence;
            root.outcomeIsTrouble = !worked;
        }
        // It was said of what was set before.
        function onValuesChanged() { root.outcome = ""; }
        function onSearchChanged() { root.outcome = ""; }
    }

    EntryField {
        id: searchField
        objectName: "settingsSearch"
        caption: qsTr("Search")
        placeholder: qsTr("Such as dark, size or cache")
        text: root.preferences.search
        Layout.fillWidth: true
        onEdited: root.preferences.search = text
    }
    Text {
        objectName: "nothingFound"
        visible: root.preferences.count === 0
        text: qsTr("No setting has these words.")
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Notice {
        id: problem
        objectName: "settingsProblem"
        visible: root.preferences.problem !== ""
        text: root.preferences.problem
        caution: true
        Layout.fillWidth: true
        // Above what was set, which may be far down.
        onHeightChanged: root.reveal(root.preferences.problem !== "" ? problem : null)
        onYChanged: root.reveal(root.preferences.problem !== "" ? problem : null)
    }
    Repeater {
        model: root.preferences

        PreferenceLine {
            id: line
            objectName: "preferenceLine"
            compact: root.width < Theme.compactWidth
            Layout.fillWidth: true
            Layout.topMargin: Theme.small
            onSetRequested: wanted => root.preferences.set(line.key, wanted)
            onChooseRequested: choice => root.preferences.choose(line.key, choice)
            onResetRequested: root.preferences.reset(line.key)
        }
    }
    Flow {
        visible: root.preferences.search === ""
        spacing: Theme.small
        Layout.fillWidth: true
        Layout.topMargin: Theme.medium

        ActionButton {
            objectName: "openServers"
            text: qsTr("Servers…")
            onClicked: root.serversRequested()
        }
        ActionButton {
            objectName: "resetAll"
            text: qsTr("Reset all settings")
            enabled: !root.preferences.usual
            onClicked: root.preferences.resetAll()
        }
    }
    EntryField {
        id: fileField
        objectName: "settingsFile"
        visible: root.preferences.search === ""
        caption: qsTr("Take them to another computer")
        help: qsTr("A file with these settings, the servers, saved filters, and what calls you. Tokens are not in it.")
        text: root.preferences.usualFile()
        Layout.fillWidth: true
        Layout.topMargin: Theme.medium
    }
    Flow {
        visible: fileField.visible
        spacing: Theme.small
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.tiny

        ActionButton {
            objectName: "exportSettings"
            text: qsTr("Export")
            onClicked: root.preferences.exportTo(fileField.text)
        }
        ActionButton {
            objectName: "importSettings"
            text: qsTr("Import")
            onClicked: root.preferences.importFrom(fileField.text)
        }
    }
    Text {
        id: fileOutcome
        objectName: "fileOutcome"
        visible: text !== ""
        text: root.outcome
        textFormat: Text.PlainText
        color: root.outcomeIsTrouble ? Theme.warningText : Theme.textSecondary
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.tiny
        // Below what was pressed, so maybe not in sight; the latter once its place is known.
        onTextChanged: root.reveal(root.outcome !== "" ? fileOutcome : null)
        onYChanged: root.reveal(root.outcome !== "" ? fileOutcome : null)
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
