// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One thing to do, and what to copy for it.
Column {
    id: root

    required property string title
    required property string explanation
    required property string code
    required property string codeName

    spacing: Theme.small

    Text {
        width: root.width
        text: root.title
        color: Theme.text
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
        Accessible.name: root.title
    }
    CopyableCode {
        objectName: "code"
        width: root.width
        text: root.code
        explanation: root.explanation
        name: root.codeName
    }
}
