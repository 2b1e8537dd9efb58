// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// Which incidents are shown, and in which order: a field to type in, chips for what is asked for
/// most, one's own filters, and always how many are hidden.
ColumnLayout {
    id: root

    required property IncidentModel incidents
    property bool compact: false
    property bool narrow: false
    /// Where the person's own filters are kept; empty: in their settings.
    property alias savedFile: saved.file
    /// Those of another list, where several have one person's.
    property alias savedBeside: saved.beside
    property alias text: input.text
    readonly property alias input: input
    readonly property alias saved: saved

    /// The keyboard is to go to the list.
    signal finished
    /// The sheet of keys is wanted.
    signal keysRequested

    function focusField() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }

    spacing: Theme.small
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Filter")

    FilterInput {
        id: input
        incidents: root.incidents
    }
    SavedFilters {
        id: saved
        incidents: root.incidents
    }
    GridLayout {
        columns: root.compact ? 1 : 2
        columnSpacing: Theme.small
        rowSpacing: Theme.small
        Layout.fillWidth: true

        FilterField {
            id: field
            objectName: "filterField"
            input: input
            Layout.fillWidth: true
            onFinished: root.finished()
        }
        ListOptions {
            incidents: root.incidents
            stacked: root.narrow
            room: root.compact ? root.width : Infinity
            Layout.fillWidth: root.compact
            onKeysRequested: root.keysRequested()
        }
    }
    FilterError {
        objectName: "filterError"
        field: field
        input: input
        Layout.fillWidth: true
    }
    FilterChips {
        objectName: "filterChips"
        input: input
        saved: saved
        Layout.fillWidth: true
    }
    AlarmFault {
        objectName: "savedProblem"
        text: saved.problem
        Layout.fillWidth: true
    }
    HiddenNotice {
        objectName: "hiddenNotice"
        visible: input.active
        stacked: root.compact
        incidents: root.incidents
        Layout.fillWidth: true
        onClearRequested: input.clear()
    }
}
