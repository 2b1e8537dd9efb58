// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// A test of walls, which fill the item that it stands in.
TestCase {
    id: root

    property ScriptedServer server
    property WallView wall
    readonly property LiveFeed feed: root.wall?.feed ?? null

    when: windowShown

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: wallComponent

        WallView {
            id: hung
            property string server
            property string tokenFile

            anchors.fill: parent
            feed: LiveFeed {
                server: hung.server
                tokenFile: hung.tokenFile
                rooms: ["account:acme"]
            }
        }
    }

    function init() {
        failOnWarning(/.*/);
        root.parent.width = 1280;
        root.parent.height = 720;
        root.server = createTemporaryObject(serverComponent, root.parent);
    }
    function hang(pages, properties) {
        root.wall = createTemporaryObject(wallComponent, root.parent,
            Object.assign({server: root.server.url, pages: pages}, properties));
    }
    function hangLive(pages, properties) {
        root.hang(pages, properties);
        tryVerify(() => root.feed.live);
    }
    function part(name) { return findChild(root.wall, name); }
    /// Of the page that is shown.
    function list() { return findChild(root.wall.current, "wallList"); }
    /// What a person reads, from top to bottom.
    function titles() {
        const found = [];
        for (let i = 0; i < (list()?.count ?? 0); ++i) {
            const row = list().itemAtIndex(i);
            if (row && row.opacity > 0 && row.y + row.height > list().contentY && row.y < list().contentY + list().height)
                found.push(row.title);
        }
        return found.join();
    }
    function raiseMany(count, severity) {
        for (let i = 0; i < count; ++i)
            root.server.raise("many-" + i, "Number " + i, severity);
    }
}
