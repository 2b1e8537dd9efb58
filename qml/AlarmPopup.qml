// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// What calls a person who is not looking, and how. Escape, or a click beside it, leaves.
T.Popup {
    id: root

    required property Alarm alarm
    property bool trayOffered: false
    readonly property Item surroundings: T.Overlay.overlay
    readonly property real roomHeight: root.surroundings ? root.surroundings.height - 2 * Theme.large : 400

    objectName: "alarmPopup"
    parent: root.surroundings
    anchors.centerIn: root.surroundings
    width: Math.min(560 * Theme.textScale, root.surroundings ? root.surroundings.width - 2 * Theme.large : 560)
    contentHeight: Math.min(head.implicitHeight + Theme.medium + body.implicitHeight,
        root.roomHeight - topPadding - bottomPadding)
    implicitHeight: contentHeight + topPadding + bottomPadding
    margins: Theme.large
    padding: Theme.large
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: closeButton.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.curtain
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.medium

        RowLayout {
            id: head
            spacing: Theme.medium

            Text {
                text: qsTr("Sound and notifications")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            ActionButton {
                id: closeButton
                objectName: "alarmClose"
                text: qsTr("Close")
                Accessible.description: qsTr("Key %1").arg(Words.key("Esc"))
                onClicked: root.close()
            }
        }
        Flickable {
            id: flickable
            objectName: "alarmFlickable"
            implicitHeight: body.implicitHeight
            contentHeight: body.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            // Its scroll bar stands in the padding.
            Layout.rightMargin: Theme.small - Theme.large
            Layout.fillWidth: true
            Layout.fillHeight: true
            T.ScrollBar.vertical: ThinScrollBar {
                needed: flickable.contentHeight > flickable.height
            }

            ColumnLayout {
                id: body
                // The ring of what has the keyboard needs room on both sides.
                anchors.left: parent.left
                anchors.leftMargin: Theme.tiny
                width: flickable.width - Theme.tiny - Theme.medium
                spacing: Theme.wide

                AlarmFault {
                    objectName: "settingsFault"
                    text: root.alarm.settings.problem
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.tiny
                }
                AlarmSnooze {
                    alarm: root.alarm
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.tiny
                }
                AlarmSounds {
                    alarm: root.alarm
                    Layout.fillWidth: true
                }
                AlarmNotifications {
                    alarm: root.alarm
                    trayOffered: root.trayOffered
                    Layout.fillWidth: true
                }
                AlarmScope {
                    settings: root.alarm.settings
                    Layout.fillWidth: true
                    Layout.bottomMargin: Theme.tiny
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
