// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Who else has the same rooms open. Escape, or a click beside it, leaves.
T.Popup {
    id: root

    required property PresenceModel presence
    /// Only then is it known.
    required property bool live
    readonly property Item surroundings: T.Overlay.overlay
    readonly property real roomHeight: root.surroundings ? root.surroundings.height - 2 * Theme.large : 400

    objectName: "presencePopup"
    parent: root.surroundings
    anchors.centerIn: root.surroundings
    width: Math.min(420 * Theme.textScale, root.surroundings ? root.surroundings.width - 2 * Theme.large : 420)
    contentHeight: Math.min(form.implicitHeight, root.roomHeight - topPadding - bottomPadding)
    implicitHeight: contentHeight + topPadding + bottomPadding
    margins: Theme.large
    padding: Theme.large
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: {
        // Qt 6.8 chooses none in a list that was not seen yet.
        list.currentIndex = 0;
        list.forceActiveFocus(Qt.PopupFocusReason);
    }

    T.Overlay.modal: Rectangle {
        color: Qt.alpha("#000000", 0.5)
    }

    ColumnLayout {
        id: form
        width: root.availableWidth
        height: root.availableHeight
        spacing: Theme.medium

        GridLayout {
            columns: form.width < Theme.narrowWidth ? 1 : 2
            columnSpacing: Theme.medium
            rowSpacing: Theme.small

            Text {
                objectName: "presenceTitle"
                text: !root.live ? qsTr("Not live: who else is watching is not known")
                    : root.presence.count > 0 ? qsTr("Also watching") : qsTr("Nobody else is watching")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            ActionButton {
                objectName: "presenceClose"
                text: qsTr("Close")
                Accessible.description: qsTr("Key %1").arg(Words.key("Esc"))
                onClicked: root.close()
            }
        }
        ListView {
            id: list
            objectName: "presenceList"
            visible: root.live && list.count > 0
            implicitHeight: list.contentHeight
            clip: true
            spacing: Theme.small
            boundsBehavior: Flickable.StopAtBounds
            model: root.presence
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Also watching")
            T.ScrollBar.vertical: ThinScrollBar {
                needed: list.contentHeight > list.height
            }
            delegate: PersonLine {
                width: ListView.view.width
                current: ListView.isCurrentItem && ListView.view.activeFocus
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
