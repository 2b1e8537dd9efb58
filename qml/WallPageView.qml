// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// A page of a wall, made when it is first shown. Until then it only knows which incidents it would
/// show.
Item {
    id: root

    required property WallPage page
    required property real unit
    required property LiveFeed feed
    required property bool shown
    required property int screen
    readonly property int screens: (content.object as WallList)?.screens ?? 1
    readonly property int beyond: (content.object as WallList)?.beyond ?? 0
    readonly property string filterError: selected.filterError

    /// On which of its screens an incident is; -1 for none.
    function screenOf(uuid: string): int {
        if (root.page.view !== WallPage.Incidents || !selected.shows(uuid))
            return -1;
        content.make();
        return (content.object as WallList).screenOf(selected.incidents.rowOf(uuid));
    }

    onShownChanged: if (root.shown) content.make()
    Component.onCompleted: if (root.shown) content.make()
    visible: opacity > 0
    opacity: root.shown ? 1 : 0
    Behavior on opacity {
        enabled: Theme.motion
        NumberAnimation { duration: Theme.motionDuration }
    }

    FilteredIncidents {
        id: selected
        // A page without a list has none to keep.
        feed: root.page.view === WallPage.Incidents ? root.feed : null
        filter: root.page.filter
        order: root.page.order
        group: root.page.group
    }
    OnDemand {
        id: content
        anchors.fill: parent
        component: root.page.view === WallPage.Monitors ? monitors
            : root.page.view === WallPage.Activity ? activity : list
    }
    Component {
        id: list

        WallList {
            anchors.fill: parent
            unit: root.unit
            feed: root.feed
            incidents: selected.incidents
            live: selected.live
            screen: root.screen
        }
    }
    Component {
        id: monitors

        WallMonitors {
            anchors.fill: parent
            unit: root.unit
            feed: root.feed
        }
    }
    Component {
        id: activity

        WallActivity {
            anchors.fill: parent
            unit: root.unit
            feed: root.feed
        }
    }
}
