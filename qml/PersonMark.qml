// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A person, by the initials.
Rectangle {
    id: root

    required property string initials

    implicitWidth: Theme.body * 1.8
    implicitHeight: implicitWidth
    radius: width / 2
    color: Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.18))
    border.width: Theme.line
    border.color: Theme.accent
    Accessible.ignored: true

    Text {
        anchors.fill: parent
        anchors.margins: Theme.line
        text: root.initials
        textFormat: Text.PlainText
        color: Theme.text
        font.pixelSize: root.height * 0.4
        font.weight: Font.DemiBold
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
