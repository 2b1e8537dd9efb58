// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Tocsin

/// What stands where the list would: that there is nothing or that nothing is known, and for who
/// begins here, what to do next.
Flickable {
    id: root

    required property LiveFeed feed
    property bool firstStepsOffered: true
    property bool demonstrationOffered: false
    property bool connectOffered: false

    signal demonstrationRequested
    signal connectRequested

    clip: true
    contentWidth: root.width
    contentHeight: Math.max(root.height, content.implicitHeight + 2 * Theme.wide)
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {
        policy: root.contentHeight > root.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }

    Column {
        id: content
        anchors.centerIn: parent
        width: Math.min(root.width - 2 * Theme.wide, 1080 * Theme.textScale)
        spacing: Theme.vast

        EmptyState {
            objectName: "emptyState"
            calm: root.feed.calm
            calmSince: root.feed.calmSince
            reason: root.feed.trouble
            width: content.width
        }
        OnDemand {
            id: steps
            readonly property bool wanted: root.firstStepsOffered && root.feed.calm && !root.feed.everHadIncidents

            visible: steps.wanted
            width: content.width
            height: implicitHeight
            onWantedChanged: if (steps.wanted) steps.make()
            Component.onCompleted: if (steps.wanted) steps.make()
            component: FirstSteps {
                objectName: "firstSteps"
                width: content.width
                server: root.feed.server
                tokenFile: root.feed.tokenFile
                demonstrationOffered: root.demonstrationOffered
                connectOffered: root.connectOffered
                onDemonstrationRequested: root.demonstrationRequested()
                onConnectRequested: root.connectRequested()
            }
        }
        ActionButton {
            visible: root.firstStepsOffered && root.feed.calm && root.feed.everHadIncidents
                && root.demonstrationOffered
            text: qsTr("Play a demonstration")
            anchors.horizontalCenter: parent.horizontalCenter
            onClicked: root.demonstrationRequested()
        }
    }
}
