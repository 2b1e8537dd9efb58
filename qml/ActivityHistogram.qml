// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import Tocsin

/// What was opened and resolved in the last 24 hours. A click on a bar, a drag over several, or
/// Enter has the list show what was opened then, and once more what there is besides.
FocusScope {
    id: root

    required property IncidentActivity activity
    /// What it shows is current.
    property bool live: true
    /// The span that the filter asks for.
    property date chosenFrom
    property date chosenTo

    readonly property alias bars: bars
    readonly property bool mirrored: root.LayoutMirroring.enabled
    readonly property bool partial: !root.activity.complete && !root.activity.asking

    signal chosen(from: date, to: date)

    function choose(first: int, last: int) {
        if (first < 0 || last < 0)
            return;
        root.chosen(bars.beginOf(Math.min(first, last)), bars.endOf(Math.max(first, last)));
    }
    function step(by: int) {
        const from = bars.current < 0 ? (by > 0 ? -1 : bars.count) : bars.current;
        bars.current = Math.max(0, Math.min(bars.count - 1, from + by));
    }

    implicitHeight: 56 * Theme.textScale + axis.height
    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: bars.summary
    Accessible.description: bars.currentText || (root.partial ? since.text : "")
    Accessible.focusable: true
    Keys.onLeftPressed: root.step(root.mirrored ? 1 : -1)
    Keys.onRightPressed: root.step(root.mirrored ? -1 : 1)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home)
            bars.current = 0;
        else if (event.key === Qt.Key_End)
            bars.current = bars.count - 1;
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space)
            root.choose(bars.current, bars.current);
        else
            return;
        event.accepted = true;
    }
    onActiveFocusChanged: {
        if (!root.activeFocus)
            bars.current = -1;
    }

    ActivityBars {
        id: bars
        objectName: "activityBars"
        anchors.top: parent.top
        anchors.bottom: axis.top
        width: parent.width
        opacity: root.live ? 1 : Theme.faded(0.6)
        activity: root.activity
        leastBarWidth: 7 * Theme.textScale
        colors: [Theme.critical, Theme.warning, Theme.unknown, Theme.info]
        resolvedColor: Theme.textMuted
        lineColor: Theme.outline
        currentColor: Qt.alpha(Theme.text, 0.14)
        chosenColor: Qt.alpha(Theme.accent, 0.22)
        mirrored: root.mirrored
        chosenFrom: root.chosenFrom
        chosenTo: root.chosenTo
    }
    MouseArea {
        id: pointer

        property int first: -1

        anchors.fill: bars
        hoverEnabled: true
        preventStealing: true
        cursorShape: Qt.PointingHandCursor
        onEntered: bars.current = bars.barAt(pointer.mouseX)
        onPositionChanged: event => bars.current = bars.barAt(event.x)
        onExited: {
            if (!root.activeFocus && !pointer.pressed)
                bars.current = -1;
        }
        onPressed: event => pointer.first = bars.barAt(event.x)
        onReleased: event => root.choose(pointer.first, bars.barAt(event.x))
    }
    Item {
        id: axis
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.caption * 1.35

        Repeater {
            model: bars.marks

            Text {
                required property var modelData

                readonly property real place: (root.mirrored ? 1 - modelData.place : modelData.place) * axis.width

                x: Math.max(0, Math.min(axis.width - width, place - width / 2))
                text: modelData.text
                color: Theme.textMuted
                font.pixelSize: Theme.caption
                Accessible.ignored: true
            }
        }
    }
    Text {
        id: since
        objectName: "activitySince"
        anchors.top: parent.top
        anchors.left: parent.left
        visible: root.partial
        text: isNaN(root.activity.knownFrom) ? qsTr("The last 24 hours are not known.")
            : qsTr("Counted since %1").arg(Clock.moment(root.activity.knownFrom, Clock.now))
        color: Theme.textSecondary
        font.pixelSize: Theme.caption
        Accessible.ignored: true
    }
    Tip {
        visible: bars.current >= 0 && (pointer.containsMouse || root.activeFocus)
        delay: 0
        text: bars.currentText
        x: Math.max(0, Math.min(root.width - width, bars.middleOf(bars.current) - width / 2))
        y: bars.height + Theme.tiny
    }
    FocusRing {
        visible: root.activeFocus && bars.current < 0
    }
}
