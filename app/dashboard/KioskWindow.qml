// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin
import TocsinWindow

/// A wall on one screen. Nothing in it takes a click, and it does not close.
Window {
    id: window

    required property Kiosk kiosk
    required property WallPages pages
    /// Lines begin at the right.
    required property bool mirrored
    property real scaling: 1

    title: qsTr("Tocsin")
    color: "black"
    flags: Qt.Window | Qt.FramelessWindowHint
    LayoutMirroring.enabled: window.mirrored
    LayoutMirroring.childrenInherit: true
    onClosing: close => close.accepted = false

    Binding {
        target: Theme
        property: "scheme"
        value: window.kiosk.theme
    }
    Binding {
        target: Theme
        property: "contrast"
        value: window.kiosk.contrast
    }
    Binding {
        target: Theme
        property: "colorVision"
        value: window.kiosk.colorVision
    }
    Shortcut {
        enabled: window.kiosk.leaveKey !== ""
        sequence: window.kiosk.leaveKey
        onActivated: Qt.quit()
    }
    PixelShift {
        id: shift
        extent: window.kiosk.pixelShift
        now: Clock.now
    }
    Dimming {
        id: dimming
        from: window.kiosk.dimFrom
        to: window.kiosk.dimTo
        level: window.kiosk.dimLevel
        now: Clock.now
        lifted: window.kiosk.criticalLiftsDimming && wall.criticalCount > 0
    }
    WallView {
        id: wall
        objectName: "wallView"
        // Smaller by what it moves, so that nothing of it leaves the screen.
        x: shift.extent + shift.x
        y: shift.extent + shift.y
        width: window.width - 2 * shift.extent
        height: window.height - 2 * shift.extent
        feed: window.kiosk.feed
        pages: window.pages
        scaling: window.scaling
        name: window.kiosk.name
        fault: window.kiosk.fault
        holdSeconds: window.kiosk.holdSeconds
    }
    Rectangle {
        objectName: "dimmer"
        anchors.fill: parent
        visible: dimming.brightness < 1
        color: "black"
        opacity: 1 - dimming.brightness
    }
    // Whatever lies beneath, the pointer is not seen over it.
    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.AllButtons
        hoverEnabled: true
        cursorShape: Qt.BlankCursor
        onWheel: event => event.accepted = true
    }
}
