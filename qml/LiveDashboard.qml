// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// The active incidents of a server's rooms, live, and always honest about whether they are:
///
///     LiveDashboard { server: "wss://ops.example.com/ws"; rooms: ["account:acme"] }
///
/// When the connection is lost the last list stays, marked with its age, and so does the one of the
/// last time until the server has sent its own; that there is nothing is said only when the server
/// says so.
FocusScope {
    id: root

    property alias server: feed.server
    /// Further addresses of the server, of which one is used where another fails.
    property alias alternatives: feed.alternatives
    property alias rooms: feed.rooms
    property alias tokenFile: feed.tokenFile
    /// Keeps the token, under `secretName`, in place of the file.
    property alias secrets: feed.secrets
    property alias secretName: feed.secretName
    /// Where the last list is kept for the next start; empty: nowhere.
    property alias cacheDirectory: feed.cacheDirectory
    readonly property alias feed: feed

    /// Something that the program around it has to say, and whether it is a trouble.
    property string notice
    property bool noticeIsTrouble: false
    /// Why the list may not be all that somebody wants to see, as a sentence: an empty one is not calm
    /// then, nor is one with a notice of a trouble.
    property string doubt
    /// Whether the program can play a demonstration, and whether it does.
    property bool demonstrationOffered: false
    property bool demonstrationRunning: false
    /// Whether the program can connect to other servers.
    property bool connectOffered: false
    /// Room at the end of the header, for what the program has there.
    property real headerInset: 0
    /// What the program around it can do, told among the keys and in the command palette.
    property ActionList program: ActionList {}
    /// What to do next is shown on an empty screen that has not seen an incident yet.
    property bool firstStepsOffered: true

    /// Where the person's own filters are kept; empty: in their settings.
    property string savedFiltersFile
    readonly property alias savedFilters: filters.saved
    /// Those of another dashboard, where several have one person's: what is saved in one is in all.
    property SavedFilters savedFiltersBeside: null
    /// Which incidents are shown, in the language of docs/filter.md.
    property alias filter: filters.text

    /// The order of the list and its groups, as IncidentModel numbers them, until others are chosen.
    property int order: feed.incidents.order
    property int group: feed.incidents.group

    /// People who are not looking are called, with what their settings say: a bell shows whether, and
    /// opens them. Off, as in a program that merely embeds this, neither sound nor desktop is touched.
    property bool alarmOffered: false
    /// They are called now; off, the bell and its settings are there, and nothing is called.
    property bool alarmActive: root.alarmOffered
    /// Where the person's settings of it are kept; empty: with their others.
    property alias alarmSettingsFile: ownAlarmSettings.file
    /// Those of another dashboard, where several have one person's: a snooze in one is that of all.
    property AlarmSettings alarmSettings: ownAlarmSettings
    /// On a wall: notifications and the tray are off until they are turned on; sounds are not.
    property alias kiosk: ownAlarmSettings.kiosk
    /// The program around it can show an icon in the tray.
    property bool trayOffered: false
    readonly property alias alarm: alarm
    /// The height at which the first line of the header has its middle.
    readonly property real headerMiddle: head.y + activeCount.y + activeCount.height / 2

    readonly property bool compact: root.width < Theme.compactWidth

    readonly property bool narrow: root.width < Theme.narrowWidth
    readonly property bool low: root.height < Theme.lowHeight
    /// How high what stands above the list may be, so that an incident is seen beneath.
    readonly property real roomAbove: Math.max(Theme.body + 3 * Theme.medium, root.height - head.implicitHeight
        - (histogram.visible ? histogram.implicitHeight : 0) - statusBar.implicitHeight - browser.list.rowHeight - 4 * Theme.medium)

    signal orderChosen(int order)
    signal groupChosen(int group)
    /// The monitors stand in the place of the list, for as long as there are any.
    property bool monitorsWanted: false
    readonly property bool monitorsShown: root.monitorsWanted && feed.monitors.count > 0

    signal demonstrationRequested
    signal demonstrationEndRequested
    signal connectRequested
    /// Somebody was called and has come: this dashboard is to be seen.
    signal showRequested

    /// Opens an incident that is in the list.
    function showIncident(uuid: string) {
        keySheet.close();
        palette.close();
        alarmPopup.close();
        root.monitorsWanted = false;
        browser.show(uuid);
    }

    onMonitorsShownChanged: root.monitorsShown ? (monitors.make() as Item).forceActiveFocus(Qt.ShortcutFocusReason)
                                               : browser.list.forceActiveFocus(Qt.ShortcutFocusReason)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Incidents")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    DashboardKeys {
        id: keyTable
        objectName: "dashboardKeys"
        browser: browser
        filterBar: filters
        statusBar: statusBar
        alarmOffered: root.alarmOffered
        program: root.program
        monitorsKnown: feed.monitors.count > 0
        listShown: !root.monitorsShown
        onMonitorsRequested: root.monitorsWanted = !root.monitorsShown
        onSheetRequested: keySheet.open()
        onPaletteRequested: palette.open()
        onAlarmRequested: alarmPopup.open()
    }
    OnDemand {
        id: keySheet
        source: Qt.resolvedUrl("KeySheet.qml")
        properties: ({ objectName: "keySheet", keys: keyTable })
    }
    OnDemand {
        id: palette
        source: Qt.resolvedUrl("DashboardPalette.qml")
        properties: ({ keys: keyTable, filterBar: filters })
    }
    LiveFeed {
        id: feed
        window: root.Window.window
    }
    Timer {
        id: patience
        interval: 250
        running: true
    }
    Binding {
        target: feed.incidents
        property: "order"
        value: root.order
    }
    Binding {
        target: feed.incidents
        property: "group"
        value: root.group
    }
    Connections {
        target: feed.incidents

        function onOrderChanged() {
            root.orderChosen(feed.incidents.order);
        }
        function onGroupChanged() {
            root.groupChosen(feed.incidents.group);
        }
    }
    AlarmSettings {
        id: ownAlarmSettings
    }
    Alarm {
        id: alarm
        feed: root.feed
        settings: root.alarmSettings
        active: root.alarmActive
        onShowRequested: uuid => {
            root.showRequested();
            if (uuid !== "")
                root.showIncident(uuid);
            else
                root.monitorsWanted = false;
        }
    }
    OnDemand {
        id: alarmPopup
        source: Qt.resolvedUrl("AlarmPopup.qml")
        properties: ({ alarm: root.alarm, trayOffered: Qt.binding(() => root.trayOffered) })
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        GridLayout {
            id: head
            // What is narrow stands under each other, unless there is no height for it.
            readonly property bool watched: feed.monitors.count > 0
            readonly property bool tallied: feed.incidents.count > 0
            readonly property bool stacked: root.width < Theme.compactWidth * (head.watched ? 1.25 : 1)
                && !(root.low && !root.narrow && !head.watched)
            // The monitors beside the tally, where there is no height for a line of theirs.
            readonly property bool shared: head.stacked && root.low && !root.narrow && head.watched
            // The tally gives up its words before the large number's are broken.
            readonly property bool worded: root.width >= Theme.besideWidth * (head.watched ? 1.25 : 1)
                && activeCount.fullWidth + tally.fullWidth + (head.watched ? monitorButton.implicitWidth : 0)
                    + (root.alarmOffered ? alarmBell.fullWidth : 0) + (head.columns - 1) * head.columnSpacing
                    <= head.room
            // Not its own width, which is more where what stands in it needs more.
            readonly property real room: root.width - head.Layout.leftMargin - head.Layout.rightMargin
            // What the program has at the end is beside the first line only: beneath it there is all of the width.
            readonly property real lineInset: head.stacked && !head.shared ? root.headerInset : 0
            // What the tally and the monitors leave of the large number's line.
            readonly property real lineRoom: head.room - head.lineInset - (head.stacked ? 0
                : (head.tallied ? (head.worded ? tally.fullWidth : tally.compactWidth) + head.columnSpacing : 0)
                    + (head.watched ? monitorButton.implicitWidth + head.columnSpacing : 0))
            // The bell gives up its words before it comes to lie on something else, and the number its own before
            // one is broken.
            readonly property bool bellMinimal: root.alarmOffered
                && Math.max(activeCount.numberWidth, head.shared && head.tallied ? tally.compactWidth : 0)
                    + head.columnSpacing + alarmBell.fullWidth > head.lineRoom
            readonly property real countRoom: head.lineRoom - (root.alarmOffered ? head.columnSpacing
                + Math.max(head.bellMinimal ? alarmBell.minimalWidth : alarmBell.fullWidth,
                    head.shared ? monitorButton.implicitWidth : 0) : 0)
            columns: head.stacked ? 2 : head.watched ? 4 : 3
            rowSpacing: Theme.tiny
            columnSpacing: head.stacked ? Theme.small : Theme.large
            Layout.fillWidth: true
            Layout.leftMargin: root.compact ? Theme.large : Theme.wide
            Layout.rightMargin: (root.compact ? Theme.large : Theme.wide) + root.headerInset - head.lineInset
            Layout.topMargin: root.low ? Theme.small : Theme.medium
            Layout.bottomMargin: root.low ? Theme.small : Theme.medium

            ActiveCount {
                id: activeCount
                Layout.row: 0
                Layout.column: 0
                count: feed.incidents.count
                live: feed.live
                partial: feed.partial
                small: root.low || root.narrow
                narrow: root.narrow
                compact: root.compact
                wordless: activeCount.wrappedWidth > head.countRoom
                numberRoom: head.countRoom
                Layout.fillWidth: true
                Layout.rightMargin: root.alarmOffered ? 0 : head.lineInset
            }
            AlarmBell {
                id: alarmBell
                objectName: "alarmBell"
                visible: root.alarmOffered
                alarm: root.alarm
                minimal: head.bellMinimal
                Layout.rightMargin: head.lineInset
                Layout.row: 0
                Layout.column: head.stacked ? 1 : head.watched ? 3 : 2
                onClicked: alarmPopup.open()
            }
            MonitorButton {
                id: monitorButton
                objectName: "monitorButton"
                visible: head.watched
                monitors: feed.monitors
                live: feed.live
                compact: !head.stacked && root.width < Theme.besideWidth * 1.5
                minimal: head.shared || (root.low && root.compact)
                open: root.monitorsShown
                Layout.row: head.shared ? 1 : head.stacked ? 2 : 0
                Layout.column: head.shared ? 1 : head.stacked ? 0 : 2
                Layout.columnSpan: head.stacked && !head.shared ? 2 : 1
                Layout.alignment: head.shared ? Qt.AlignRight : Qt.AlignLeft
                Layout.maximumWidth: head.room
                onClicked: root.monitorsWanted = !root.monitorsShown
            }
            SeverityTally {
                id: tally
                objectName: "severityTally"
                Layout.row: head.stacked ? 1 : 0
                Layout.column: head.stacked ? 0 : 1
                Layout.columnSpan: head.stacked && !head.shared ? 2 : 1
                visible: head.tallied
                compact: !head.worded
                narrow: root.narrow
                room: head.room
                opacity: feed.live ? 1 : Theme.faded(0.6)
                criticalCount: feed.incidents.criticalCount
                warningCount: feed.incidents.warningCount
                unknownCount: feed.incidents.unknownCount
                infoCount: feed.incidents.infoCount
                chosenBits: filters.input.severityBits
                // What it would filter is beneath the open incident.
                enabled: !browser.covered && !root.monitorsShown
                onToggled: severity => filters.input.toggleSeverity(severity)
            }
        }
        ActivityHistogram {
            id: histogram
            objectName: "activityHistogram"
            visible: !root.compact && !root.monitorsShown && root.height >= 1.4 * Theme.lowHeight && !browser.covered
                && !isNaN(feed.activity.knownFrom)
            activity: feed.activity
            live: feed.live
            chosenFrom: filters.input.openedFrom
            chosenTo: filters.input.openedTo
            Layout.fillWidth: true
            Layout.leftMargin: Theme.wide
            Layout.rightMargin: Theme.wide
            Layout.bottomMargin: Theme.small
            onChosen: (from, to) => filters.input.toggleOpened(from, to)
        }
        // What is said of the screen itself comes first in it: it must not be scrolled away.
        ScrollRoom {
            objectName: "aboveList"
            contentHeight: above.implicitHeight
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(above.implicitHeight, root.roomAbove)

            ColumnLayout {
                id: above
                width: parent.width
                spacing: 0

                Notice {
                    objectName: "hostNotice"
                    visible: root.notice !== ""
                    text: root.notice
                    caution: root.noticeIsTrouble
                    Layout.fillWidth: true
                }
                Notice {
                    objectName: "problemNotice"
                    visible: feed.problem !== ""
                    text: feed.problem
                    caution: true
                    Layout.fillWidth: true
                }
                CommandFailure {
                    objectName: "commandFailure"
                    notices: feed.commands.notices
                    Layout.fillWidth: true
                }
                DemonstrationBanner {
                    objectName: "demonstrationBanner"
                    visible: feed.showsDemonstration || root.demonstrationRunning
                    stoppable: root.demonstrationRunning
                    Layout.fillWidth: true
                    onStopRequested: root.demonstrationEndRequested()
                }
                AgedBanner {
                    objectName: "agedBanner"
                    visible: !feed.live && (everLive || feed.incidents.count > 0)
                    lastLive: feed.lastLive
                    unconfirmed: feed.unconfirmed
                    detail: feed.trouble
                    Layout.fillWidth: true
                }
                FilterBar {
                    id: filters
                    objectName: "filterBar"
                    visible: (feed.incidents.count > 0 || filters.input.active) && !browser.covered
                        && !root.monitorsShown
                    incidents: feed.incidents
                    compact: root.compact
                    narrow: root.narrow
                    savedFile: root.savedFiltersFile
                    savedBeside: root.savedFiltersBeside
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.small
                    Layout.leftMargin: root.compact ? Theme.medium : Theme.wide
                    Layout.rightMargin: root.compact ? Theme.medium : Theme.wide
                    onFinished: browser.list.forceActiveFocus(Qt.ShortcutFocusReason)
                    onKeysRequested: keySheet.open()
                }
            }
        }
        OnDemand {
            id: monitors
            visible: root.monitorsShown
            Layout.fillWidth: true
            Layout.fillHeight: true
            filling: true
            source: Qt.resolvedUrl("MonitorGrid.qml")
            properties: ({
                objectName: "monitorGrid",
                focus: true,
                monitors: feed.monitors,
                live: Qt.binding(() => feed.live),
                lastLive: Qt.binding(() => feed.lastLive),
                compact: Qt.binding(() => root.compact)
            })

            Connections {
                target: monitors.object

                function onCloseRequested() { root.monitorsWanted = false; }
                function onIncidentsRequested(filter: string) {
                    filters.text = filter;
                    root.monitorsWanted = false;
                }
            }
        }
        IncidentBrowser {
            id: browser
            visible: !root.monitorsShown
            feed: root.feed
            focus: true
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: browser.covered ? 0 : Theme.medium

            NothingMatches {
                objectName: "nothingMatches"
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.wide
                visible: feed.incidents.count > 0 && feed.incidents.shownCount === 0
                incidents: feed.incidents
                onClearRequested: filters.input.clear()
            }
            OnDemand {
                id: empty
                objectName: "emptyScreen"
                // A list that comes at once is not preceded by words about its not being there.
                wanted: feed.incidents.count === 0 && (feed.live || feed.unconfirmed || !patience.running)
                visible: empty.wanted
                anchors.fill: parent
                filling: true
                source: Qt.resolvedUrl("EmptyScreen.qml")
                properties: ({
                    feed: root.feed,
                    doubt: Qt.binding(() => root.noticeIsTrouble ? root.notice : root.doubt),
                    firstStepsOffered: Qt.binding(() => root.firstStepsOffered),
                    demonstrationOffered: Qt.binding(() => root.demonstrationOffered && !root.demonstrationRunning),
                    connectOffered: Qt.binding(() => root.connectOffered)
                })

                Connections {
                    target: empty.object

                    function onDemonstrationRequested() { root.demonstrationRequested(); }
                    function onConnectRequested() { root.connectRequested(); }
                }
            }
        }
        StatusBar {
            id: statusBar
            objectName: "statusBar"
            connections: feed.connections
            doubts: feed.doubts
            presence: feed.presence
            live: feed.live
            Layout.fillWidth: true
        }
    }
}
