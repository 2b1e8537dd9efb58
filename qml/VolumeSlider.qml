// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// How loud, from 0 to 100 percent; arrows move it by five.
T.Slider {
    id: root

    from: 0
    to: 100
    stepSize: 5
    snapMode: T.Slider.SnapAlways
    implicitWidth: 200 * Theme.textScale
    implicitHeight: Theme.body + 2 * Theme.small
    padding: Theme.tiny
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Volume: %1 %").arg(root.value)

    background: Rectangle {
        x: root.leftPadding
        y: (root.height - height) / 2
        width: root.availableWidth
        height: 4 * Theme.textScale
        radius: height / 2
        color: Theme.outline

        Rectangle {
            anchors.left: parent.left
            width: parent.width * root.position
            height: parent.height
            radius: parent.radius
            color: Theme.accent
        }
    }
    handle: Rectangle {
        x: root.leftPadding + root.visualPosition * (root.availableWidth - width)
        y: (root.height - height) / 2
        width: 18 * Theme.textScale
        height: width
        radius: width / 2
        color: Theme.accent
        border.width: 2
        border.color: Theme.surface
    }
    FocusRing {
        visible: root.visualFocus
    }
}
