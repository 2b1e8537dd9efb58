// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import Tocsin

/// Everything that the command palette of a dashboard offers: what has a key, what is otherwise done
/// by a click alone, and a person's own filters.
Item {
    id: root

    required property DashboardKeys keys
    required property FilterBar filterBar
    readonly property IncidentModel incidents: root.filterBar.incidents
    readonly property bool listed: root.visible && root.filterBar.visible
    readonly property list<string> orders: [qsTr("Sort by severity"), qsTr("Sort by newest"),
        qsTr("Sort by oldest"), qsTr("Sort by service")]
    readonly property list<string> groups: [qsTr("Group by nothing"), qsTr("Group by severity"),
        qsTr("Group by service"), qsTr("Group by source")]

    /// As it is now.
    function all(): var {
        let found = [];
        for (const list of [root.keys.actions, root.extra, root.keys.program.actions]) {
            for (let i = 0; i < list.length; ++i)
                found.push(list[i]);
        }
        for (const maker of [sorting, grouping, savedFilters]) {
            for (let i = 0; i < maker.count; ++i)
                found.push(maker.objectAt(i));
        }
        return found;
    }

    readonly property list<DashboardAction> extra: [
        DashboardAction {
            group: qsTr("Filter")
            text: qsTr("Show all incidents")
            inSight: root.listed
            enabled: root.filterBar.input.active
            onActivated: root.filterBar.input.clear()
        },
        DashboardAction {
            group: qsTr("Filter")
            text: root.filterBar.input.mineOnly ? qsTr("Show also what is not assigned to me")
                                                : qsTr("Show only what is assigned to me")
            inSight: root.listed
            onActivated: root.filterBar.input.toggleMine()
        },
        DashboardAction {
            group: qsTr("Filter")
            text: root.filterBar.input.unacknowledgedOnly ? qsTr("Show also what is acknowledged")
                                                          : qsTr("Show only what is not acknowledged")
            inSight: root.listed
            onActivated: root.filterBar.input.toggleUnacknowledged()
        }
    ]

    Instantiator {
        id: sorting
        model: root.orders

        DashboardAction {
            required property int index
            required property string modelData

            group: qsTr("List")
            text: modelData
            inSight: root.listed
            enabled: root.incidents.order !== index
            onActivated: root.incidents.order = index
        }
    }
    Instantiator {
        id: grouping
        model: root.groups

        DashboardAction {
            required property int index
            required property string modelData

            group: qsTr("List")
            text: modelData
            inSight: root.listed
            enabled: root.incidents.group !== index
            onActivated: root.incidents.group = index
        }
    }
    Instantiator {
        id: savedFilters
        model: root.filterBar.saved

        DashboardAction {
            required property string name
            required property string filter

            group: qsTr("Filter")
            text: qsTr("Filter by “%1”").arg(name)
            inSight: root.listed
            onActivated: root.filterBar.text = filter
        }
    }
}
