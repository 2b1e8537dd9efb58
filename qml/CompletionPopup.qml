// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// What could stand at the cursor of a FilterField; the keyboard stays in the field.
T.Popup {
    id: root

    required property FilterInput input
    property real widest: 320

    signal chosen(int index)

    objectName: "completionPopup"
    width: Math.min(root.widest, 320 * Theme.textScale)
    height: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.tiny
    focus: false
    closePolicy: T.Popup.NoAutoClose

    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline
    }
    contentItem: ListView {
        objectName: "completionList"
        implicitHeight: contentHeight
        model: root.input.completions
        currentIndex: root.input.currentCompletion
        interactive: false
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Completions")

        delegate: CompletionOffer {
            onTaken: index => root.chosen(index)
        }
    }
}
