// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// The incidents on a wall: to be read at five metres, by people who do not touch it. Pages follow
/// each other; a new critical incident has its page shown at once, and stays for a while.
///
///     WallView {
///         feed: LiveFeed { server: "wss://ops.example.com/ws"; rooms: ["account:acme"] }
///         pages: WallPages { WallPage { seconds: 30 } WallPage { view: WallPage.Monitors } }
///     }
///
/// Everything is a multiple of `unit`, the hundredth part of its height where it is wide. While the
/// list is not current the whole wall says so, in a band and with a frame around it.
FocusScope {
    id: root

    required property LiveFeed feed
    required property WallPages pages
    /// Multiplies every size: 0.5 to 2.
    property real scaling: 1
    /// Stands beside the time; empty: only the page's title does.
    property string name
    /// What keeps this program from showing all that it should, as a sentence; empty: nothing.
    property string fault
    /// How long a new critical incident has its page to itself, in seconds.
    property int holdSeconds: 120

    readonly property real unit: Math.max(4, Math.min(root.height / 100, root.width / 130)) * root.scaling
    readonly property WallPageView current: views.count > pageRotation.page ? views.itemAt(pageRotation.page) as WallPageView : null
    readonly property int criticalCount: watch.count

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Incidents")

    CriticalWatch {
        id: watch
        feed: root.feed
        onAppeared: uuid => root.showAtOnce(uuid)
    }
    WallRotation {
        id: pageRotation
        pages: root.pages
        holdSeconds: root.holdSeconds
    }

    /// The first page that has room for it, at its screen; where none has, it is in the counts of all.
    function showAtOnce(uuid: string) {
        for (let i = 0; i < views.count; ++i) {
            const screen = (views.itemAt(i) as WallPageView)?.screenOf(uuid) ?? -1;
            if (screen >= 0) {
                pageRotation.alarm(i, screen);
                return;
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    WallHeader {
        id: header
        anchors.top: parent.top
        width: parent.width
        unit: root.unit
        feed: root.feed
        title: root.current?.page?.title ?? ""
        name: root.name
    }
    WallBands {
        id: bands
        anchors.top: header.bottom
        width: parent.width
        unit: root.unit
        feed: root.feed
        fault: Words.joined([root.fault, root.current?.filterError
            ? qsTr("All are shown, because the filter is wrong: %1").arg(root.current.filterError) : ""], " ")
    }
    Item {
        id: room
        anchors.top: bands.bottom
        anchors.bottom: footer.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.topMargin: root.unit * 1.5
        anchors.leftMargin: root.unit * 3
        anchors.rightMargin: root.unit * 3

        Repeater {
            id: views
            model: root.pages

            WallPageView {
                required property int index

                anchors.fill: parent
                unit: root.unit
                feed: root.feed
                shown: index === pageRotation.page
                screen: shown ? pageRotation.screen : 0
                onScreensChanged: pageRotation.setScreens(index, screens)
            }
        }
        Text {
            visible: root.pages.count === 0
            anchors.centerIn: parent
            width: parent.width
            text: qsTr("There are no pages to be shown")
            color: Theme.cautionText
            font.pixelSize: root.unit * 5
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
    }
    WallFooter {
        id: footer
        anchors.bottom: parent.bottom
        width: parent.width
        unit: root.unit
        feed: root.feed
        page: pageRotation.page
        pages: root.pages.count
        screen: pageRotation.screen
        screens: root.current?.screens ?? 1
        beyond: root.current?.beyond ?? 0
        held: pageRotation.held
    }
    // Seen from the door, where no letter is.
    Rectangle {
        objectName: "wallFrame"
        visible: !root.feed.live
        anchors.fill: parent
        color: "transparent"
        border.width: root.unit * 0.9
        border.color: Theme.cautionLine
    }
}
