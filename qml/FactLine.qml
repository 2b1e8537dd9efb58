// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A name and what it is, side by side; not there where it is nothing.
RowLayout {
    id: root

    required property string name
    required property string value
    /// To be read out in place of `value`.
    property string spoken: root.value

    objectName: "factLine"
    visible: root.value !== ""
    spacing: Theme.medium
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.spoken)

    Text {
        text: root.name
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        elide: Text.ElideRight
        Layout.preferredWidth: 120 * Theme.textScale
        Layout.alignment: Qt.AlignTop
        Accessible.ignored: true
    }
    SelectableText {
        text: root.value
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
