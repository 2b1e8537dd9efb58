// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// Labels or annotations: each can be marked, and copied whole.
Column {
    id: root

    required property string heading
    /// `{name, value}` each.
    required property var values

    visible: root.values.length > 0
    spacing: Theme.small

    SectionTitle {
        anchors.left: parent.left
        text: root.heading
    }
    Repeater {
        model: root.values

        RowLayout {
            id: row

            required property var modelData

            objectName: "namedValue"
            width: root.width
            spacing: Theme.medium

            SelectableText {
                text: row.modelData.name
                color: Theme.textSecondary
                Layout.preferredWidth: 120 * Theme.textScale
                Layout.alignment: Qt.AlignTop
            }
            SelectableText {
                objectName: "namedValueText"
                text: row.modelData.value
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Accessible.name: qsTr("%1: %2").arg(row.modelData.name).arg(row.modelData.value)
            }
            CopyButton {
                objectName: "copyValue"
                content: row.modelData.value
                name: row.modelData.name
                Layout.alignment: Qt.AlignTop
            }
        }
    }
}
