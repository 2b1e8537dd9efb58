// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// One of a few, by name.
T.ComboBox {
    id: root

    required property string caption
    required property var choices
    required property int chosen

    model: root.choices
    currentIndex: root.chosen
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.body + 2 * Theme.medium
    leftPadding: root.mirrored ? Theme.wide + Theme.small : Theme.medium
    rightPadding: root.mirrored ? Theme.medium : Theme.wide + Theme.small
    font.pixelSize: Theme.body
    Accessible.role: Accessible.ComboBox
    Accessible.onPressAction: if (root.enabled) root.popup.open()
    Accessible.name: qsTr("%1: %2").arg(root.caption).arg(root.displayText)

    contentItem: Text {
        text: qsTr("%1: %2").arg(root.caption).arg(root.displayText)
        color: Theme.enabledColor(Theme.text, root.enabled)
        font: root.font
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    indicator: Item {
        x: root.mirrored ? Theme.small : root.width - width - Theme.small
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.large
        height: Theme.large

        // An arrow that points down, in a mirrored window too: two strokes that meet.
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true

        Rectangle {
            anchors.centerIn: parent
            anchors.horizontalCenterOffset: -3 * Theme.textScale
            width: 9 * Theme.textScale
            height: 2 * Theme.textScale
            rotation: 45
            antialiasing: true
            color: Theme.textSecondary
        }
        Rectangle {
            anchors.centerIn: parent
            anchors.horizontalCenterOffset: 3 * Theme.textScale
            width: 9 * Theme.textScale
            height: 2 * Theme.textScale
            rotation: -45
            antialiasing: true
            color: Theme.textSecondary
        }
    }
    background: Rectangle {
        color: root.hovered ? Theme.surface : "transparent"
        radius: Theme.radius
        border.width: root.activeFocus ? Theme.strongLine : Theme.line
        border.color: root.activeFocus ? Theme.accent : Theme.outline
    }
    delegate: ChoiceOffer {}
    popup: T.Popup {
        y: root.height + Theme.tiny
        width: root.width
        height: implicitContentHeight + 2 * padding
        padding: Theme.tiny
        closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

        contentItem: ListView {
            implicitHeight: contentHeight
            model: root.delegateModel
            currentIndex: root.highlightedIndex
            interactive: false
        }
        background: Rectangle {
            color: Theme.surface
            radius: Theme.radius
            border.width: Theme.line
            border.color: Theme.outline
        }
    }
}
