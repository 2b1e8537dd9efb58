// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// What a window's menu offers.
T.Menu {
    id: root

    required property DashboardAction addServer
    required property DashboardAction showServers
    required property DashboardAction showSettings

    objectName: "mainMenu"
    width: Math.max(contentWidth, 260 * Theme.textScale) + 2 * padding
    implicitHeight: contentHeight + 2 * padding
    padding: Theme.tiny
    margins: Theme.small

    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        currentIndex: root.currentIndex
        interactive: false
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline
    }

    MenuLine {
        objectName: "menuAddServer"
        text: root.addServer.text
        keys: root.addServer.keys[0]
        enabled: root.addServer.inSight
        opacity: enabled ? 1 : Theme.faded(0.5)
        onTriggered: root.addServer.trigger()
    }
    MenuLine {
        objectName: "menuServers"
        text: root.showServers.text
        enabled: root.showServers.inSight
        opacity: enabled ? 1 : Theme.faded(0.5)
        onTriggered: root.showServers.trigger()
    }
    MenuLine {
        objectName: "menuSettings"
        text: root.showSettings.text
        keys: root.showSettings.keys[0]
        onTriggered: root.showSettings.trigger()
    }
}
