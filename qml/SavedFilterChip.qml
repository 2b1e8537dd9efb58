// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// One's own filter, with how many it finds; Delete, or its cross while it is chosen, forgets it.
FilterChip {
    id: root

    required property string name
    required property string filter
    required property int found

    signal removalRequested

    objectName: "saved-" + root.name
    text: root.name
    amount: root.found < 0 ? "" : Words.number(root.found)
    rightPadding: root.chosen ? forget.width + Theme.tiny : Theme.medium
    Accessible.description: root.filter
    Keys.onDeletePressed: root.removalRequested()

    ClearButton {
        id: forget
        objectName: "forget-" + root.name
        visible: root.chosen
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        implicitWidth: 26 * Theme.textScale
        text: qsTr("Forget the filter %1").arg(root.name)
        onClicked: root.removalRequested()
    }
}
