// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Text that can be marked and copied, and is never taken for markup.
TextEdit {
    id: root

    readOnly: true
    selectByMouse: true
    activeFocusOnPress: true
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    font.pixelSize: Theme.body
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
    Accessible.readOnly: true

    PassingKeys {
        past: root
    }
}
