// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// All keys of the dashboard. Those that do something about incidents do it about those that are
/// picked, or else about the one that is open or chosen; where it cannot be done, the reason is
/// told. The sheet of keys is made from this list.
Item {
    id: root

    required property IncidentBrowser browser
    required property FilterBar filterBar
    required property StatusBar statusBar
    readonly property IncidentActions targets: root.browser.targets
    readonly property CommandNotices notices: root.browser.notices

    /// Somebody can be called; what calls them has a key then.
    property bool alarmOffered: false
    /// There are monitors to be shown; and while they are, nothing is done about the list beneath.
    property bool monitorsKnown: false
    property bool listShown: true
    readonly property bool listInSight: root.visible && root.listShown

    signal monitorsRequested
    signal sheetRequested
    signal paletteRequested
    signal alarmRequested

    /// What the program around the dashboard can do beside it.
    property ActionList program: ActionList {}

    readonly property list<KeyAction> actions: [
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Acknowledge")
            keys: ["A"]
            inSight: root.listInSight
            obstacle: root.targets.acknowledgeObstacle
            onActivated: root.targets.acknowledge()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Take the acknowledgement back")
            keys: ["U"]
            inSight: root.listInSight
            obstacle: root.targets.unacknowledgeObstacle
            onActivated: root.targets.unacknowledge()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Undo acknowledging")
            keys: ["Ctrl+Z"]
            inSight: root.listInSight
            enabled: root.notices.acknowledged !== ""
            onActivated: root.notices.undo()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Resolve")
            keys: ["R"]
            inSight: root.listInSight
            obstacle: root.targets.resolveObstacle
            onActivated: root.browser.resolve()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Assign to me")
            keys: ["I"]
            inSight: root.listInSight
            obstacle: root.targets.assignToMeObstacle
            onActivated: root.targets.assignToMe()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Comment")
            keys: ["C"]
            inSight: root.listInSight
            obstacle: root.targets.commentObstacle
            onActivated: root.browser.comment()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Copy its link")
            keys: ["L"]
            inSight: root.listInSight
            enabled: root.browser.paneShown
            onActivated: root.browser.copyLink()
        },
        KeyAction {
            group: qsTr("Incident")
            text: qsTr("Send the comment")
            keys: ["Ctrl+Enter"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Choose the one before or after")
            keys: ["Up", "Down"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("A page up or down")
            keys: ["PgUp", "PgDown"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("The first, the last")
            keys: ["Home", "End"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Open it")
            keys: ["Enter"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Select it, or not any more")
            keys: ["X"]
            inSight: root.listInSight
            onActivated: root.browser.pick()
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Select from here to there")
            keys: ["Shift+Up", "Shift+Down"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Select all that are shown")
            keys: ["Ctrl+A"]
            local: true
        },
        KeyAction {
            group: qsTr("List")
            text: qsTr("Leave a question, the selection, the incident")
            keys: ["Esc"]
            local: true
        },
        KeyAction {
            group: qsTr("Filter")
            text: qsTr("Write a filter")
            keys: ["/", "Ctrl+F"]
            inSight: root.listInSight
            enabled: root.filterBar.visible
            onActivated: root.filterBar.focusField()
        },
        KeyAction {
            group: qsTr("Filter")
            text: qsTr("Offer what can be written")
            keys: ["Ctrl+Space"]
            local: true
        },
        KeyAction {
            group: qsTr("Filter")
            text: qsTr("Take what is offered")
            keys: ["Enter", "Tab"]
            local: true
        },
        KeyAction {
            group: qsTr("Filter")
            text: qsTr("Forget a saved filter")
            keys: ["Del"]
            local: true
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Explain what may be missing")
            keys: ["E"]
            inSight: root.visible
            enabled: root.statusBar.inDoubt
            onActivated: root.statusBar.explain()
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Show the monitors, or the incidents again")
            keys: ["M"]
            inSight: root.visible
            enabled: root.monitorsKnown
            onActivated: root.monitorsRequested()
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Show who else is watching")
            keys: ["W"]
            inSight: root.visible
            enabled: root.statusBar.inCompany
            onActivated: root.statusBar.showCompany()
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Set sound and notifications")
            keys: ["S"]
            inSight: root.visible && root.alarmOffered
            onActivated: root.alarmRequested()
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Find what to do by its name")
            keys: ["Ctrl+K"]
            inSight: root.visible
            onActivated: root.paletteRequested()
        },
        KeyAction {
            group: qsTr("Help")
            text: qsTr("Show these keys")
            keys: ["?", "F1"]
            inSight: root.visible
            onActivated: root.sheetRequested()
        }
    ]
}
