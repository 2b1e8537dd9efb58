// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// A test of what a person does about incidents, on a dashboard that fills the item that it stands in.
TestCase {
    id: root

    property ScriptedServer server
    property LiveDashboard dashboard

    when: windowShown

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: dashboardComponent

        LiveDashboard {
            anchors.fill: parent
            rooms: ["account:acme"]
        }
    }

    function init() {
        failOnWarning(/.*/);
        root.server = createTemporaryObject(serverComponent, root.parent);
    }
    /// `count` incidents, "Incident 0" at the top, and the keyboard in the list.
    function open(count) {
        for (let i = 0; i < count; ++i)
            root.server.raise("u" + i, "Incident " + i, "critical", {createdAt: Date.now() - 60000 * (i + 1)});
        root.show(count);
    }
    /// What the server has, which is `count` incidents.
    function show(count) {
        root.dashboard = createTemporaryObject(dashboardComponent, root.parent,
            {server: root.server.url, tokenFile: root.server.tokenFile(),
             savedFiltersFile: root.server.scratchFile("filters")});
        tryVerify(() => root.dashboard.feed.live && root.part("incidentList").count === count);
        tryCompare(root.dashboard.feed.commands, "me", "Anna");
        root.part("incidentList").forceActiveFocus(Qt.TabFocusReason);
    }
    function part(name) { return findChild(root.dashboard, name); }
    function row(index) {
        root.part("incidentList").forceLayout();
        return root.part("incidentList").itemAtIndex(index);
    }
    function rowText(index) { return findChild(root.row(index), "rowAcknowledgement").text; }
    function press(name) {
        const button = root.part(name);
        verify(button !== null && button.visible, name);
        // What has just come has its place after a layout in each that it stands in.
        for (let item = button; item !== root.dashboard; item = item.parent)
            waitForItemPolished(item);
        // Whether it can be pressed follows a moment after what it is about.
        const inside = findChild(button, name + "Button");
        tryVerify(() => (inside ?? button).enabled);
        mouseClick(button);
    }
    function write(text) {
        for (const letter of text)
            keyClick(letter);
    }
    function types() { return root.server.commands.map(command => command.type); }
    function uuids() { return root.server.commands.map(command => command.uuid); }
}
