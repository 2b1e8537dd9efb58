// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A link with where it leads. One that may not be opened is shown, and says so.
Pressable {
    id: root

    required property string address
    /// Empty: it may not be opened.
    required property string destination
    property bool prominent: false

    enabled: root.destination !== ""
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: root.prominent ? Theme.medium : 0
    rightPadding: root.leftPadding
    topPadding: root.prominent ? Theme.small : Theme.tiny
    bottomPadding: root.topPadding
    Accessible.role: Accessible.Link
    Accessible.description: root.enabled ? qsTr("Opens %1").arg(root.destination)
                                         : qsTr("Not a link to a page; it is not opened: %1").arg(root.address)
    onClicked: LinkOpener.open(root.address)

    contentItem: RowLayout {
        spacing: Theme.small

        Text {
            text: root.text
            textFormat: Text.PlainText
            color: root.enabled ? Theme.accent : Theme.textSecondary
            font.pixelSize: Theme.body
            font.weight: root.prominent ? Font.DemiBold : Font.Normal
            font.underline: root.enabled && root.hovered
            elide: Text.ElideRight
            Layout.preferredWidth: Math.min(implicitWidth, root.availableWidth * 0.6)
            Layout.alignment: Qt.AlignBaseline
            Accessible.ignored: true
        }
        Text {
            objectName: "linkDestination"
            text: root.enabled ? root.destination : qsTr("not opened: %1").arg(root.address)
            textFormat: Text.PlainText
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            elide: Text.ElideMiddle
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignBaseline
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        visible: root.prominent
        radius: Theme.radius - 2
        color: Qt.alpha(Theme.accent, root.hovered ? 0.22 : 0.12)
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    FocusRing {
        visible: root.visualFocus
    }
}
