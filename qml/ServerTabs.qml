// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// All servers of the window, each with how it is. They wrap rather than scroll: none is out of
/// sight.
Flow {
    id: root

    required property ServerDeck deck

    spacing: Theme.small
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Servers")

    Repeater {
        model: root.deck

        ServerTab {
            id: tab
            objectName: "serverTab"
            width: Math.min(implicitWidth, root.width)
            onClicked: root.deck.current = tab.key
        }
    }
}
