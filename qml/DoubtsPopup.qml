// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Explains why the list may lack something although it is live. Escape, or a click beside it,
/// leaves.
T.Popup {
    id: root

    required property DoubtModel doubts
    readonly property Item surroundings: T.Overlay.overlay
    readonly property real roomHeight: root.surroundings ? root.surroundings.height - 2 * Theme.large : 400

    objectName: "doubtsPopup"
    parent: root.surroundings
    anchors.centerIn: root.surroundings
    width: Math.min(640 * Theme.textScale, root.surroundings ? root.surroundings.width - 2 * Theme.large : 640)
    contentHeight: Math.min(form.implicitHeight, root.roomHeight - topPadding - bottomPadding)
    implicitHeight: contentHeight + topPadding + bottomPadding
    margins: Theme.large
    padding: Theme.large
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: list.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.curtain
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
                objectName: "doubtsTitle"
                text: root.doubts.count > 0 ? qsTr("What may be missing") : qsTr("Nothing is in doubt any more")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            ActionButton {
                objectName: "doubtsClose"
                text: qsTr("Close")
                Accessible.description: qsTr("Key %1").arg(Words.key("Esc"))
                onClicked: root.close()
            }
        }
        ListView {
            id: list
            objectName: "doubtList"
            visible: list.count > 0
            implicitHeight: list.contentHeight
            clip: true
            spacing: Theme.small
            boundsBehavior: Flickable.StopAtBounds
            model: root.doubts
            Layout.fillWidth: true
            Layout.fillHeight: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("What may be missing")
            T.ScrollBar.vertical: ThinScrollBar {
                needed: list.contentHeight > list.height
            }
            delegate: DoubtLine {
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
