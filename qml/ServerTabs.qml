// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// All servers of the window, each with how it is. They wrap: where there is room for all, none is
/// out of sight.
Flow {
    id: root

    required property ServerDeck deck
    /// Of the server that is shown.
    property ServerTab currentTab: null

    spacing: Theme.small
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Servers")

    Repeater {
        model: root.deck

        ServerTab {
            id: tab
            objectName: "serverTab"
            width: Math.min(implicitWidth, root.width)
            onCurrentChanged: if (tab.current) root.currentTab = tab
            Component.onCompleted: if (tab.current) root.currentTab = tab
            onClicked: root.deck.current = tab.key
        }
    }
}
