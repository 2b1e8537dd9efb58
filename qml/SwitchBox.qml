// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// On or off.
T.Switch {
    id: root

    implicitWidth: 48 * Theme.textScale
    implicitHeight: 28 * Theme.textScale
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.checkable: true
    Accessible.checked: root.checked
    Keys.onReturnPressed: root.toggle()
    Keys.onEnterPressed: root.toggle()

    indicator: Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: root.checked ? Theme.accent : "transparent"
        border.width: root.checked ? 0 : 2
        border.color: Theme.textMuted

        Rectangle {
            x: root.checked !== root.mirrored ? parent.width - width - Theme.tiny : Theme.tiny
            anchors.verticalCenter: parent.verticalCenter
            width: parent.height - 2 * Theme.tiny
            height: width
            radius: width / 2
            color: root.checked ? Theme.accentText : Theme.textMuted
        }
    }
    FocusRing {
        visible: root.visualFocus
    }
}
