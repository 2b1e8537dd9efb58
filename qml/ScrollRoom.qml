// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// What it holds has the height that it needs, and is scrolled where there is less room; what gets
/// the keyboard in it comes into view.
FocusScope {
    id: root

    default property alias content: holder.data
    /// How high it would be.
    required property real contentHeight
    readonly property bool scrolls: root.contentHeight > root.height + 0.5
    readonly property Item focused: root.activeFocus ? root.Window.activeFocusItem : null
    property alias contentY: view.contentY

    function reveal(top: real, height: real) {
        view.contentY = Math.max(0, Math.min(top, Math.max(view.contentY, top + height - view.height)));
    }

    implicitHeight: root.contentHeight
    onFocusedChanged: root.scrolls && root.focused !== null
        ? root.reveal(root.focused.mapToItem(holder, 0, 0).y, root.focused.height) : undefined

    Flickable {
        id: view
        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(root.contentHeight, height)
        boundsBehavior: Flickable.StopAtBounds
        interactive: root.scrolls
        clip: root.scrolls
        T.ScrollBar.vertical: ThinScrollBar {
            needed: root.scrolls
        }

        Item {
            id: holder
            width: view.width
            height: view.contentHeight
        }
    }
}
