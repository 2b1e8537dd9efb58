// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// How much of the truth a filter shows. Stands there as long as there is a filter, and louder where
/// something critical is hidden.
GridLayout {
    id: root

    required property IncidentModel incidents
    /// The button stands beneath the words.
    property bool stacked: false
    readonly property int hidden: root.incidents.hiddenCount
    readonly property int hiddenCritical: root.incidents.hiddenCriticalCount
    readonly property string text: root.hidden === 0
        ? qsTr("%L1 of %L2 shown; the filter hides none.").arg(root.incidents.shownCount).arg(root.incidents.count)
        : root.hiddenCritical > 0
        ? qsTr("%L1 of %L2 shown, %L3 hidden by the filter, of these %L4 critical.").arg(root.incidents.shownCount)
            .arg(root.incidents.count).arg(root.hidden).arg(root.hiddenCritical)
        : qsTr("%L1 of %L2 shown, %L3 hidden by the filter.").arg(root.incidents.shownCount)
            .arg(root.incidents.count).arg(root.hidden)

    signal clearRequested

    columns: root.stacked ? 2 : 3
    columnSpacing: Theme.small
    rowSpacing: Theme.tiny
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    SeverityMark {
        visible: root.hiddenCritical > 0
        severity: Incident.Critical
        Layout.preferredWidth: 20 * Theme.textScale
        Layout.preferredHeight: 20 * Theme.textScale
        Accessible.ignored: true
    }
    Text {
        objectName: "hiddenText"
        text: root.text
        color: root.hiddenCritical > 0 ? Theme.critical : Theme.textSecondary
        font.pixelSize: Theme.body
        font.weight: root.hiddenCritical > 0 ? Font.DemiBold : Font.Normal
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        Accessible.ignored: true
    }
    ActionButton {
        objectName: "showAll"
        text: qsTr("Show all")
        Layout.columnSpan: root.stacked ? 2 : 1
        onClicked: root.clearRequested()
    }
}
