// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// A server is entered, tried and saved here, or changed.
Sheet {
    id: root

    required property ServerBook book
    readonly property alias draft: draft

    signal connected(string id)

    function add() {
        draft.clear();
        root.open();
    }
    function change(id: string) {
        draft.edit(id);
        root.open();
    }

    objectName: "connectSheet"
    title: draft.editing ? qsTr("Change a server") : qsTr("Connect to a server")
    onOpened: {
        root.book.checkKeyring();
        addressField.field.forceActiveFocus(Qt.PopupFocusReason);
    }
    // What was typed is nobody's business any more, least of all the token.
    onClosed: draft.clear()

    ServerDraft {
        id: draft
        book: root.book
        onSaved: id => {
            root.close();
            root.connected(id);
        }
    }

    Text {
        visible: !draft.editing
        text: qsTr("The Tocsin gateway of your team. Its address is the one that you would give to a browser.")
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    EntryField {
        id: addressField
        objectName: "addressField"
        caption: qsTr("Server")
        placeholder: qsTr("ops.example.com")
        text: draft.address
        problem: draft.address.trim() === "" ? "" : draft.problem
        help: qsTr("Several gateways of one server have commas between them.")
        Layout.fillWidth: true
        onEdited: draft.address = text
        onAccepted: draft.tryOut()
    }
    EntryField {
        objectName: "tokenField"
        caption: qsTr("Token")
        placeholder: draft.hasToken ? qsTr("As before") : qsTr("None")
        help: qsTr("Leave it empty where the server asks for none.")
        secret: true
        text: draft.token
        Layout.fillWidth: true
        onEdited: draft.token = text
        onAccepted: draft.tryOut()
    }
    ChoiceBox {
        objectName: "placeBox"
        visible: draft.token !== ""
        caption: qsTr("Keep the token")
        choices: draft.places
        chosen: draft.place
        Layout.fillWidth: true
        onActivated: index => draft.place = index
    }
    Text {
        objectName: "keyringProblem"
        visible: draft.token !== "" && text !== ""
        text: root.book.keyringProblem
        textFormat: Text.PlainText
        color: Theme.textMuted
        font.pixelSize: Theme.caption
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    GridLayout {
        columns: width < Theme.compactWidth * 0.7 ? 1 : 2
        columnSpacing: Theme.large
        rowSpacing: Theme.medium
        Layout.fillWidth: true

        EntryField {
            objectName: "roomsField"
            caption: qsTr("Rooms")
            help: qsTr("With spaces between them.")
            text: draft.rooms
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            onEdited: draft.rooms = text
            onAccepted: draft.tryOut()
        }
        EntryField {
            objectName: "nameField"
            caption: qsTr("Name")
            placeholder: draft.usualName
            maximumLength: 60
            text: draft.name
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            onEdited: draft.name = text
            onAccepted: draft.tryOut()
        }
    }
    TestVerdict {
        id: verdict
        objectName: "testVerdict"
        visible: draft.test.verdict !== ConnectionTest.None
        test: draft.test
        Layout.fillWidth: true
        // Once its place is known.
        onHeightChanged: root.reveal(verdict)
        onYChanged: root.reveal(verdict)
        onSuggestionTaken: draft.takeSuggestion()
    }
    Repeater {
        model: draft.furtherTests

        TestVerdict {
            id: further

            required property int index
            required property ConnectionTest modelData

            objectName: "furtherVerdict"
            visible: further.test.verdict !== ConnectionTest.None
            test: further.modelData
            Layout.fillWidth: true
            onSuggestionTaken: draft.takeSuggestionOf(further.index + 1)
        }
    }
    Notice {
        objectName: "saveFailure"
        visible: draft.failure !== ""
        text: draft.failure
        caution: true
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.small
        layoutDirection: Qt.RightToLeft
        Layout.fillWidth: true
        Layout.topMargin: Theme.small
        Layout.bottomMargin: Theme.tiny

        ActionButton {
            objectName: "connectButton"
            text: draft.saving ? qsTr("Saving…") : draft.editing ? qsTr("Save") : qsTr("Connect")
            primary: true
            enabled: draft.testable
            onClicked: draft.save()
        }
        ActionButton {
            objectName: "testButton"
            text: draft.testing ? qsTr("Trying…") : qsTr("Test connection")
            enabled: draft.testable && !draft.testing
            onClicked: draft.tryOut()
        }
    }
}
