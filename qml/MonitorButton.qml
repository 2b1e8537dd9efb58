// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// How many monitors are down, and how many are up; a click, or the key M, shows each of them, and
/// the incidents again.
Pressable {
    id: root

    required property MonitorModel monitors
    /// It is how they are now.
    required property bool live
    /// Only the worst of it; and that without the word.
    property bool compact: false
    property bool minimal: false
    /// They are shown.
    property bool open: false

    text: root.minimal ? Words.number(root.monitors.worstCount)
        : root.compact ? qsTr("%1 %2").arg(Words.number(root.monitors.worstCount)).arg(Theme.monitorWord(root.monitors.worst))
        : root.monitors.summary
    implicitWidth: Theme.title + Theme.small + Math.ceil(metrics.advanceWidth) + 1 + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: Theme.small
    rightPadding: Theme.medium
    topPadding: Theme.tiny
    bottomPadding: Theme.tiny
    opacity: root.live ? 1 : 0.6
    Accessible.name: root.live ? qsTr("Monitors: %1").arg(root.monitors.summary)
                               : qsTr("Monitors when last known: %1").arg(root.monitors.summary)
    Accessible.description: root.open ? qsTr("Shows the incidents again. Key %1").arg("M")
                                      : qsTr("Shows each of them. Key %1").arg("M")

    // Not the content's own width, which follows the button's where there is no room for it.
    TextMetrics {
        id: metrics
        text: root.text
        font.pixelSize: Theme.body
        font.weight: Font.DemiBold
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    Tip {
        visible: root.hovered
        text: root.Accessible.name
        y: root.height + Theme.tiny
    }
    contentItem: Row {
        spacing: Theme.small

        MonitorMark {
            anchors.verticalCenter: parent.verticalCenter
            condition: root.monitors.worst
            implicitWidth: Theme.title
        }
        Text {
            objectName: "monitorSummary"
            anchors.verticalCenter: parent.verticalCenter
            width: root.availableWidth - Theme.title - Theme.small
            text: root.text
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.open ? Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.25))
            : root.hovered ? Theme.surface : "transparent"
        border.width: root.open ? 2 : Theme.line
        border.color: root.open ? Theme.accent : Theme.outline
    }
    FocusRing {
        visible: root.visualFocus
    }
}
