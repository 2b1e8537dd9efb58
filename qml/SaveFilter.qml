// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Keeps the filter under a name: a chip that becomes a field to type the name in.
Row {
    id: root

    property bool naming: false

    signal saveRequested(string name)

    function finish(name: string) {
        root.naming = false;
        nameField.clear();
        name.trim() === "" ? undefined : root.saveRequested(name);
    }

    onVisibleChanged: root.naming = false

    FilterChip {
        objectName: "saveFilterChip"
        visible: !root.naming
        text: qsTr("Save this filter…")
        Accessible.role: Accessible.Button
        onClicked: {
            root.naming = true;
            nameField.forceActiveFocus();
        }
    }
    T.TextField {
        id: nameField
        objectName: "saveFilterName"
        visible: root.naming
        width: 180 * Theme.textScale
        height: Theme.body + 2 * Theme.small
        leftPadding: Theme.medium
        rightPadding: Theme.medium
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: 40
        font.pixelSize: Theme.caption
        color: Theme.text
        selectByMouse: true
        placeholderText: qsTr("Name, then Enter")
        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Name of the filter")
        Keys.onReturnPressed: root.finish(nameField.text)
        Keys.onEnterPressed: root.finish(nameField.text)
        Keys.onEscapePressed: root.finish("")

        Text {
            anchors.verticalCenter: parent.verticalCenter
            x: nameField.leftPadding
            visible: nameField.text === "" && nameField.preeditText === ""
            text: nameField.placeholderText
            font: nameField.font
            color: Theme.textMuted
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: height / 2
            color: Theme.surface
            border.width: 2
            border.color: Theme.accent
        }
    }
}
