// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// The chips under a filter: severities, what is to be done, and one's own filters. In one line that
/// can be pushed aside where it is too long.
Flickable {
    id: root

    required property FilterInput input
    required property SavedFilters saved
    readonly property bool savable: root.input.active && root.input.errorText === ""
        && root.saved.rowOf(root.input.text) < 0 + 0 * root.saved.count

    /// Where the line begins: at the right in a mirrored window.
    readonly property real beginning: root.LayoutMirroring.enabled ? root.contentWidth - root.width : 0

    implicitHeight: chips.implicitHeight
    contentWidth: Math.max(chips.width, root.width)
    onBeginningChanged: root.contentX = root.beginning
    contentHeight: chips.implicitHeight
    flickableDirection: Flickable.HorizontalFlick
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Quick filters")

    /// A chip that the keyboard goes to comes into view.
    function reveal(item: Item) {
        root.contentX = Math.max(0, Math.min(item.x, Math.max(root.contentX, item.x + item.width - root.width)));
    }

    Row {
        id: chips
        anchors.left: parent.left
        spacing: Theme.small

        Repeater {
            model: ["critical", "warning", "unknown", "info"]

            FilterChip {
                id: severityChip

                required property int index
                required property string modelData

                objectName: "chip-" + severityChip.modelData
                severity: severityChip.index
                text: Theme.severityWord(severityChip.index)
                chosen: (root.input.severityBits & (1 << severityChip.index)) !== 0
                onClicked: root.input.toggleSeverity(severityChip.modelData)
                onActiveFocusChanged: root.reveal(severityChip)
            }
        }
        FilterChip {
            id: unacknowledgedChip
            objectName: "chip-unacknowledged"
            text: qsTr("Unacknowledged")
            chosen: root.input.unacknowledgedOnly
            onClicked: root.input.toggleUnacknowledged()
            onActiveFocusChanged: root.reveal(unacknowledgedChip)
        }
        FilterChip {
            id: mineChip
            objectName: "chip-mine"
            // Without a name there is nothing that could be anybody's.
            visible: root.input.incidents?.me !== ""
            text: qsTr("Mine")
            chosen: root.input.mineOnly
            onClicked: root.input.toggleMine()
            onActiveFocusChanged: root.reveal(mineChip)
        }
        Repeater {
            model: root.saved

            SavedFilterChip {
                id: savedChip

                required property int index

                chosen: root.input.active && root.saved.rowOf(root.input.text) === savedChip.index
                onClicked: root.input.text = savedChip.chosen ? "" : savedChip.filter
                onRemovalRequested: root.saved.remove(savedChip.index)
                onActiveFocusChanged: root.reveal(savedChip)
            }
        }
        SaveFilter {
            id: saveFilter
            objectName: "saveFilter"
            visible: root.savable
            onSaveRequested: name => root.saved.save(name, root.input.text)
        }
    }
}
