// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Turns one thing on or off.
T.Switch {
    id: root

    function flip() {
        root.toggle();
        root.toggled();
    }

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.body + 2 * Theme.small
    leftPadding: root.mirrored ? 0 : indicator.width + Theme.medium
    rightPadding: root.mirrored ? indicator.width + Theme.medium : 0
    font.pixelSize: Theme.body
    font.weight: Font.DemiBold
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.checkable: true
    Accessible.checked: root.checked
    Keys.onReturnPressed: root.flip()
    Keys.onEnterPressed: root.flip()

    indicator: Rectangle {
        x: root.mirrored ? root.width - width : 0
        anchors.verticalCenter: parent.verticalCenter
        width: 40 * Theme.textScale
        height: 22 * Theme.textScale
        radius: height / 2
        color: root.checked ? Theme.accent : Theme.sunken
        border.width: root.checked ? 0 : 2
        border.color: Theme.textMuted

        Rectangle {
            x: root.checked !== root.mirrored ? parent.width - width - Theme.tiny : Theme.tiny
            anchors.verticalCenter: parent.verticalCenter
            width: 14 * Theme.textScale
            height: width
            radius: width / 2
            color: root.checked ? Theme.accentText : Theme.textMuted
        }
    }
    contentItem: Text {
        text: root.text
        font: root.font
        color: Theme.text
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    FocusRing {
        visible: root.visualFocus
    }
}
