// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A button for something that cannot always be done: then it is disabled and says why, to who
/// points at it and to who hears it.
Item {
    id: root

    required property string text
    /// The key that does the same.
    property string key
    /// Why it cannot be done, as a sentence; empty where it can.
    required property string obstacle
    property bool primary: false
    property real sidePadding: Theme.large

    signal clicked

    implicitWidth: button.implicitWidth
    implicitHeight: button.implicitHeight

    ActionButton {
        id: button
        objectName: root.objectName + "Button"
        anchors.fill: parent
        text: root.text
        primary: root.primary
        leftPadding: root.sidePadding
        rightPadding: root.sidePadding
        enabled: root.obstacle === ""
        Accessible.description: root.obstacle !== "" ? root.obstacle
            : root.key !== "" ? qsTr("Key %1").arg(root.key) : ""
        onClicked: root.clicked()
    }
    // On what stays enabled: a disabled item is not hovered.
    HoverHandler {
        id: pointer
    }
    Tip {
        objectName: root.objectName + "Tip"
        visible: pointer.hovered && text !== ""
        text: button.Accessible.description
    }
}
