// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Above the first incident of a group.
Item {
    id: root

    /// As IncidentModel has it: `service:orders-db`, `source:`, `severity:0`.
    required property string section
    property real textSize: Theme.body
    readonly property string value: root.section.slice(root.section.indexOf(":") + 1)

    width: parent ? parent.width : 0
    implicitHeight: Theme.title + Theme.large + Theme.small
    Accessible.role: Accessible.Heading
    Accessible.name: words.text

    Text {
        id: words
        objectName: "sectionText"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.small
        width: root.width
        text: root.section.startsWith("severity:") ? Theme.severityWord(Number(root.value))
            : root.value !== "" ? root.value
            : root.section === "service:" ? qsTr("No service") : qsTr("No source")
        textFormat: Text.PlainText
        color: Theme.textSecondary
        font.pixelSize: root.textSize
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
