// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// The keys that do something about the incidents that are picked, or else about the one that is
/// open or chosen. Where it cannot be done, the reason is told. Keys of a list out of sight are none.
Item {
    id: root

    required property IncidentBrowser browser
    readonly property IncidentActions actions: root.browser.targets
    readonly property CommandNotices notices: root.browser.notices

    Shortcut {
        sequence: "A"
        enabled: root.visible
        onActivated: root.actions.acknowledge()
    }
    Shortcut {
        sequence: "U"
        enabled: root.visible
        onActivated: root.actions.unacknowledge()
    }
    Shortcut {
        sequence: "R"
        enabled: root.visible
        onActivated: root.browser.resolve()
    }
    Shortcut {
        sequence: "C"
        enabled: root.visible
        onActivated: root.browser.comment()
    }
    Shortcut {
        sequence: "I"
        enabled: root.visible
        onActivated: root.actions.assignToMe()
    }
    Shortcut {
        sequence: "X"
        enabled: root.visible
        onActivated: root.browser.pick()
    }
    Shortcut {
        sequence: "Ctrl+Z"
        enabled: root.visible && root.notices.acknowledged !== ""
        onActivated: root.notices.undo()
    }
}
