// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// A page that lies over the window until it is left: with Escape, its button, or a click beside
/// it. What does not fit is scrolled.
T.Popup {
    id: root

    required property string title
    property real wish: 560
    default property alias content: form.data
    /// Of all that there is to scroll through.
    readonly property alias formHeight: scroller.contentHeight
    readonly property Item surroundings: T.Overlay.overlay
    readonly property real margin: root.surroundings && root.surroundings.width < Theme.compactWidth
        ? Theme.small : Theme.large
    readonly property real roomWidth: (root.surroundings?.width ?? root.wish) - 2 * root.margin
    readonly property real roomHeight: (root.surroundings?.height ?? 400) - 2 * root.margin

    parent: root.surroundings
    anchors.centerIn: root.surroundings
    width: Math.min(root.wish * Theme.textScale, root.roomWidth)
    height: Math.min(heading.implicitHeight + form.implicitHeight + topPadding + bottomPadding + Theme.medium, root.roomHeight)
    padding: root.margin === Theme.small ? Theme.large : Theme.wide
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    /// Scrolls to it; what the keyboard goes to comes into view by itself.
    function reveal(item: Item) {
        if (!item)
            return;
        const top = form.mapFromItem(item, 0, 0).y;
        scroller.contentY = Math.max(0, Math.min(scroller.contentHeight - scroller.height, top - Theme.small,
            Math.max(scroller.contentY, top + item.height + Theme.small - scroller.height)));
    }

    T.Overlay.modal: Rectangle {
        color: Theme.curtain
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.medium

        RowLayout {
            id: heading
            Layout.leftMargin: Theme.tiny
            spacing: Theme.medium

            Text {
                objectName: "sheetTitle"
                text: root.title
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            ClearButton {
                objectName: "sheetClose"
                text: qsTr("Close")
                Accessible.description: qsTr("Key %1").arg(Words.key("Esc"))
                onClicked: root.close()
            }
        }
        Flickable {
            id: scroller
            clip: true
            contentWidth: width
            contentHeight: form.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            onHeightChanged: root.reveal(page.focused)
            Layout.fillWidth: true
            Layout.fillHeight: true
            T.ScrollBar.vertical: ThinScrollBar {
                needed: scroller.contentHeight > scroller.height + 1
            }

            FocusScope {
                id: page

                readonly property Item focused: page.activeFocus ? page.Window.activeFocusItem : null

                // A focus ring reaches a little beyond what it is around, and is not to be cut.
                anchors.left: parent.left
                anchors.leftMargin: Theme.tiny
                width: scroller.width - 2 * Theme.tiny
                    - (scroller.contentHeight > scroller.height + 1 ? Theme.small : 0)
                implicitHeight: form.implicitHeight
                focus: true
                onFocusedChanged: root.reveal(page.focused)

                ColumnLayout {
                    id: form
                    objectName: "sheetForm"
                    width: parent.width
                    spacing: Theme.medium
                }
            }
        }
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline

        // A click beside the fields is none on what lies beneath.
        MouseArea {
            anchors.fill: parent
        }
    }
}
