// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// Who else is watching, in short: their initials and how many they are; in a narrow window only
/// the number. A click, or the key W, tells their names.
Pressable {
    id: root

    required property PresenceModel presence
    property bool compact: false

    text: root.presence.summary
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: Theme.small
    rightPadding: Theme.small
    topPadding: Theme.tiny / 2
    bottomPadding: Theme.tiny / 2
    Accessible.description: qsTr("Key %1").arg("W")

    Tip {
        visible: root.hovered && root.compact
        text: root.text
        x: root.width - width
        y: -height - Theme.tiny
    }

    contentItem: Row {
        spacing: Theme.small

        Row {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.compact
            spacing: -Theme.tiny

            Repeater {
                model: root.presence.leadingInitials

                PersonMark {
                    required property string modelData

                    initials: modelData
                }
            }
        }
        Text {
            objectName: "presenceText"
            anchors.verticalCenter: parent.verticalCenter
            text: root.compact ? "+" + root.presence.count : root.text
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            font.weight: root.compact ? Font.DemiBold : Font.Normal
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.sunken : root.hovered ? Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.12))
                                                       : "transparent"
        border.width: root.compact ? Theme.line : 0
        border.color: Theme.outline
    }
    FocusRing {
        visible: root.visualFocus
        anchors.margins: 0
        radius: Theme.radius
    }
}
