// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// A test of a window of several servers, made anew for each of its functions, which fills the item
/// that the test stands in.
TestCase {
    id: root

    property ScriptedServer own
    property ScriptedServer other
    property ServerBook book
    property Preferences preferences
    property DashboardDeck view

    when: windowShown

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: windowComponent

        Item {
            id: all
            property alias book: book
            property alias preferences: preferences
            property alias view: view
            property string server
            property string directory

            anchors.fill: parent

            ServerBook {
                id: book
                file: all.directory + "settings.ini"
                tokenDirectory: all.directory + "tokens"
            }
            Preferences {
                id: preferences
                file: all.directory + "settings.ini"
            }
            DashboardDeck {
                id: view
                anchors.fill: parent
                book: book
                preferences: preferences
                server: all.server
                rooms: ["account:default"]
                savedFiltersFile: all.directory + "settings.ini"
                alarmSettingsFile: all.directory + "alarm.ini"
                focus: true
            }
        }
    }

    function init() {
        root.makeServers();
        root.openWindow();
        tryVerify(() => root.view.feed.live);
    }
    function cleanup() {
        Theme.textScale = 1;
    }
    function makeServer() { return createTemporaryObject(serverComponent, root.parent); }
    function makeServers() {
        failOnWarning(/.*/);
        root.parent.width = 1280;
        root.parent.height = 720;
        root.own = root.makeServer();
        root.other = root.makeServer();
    }
    function openWindow() {
        const all = createTemporaryObject(windowComponent, root.parent,
            {server: root.own.url, directory: root.own.scratchFile("") + "/"});
        root.book = all.book;
        root.preferences = all.preferences;
        root.view = all.view;
        root.view.forceActiveFocus();
    }

    function sheet(name) { return findChild(root.view, name); }
    function openSheet(name) { findChild(root.view, name + "Maker").open(); }
    function within(name, part) { return findChild(sheet(name).contentItem, part); }
    /// What has just come has its place after a layout in each that it stands in.
    function press(button) {
        for (let item = button; item; item = item.parent)
            waitForItemPolished(item);
        mouseClick(button);
    }
    function entry(name, part) { return findChild(within(name, part), "entry"); }
    function type(field, text) {
        field.forceActiveFocus();
        field.selectAll();
        for (const letter of text)
            keyClick(letter);
    }
    function isSeenIn(name, item) {
        const content = sheet(name).contentItem;
        const top = content.mapFromItem(item, 0, 0).y;
        return item.visible && item.height > 0 && top >= 0 && top + item.height <= content.height;
    }
    function openConnectSheet() {
        keyClick(Qt.Key_N, Qt.ControlModifier);
        tryVerify(() => sheet("connectSheet").opened);
    }
    /// Puts the other server into the book, and waits until it is seen.
    function addOther() {
        openConnectSheet();
        type(entry("connectSheet", "addressField"), root.other.url);
        press(within("connectSheet", "connectButton"));
        tryVerify(() => !sheet("connectSheet")?.visible);
        tryCompare(root.view.deck, "count", 2);
        tryVerify(() => root.view.deck.live);
    }
    function tab(index) {
        return findChild(root.view, "serverTabs").children[index];
    }
    /// How far what is seen beneath `item` reaches, as `form` measures.
    function rightEdge(item, form) {
        let edge = form.mapFromItem(item, item.width, 0).x;
        for (let i = 0; i < item.children.length; ++i) {
            const child = item.children[i];
            if (child.visible && child.width > 0 && !item.clip)
                edge = Math.max(edge, rightEdge(child, form));
        }
        return edge;
    }
    function shownDashboards() {
        const all = [];
        function look(item) {
            if (["primaryDashboard", "savedDashboard"].includes(item.objectName) && item.visible)
                all.push(item);
            for (let i = 0; i < item.children.length; ++i)
                look(item.children[i]);
        }
        look(root.view);
        return all;
    }
}
