// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What is wrong with a filter, under the word that is wrong.
Item {
    id: root

    required property FilterField field
    required property FilterInput input

    visible: root.field.wrong
    implicitHeight: message.implicitHeight

    Text {
        id: message
        objectName: "filterErrorText"
        x: Math.max(0, Math.min(root.width - message.width,
            root.field.placeOf(root.input.errorPosition, root.field.text, root.field.cursorRectangle)))
        width: Math.min(message.implicitWidth, root.width)
        text: root.input.errorText
        textFormat: Text.PlainText
        color: Theme.critical
        font.pixelSize: Theme.caption
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
        Accessible.name: qsTr("Filter: %1").arg(message.text)
    }
}
