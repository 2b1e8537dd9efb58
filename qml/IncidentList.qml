// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Tocsin

/// The active incidents, as their model orders them: most severe first, then newest.
ListView {
    id: root

    required property IncidentModel incidents

    readonly property bool compact: root.width < Theme.compactWidth
    /// The same for every row, so that the view knows where each is without having made it.
    readonly property real rowHeight: titleMetrics.height * (root.compact ? 2 : 1) + Theme.tiny
        + factsMetrics.height + 2 * Theme.medium

    model: root.incidents
    // None until the keyboard goes there.
    currentIndex: -1
    clip: true
    spacing: Theme.small
    leftMargin: root.compact ? Theme.medium : Theme.wide
    rightMargin: root.leftMargin
    topMargin: Theme.tiny
    bottomMargin: Theme.large
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    keyNavigationEnabled: true
    // Moved only by the person: a row that comes in above must not carry the page away.
    highlightFollowsCurrentItem: root.activeFocus
    highlightMoveDuration: 0
    reuseItems: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Active incidents")

    Keys.onPressed: event => event.accepted = event.key === Qt.Key_Home ? (root.currentIndex = 0, true)
        : event.key === Qt.Key_End ? (root.currentIndex = root.count - 1, true)
        : false

    FontMetrics {
        id: titleMetrics
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
    }
    FontMetrics {
        id: factsMetrics
        font.pixelSize: Theme.body
    }

    delegate: IncidentRow {
        width: root.width - root.leftMargin - root.rightMargin
        height: root.rowHeight
        current: ListView.isCurrentItem && ListView.view.activeFocus
        // A row that faded out when its incident was resolved may be given to another one.
        ListView.onReused: opacity = 1
    }

    add: Transition {
        enabled: Theme.motion
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motionDuration }
    }
    remove: Transition {
        enabled: Theme.motion
        NumberAnimation { property: "opacity"; to: 0; duration: Theme.motionDuration }
    }
    displaced: Transition {
        enabled: Theme.motion
        NumberAnimation { property: "y"; duration: Theme.motionDuration; easing.type: Easing.OutCubic }
        // Where it was still fading in when it had to make room.
        NumberAnimation { property: "opacity"; to: 1; duration: Theme.motionDuration }
    }

    ScrollBar.vertical: ScrollBar {
        policy: root.contentHeight > root.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        Accessible.ignored: true
        contentItem: Rectangle {
            implicitWidth: 8
            radius: 4
            color: Theme.textMuted
            opacity: 0.6
        }
    }
}
