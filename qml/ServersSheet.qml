// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// All servers that were entered: which of them are shown, and what to change.
Sheet {
    id: root

    required property ServerBook book

    signal addRequested
    signal changeRequested(string id)

    objectName: "serversSheet"
    title: qsTr("Servers")
    wish: 680
    onOpened: addButton.forceActiveFocus(Qt.PopupFocusReason)

    Notice {
        objectName: "serversProblem"
        visible: root.book.problem !== ""
        text: root.book.problem
        caution: true
        Layout.fillWidth: true
    }
    Notice {
        id: failure
        objectName: "serversFailure"
        visible: root.book.failure !== ""
        text: root.book.failure
        caution: true
        Layout.fillWidth: true
        // Above what was pressed, which may be far down.
        onHeightChanged: root.reveal(root.book.failure !== "" ? failure : null)
        onYChanged: root.reveal(root.book.failure !== "" ? failure : null)
        onTextChanged: root.reveal(root.book.failure !== "" ? failure : null)

        ActionButton {
            objectName: "dismissServersFailure"
            text: qsTr("Dismiss")
            onClicked: root.book.dismissFailure()
        }
    }
    Text {
        visible: root.book.count === 0 && root.book.problem === ""
        text: qsTr("None yet: what is shown is received on this computer.")
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Repeater {
        model: root.book

        ServerLine {
            id: line
            objectName: "serverLine"
            compact: root.width < Theme.compactWidth
            Layout.fillWidth: true
            onShownRequested: wanted => root.book.setShown(line.serverId, wanted)
            onChangeRequested: root.changeRequested(line.serverId)
            onRemoveRequested: root.book.remove(line.serverId)
        }
    }
    ActionButton {
        id: addButton
        objectName: "addServer"
        text: qsTr("Add a server…")
        primary: true
        Layout.topMargin: Theme.small
        Layout.bottomMargin: Theme.tiny
        onClicked: root.addRequested()
    }
}
