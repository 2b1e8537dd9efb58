// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Tocsin

/// What stands where the list would: that there is nothing or that nothing is known, and for who
/// begins here, what to do next.
Flickable {
    id: root

    required property LiveFeed feed
    /// Why the list may not be all that somebody wants to see, as a sentence: it is not calm then.
    property string doubt
    property bool firstStepsOffered: true
    property bool demonstrationOffered: false
    property bool connectOffered: false

    signal demonstrationRequested
    signal connectRequested

    clip: true
    contentWidth: root.width
    contentHeight: Math.max(root.height, content.implicitHeight + 2 * Theme.wide)
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: ThinScrollBar {
        needed: root.contentHeight > root.height
    }

    Column {
        id: content
        anchors.centerIn: parent
        width: Math.min(root.width - 2 * Theme.wide, 1080 * Theme.textScale)
        spacing: Theme.vast

        EmptyState {
            objectName: "emptyState"
            calm: root.feed.calm && root.doubt === ""
            calmSince: root.feed.calmSince
            heardSince: root.feed.heardSince
            reason: root.feed.trouble || root.doubt
            width: content.width
        }
        OnDemand {
            id: steps
            wanted: root.firstStepsOffered && root.feed.calm && !root.feed.everHadIncidents
            visible: steps.wanted
            width: content.width
            height: implicitHeight
            source: Qt.resolvedUrl("FirstSteps.qml")
            properties: ({
                objectName: "firstSteps",
                width: Qt.binding(() => content.width),
                server: Qt.binding(() => root.feed.server),
                tokenFile: Qt.binding(() => root.feed.tokenFile),
                role: Qt.binding(() => root.feed.commands.role),
                demonstrationOffered: Qt.binding(() => root.demonstrationOffered),
                connectOffered: Qt.binding(() => root.connectOffered)
            })

            Connections {
                target: steps.object

                function onDemonstrationRequested() { root.demonstrationRequested(); }
                function onConnectRequested() { root.connectRequested(); }
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
