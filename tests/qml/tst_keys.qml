// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The sheet of keys: that it tells each key there is, and how one gets to it and back.
Item {
    id: scene
    width: 1280
    height: 720

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: dashboardComponent

        LiveDashboard {
            anchors.fill: scene
            rooms: ["account:acme"]
        }
    }

    TestCase {
        id: test
        name: "Keys"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            scene.height = 720;
            test.server = createTemporaryObject(serverComponent, scene);
            server.raise("u0", "Incident 0", "critical", {createdAt: Date.now() - 60000});
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(),
                 savedFiltersFile: server.scratchFile("filters")});
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 1);
            tryCompare(dashboard.feed.commands, "me", "Anna");
            part("incidentList").forceActiveFocus(Qt.TabFocusReason);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function sheet() { return part("keySheet"); }
        function openWith(key) {
            keyClick(key);
            tryCompare(sheet(), "opened", true);
        }
        /// What is under `item`, in the order it stands there.
        function under(item, name) {
            let found = item.objectName === name ? [item] : [];
            for (let i = 0; i < item.children.length; ++i)
                found = found.concat(under(item.children[i], name));
            return found;
        }
        function lines() { return under(sheet().contentItem, "keyLine"); }

        /// From each action to its line: none is left out, and no line is of another.
        function test_theSheetTellsEachKey() {
            openWith("?");
            const actions = part("dashboardKeys").actions;
            const told = lines();
            verify(actions.length > 0);
            compare(told.length, actions.length);
            for (let i = 0; i < actions.length; ++i) {
                // Nobody is called in this dashboard, and so it is not told how.
                compare(told[i].visible, !actions[i].keys.includes("S"));
                if (!told[i].visible)
                    continue;
                const said = under(told[i], "keyLineWords")[0].Accessible.name;
                verify(said.includes(actions[i].text), said);
                for (let k = 0; k < actions[i].keys.length; ++k)
                    verify(said.includes(actions[i].keys[k]), said);
            }
        }
        /// What the sheet tells as a key of the window is one, and no key is told twice.
        function test_aKeyIsOfOneAction() {
            const seen = [];
            const actions = part("dashboardKeys").actions;
            for (let i = 0; i < actions.length; ++i) {
                // Nobody is called in this dashboard, and so that has no key.
                const dead = actions[i].local || actions[i].keys.includes("S");
                compare(actions[i].shortcut.sequences.length, dead ? 0 : actions[i].keys.length);
                for (let k = 0; k < actions[i].shortcut.sequences.length; ++k) {
                    const key = actions[i].shortcut.sequences[k];
                    compare(key, actions[i].keys[k]);
                    verify(!seen.includes(key), key);
                    seen.push(key);
                }
            }
            for (const key of ["A", "/", "?"])
                verify(seen.indexOf(key) >= 0, key + " in " + JSON.stringify(seen));
        }
        function test_escClosesItAndTheKeyboardIsBack_data() {
            return [{tag: "question mark", key: "?"}, {tag: "F1", key: Qt.Key_F1}];
        }
        function test_escClosesItAndTheKeyboardIsBack(data) {
            openWith(data.key);
            verify(!part("incidentList").activeFocus);
            keyClick(Qt.Key_Escape);
            tryCompare(sheet(), "visible", false);
            tryVerify(() => part("incidentList").activeFocus);
        }
        function test_theButtonOpensItAndTheCrossClosesIt() {
            const button = part("keysButton");
            // It has its place after a layout in each that it stands in.
            for (let item = button; item; item = item.parent)
                waitForItemPolished(item);
            mouseClick(button);
            tryVerify(() => sheet()?.opened);
            mouseClick(findChild(sheet().contentItem, "keySheetClose"));
            tryCompare(sheet(), "visible", false);
        }
        /// Nobody acknowledges what is hidden behind the sheet. The key that is pressed after it shows
        /// that the ones before would have done something, and comes to the server after them.
        function test_keysDoNothingBehindIt() {
            keyClick(Qt.Key_Down);
            compare(part("incidentList").cursor.uuid, "u0");
            openWith("?");
            for (const key of [Qt.Key_A, Qt.Key_I, Qt.Key_R, Qt.Key_C, Qt.Key_X, Qt.Key_Slash])
                keyClick(key);
            verify(sheet().opened);
            verify(!part("selectionBar")?.visible && !part("incidentDetail")?.visible);
            verify(!part("filterField").activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => part("incidentList").activeFocus);
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length > 0);
            compare(server.commands.map(command => command.type), ["incident.acknowledge"]);
        }
        /// One table: a key that is told of is not acted on elsewhere as well.
        function test_theKeyOfTheStatusBarIsToldToo() {
            const explain = Array.from(part("dashboardKeys").actions).filter(action => action.keys.includes("E"));
            compare(explain.length, 1);
            verify(!explain[0].enabled);
            server.sendGarbage();
            tryVerify(() => explain[0].enabled);
        }
        function test_aQuestionMarkInAFilterIsText() {
            keyClick("/");
            tryCompare(part("filterField"), "activeFocus", true);
            keyClick("?");
            tryCompare(part("filterField"), "text", "?");
            verify(!sheet()?.visible);
        }
        function test_inASmallWindowItScrolls() {
            scene.width = 400;
            scene.height = 480;
            tryCompare(dashboard, "width", 400);
            openWith("?");
            verify(sheet().x >= 0 && sheet().x + sheet().width <= 400);
            verify(sheet().height <= 480);
            const page = findChild(sheet().contentItem, "keySheetPage");
            verify(page.contentHeight > page.height, page.contentHeight + " in " + page.height + " of " + sheet().height);
            for (let i = 0; i < 200 && !page.atYEnd; ++i)
                keyClick(Qt.Key_Down);
            verify(page.atYEnd);
            const last = lines().pop();
            verify(last.mapToItem(page, 0, 0).y + last.height <= page.height + 1);
        }
    }
}
