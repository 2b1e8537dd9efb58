// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Every key and what it does, over all else. Esc closes it, and the keyboard is where it was.
T.Popup {
    id: root

    required property DashboardKeys keys
    /// What had the keyboard before.
    property Item before

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: parent ? Math.min(560 * Theme.textScale, parent.width - 2 * Theme.large) : 560
    height: parent ? Math.min(lines.implicitHeight + head.height + topPadding + bottomPadding,
                              parent.height - 2 * Theme.large) : 480
    padding: root.width < Theme.narrowWidth ? Theme.medium : Theme.wide
    topPadding: Theme.large
    bottomPadding: Theme.large
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: root.before = root.parent.Window.activeFocusItem
    onClosed: root.before?.forceActiveFocus(Qt.PopupFocusReason)
    onOpened: {
        page.contentY = 0;
        page.forceActiveFocus(Qt.PopupFocusReason);
    }

    T.Overlay.modal: Rectangle {
        color: Theme.curtain
    }
    FocusScope {
        anchors.fill: parent
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Keys")

        Item {
            id: head
            width: parent.width
            height: Math.max(heading.implicitHeight, closeButton.height)

            Text {
                id: heading
                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Keys")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            ClearButton {
                id: closeButton
                objectName: "keySheetClose"
                anchors.right: parent.right
                text: qsTr("Close")
                onClicked: root.close()
            }
        }
        Flickable {
            id: page
            objectName: "keySheetPage"
            anchors.top: head.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            contentHeight: lines.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            focus: true
            Keys.onUpPressed: bar.decrease()
            Keys.onDownPressed: bar.increase()

            T.ScrollBar.vertical: ThinScrollBar {
                id: bar
                needed: page.contentHeight > page.height
            }

            Column {
                id: lines
                anchors.left: parent.left
                width: page.width - Theme.medium
                spacing: Theme.small

                Repeater {
                    // While it is to be seen: of several dashboards, each has its sheet.
                    model: root.visible ? root.keys.actions : []

                    KeyLine {
                        required property int index
                        required property KeyAction modelData

                        objectName: "keyLine"
                        width: lines.width
                        action: modelData
                        first: index === 0 || root.keys.actions[index - 1].group !== modelData.group
                    }
                }
                Repeater {
                    model: root.visible ? root.keys.program.actions : []

                    KeyLine {
                        required property int index
                        required property KeyAction modelData

                        objectName: "programKeyLine"
                        width: lines.width
                        action: modelData
                        first: index === 0
                    }
                }
            }
        }
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline
    }
}
