// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The command palette: that what can be done is found in it by a few letters, done with Enter or a
/// click, and that the keyboard is then where it belongs.
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
        name: "Palette"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            scene.height = 720;
            test.server = createTemporaryObject(serverComponent, scene);
            for (let i = 0; i < 3; ++i)
                server.raise("u" + i, "Incident " + i, ["critical", "warning", "info"][i],
                             {createdAt: Date.now() - 60000 * (i + 1)});
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(),
                 savedFiltersFile: server.scratchFile("filters")});
            tryVerify(() => dashboard.feed.live && list().count === 3);
            tryCompare(dashboard.feed.commands, "me", "Anna");
            list().forceActiveFocus(Qt.TabFocusReason);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function list() { return part("incidentList"); }
        function palette() { return part("commandPalette"); }
        function field() { return findChild(palette().contentItem, "paletteField"); }
        function results() { return findChild(palette().contentItem, "paletteResults"); }
        function open() {
            keyClick(Qt.Key_K, Qt.ControlModifier);
            tryCompare(palette(), "opened", true);
            tryVerify(() => field().activeFocus);
        }
        function type(text) {
            for (const letter of text)
                keyClick(letter);
            compare(field().text, text);
        }
        function line(index) {
            tryVerify(() => results().itemAtIndex(index) !== null);
            return results().itemAtIndex(index);
        }
        function texts() {
            let found = [];
            const finder = palette().finder;
            for (let i = 0; i < finder.count; ++i)
                found.push(finder.data(finder.index(i, 0), ActionFinder.TextRole));
            return found;
        }

        function test_everyKeyIsOffered() {
            open();
            const actions = part("dashboardKeys").actions;
            const offered = texts();
            let seen = 0;
            for (let i = 0; i < actions.length; ++i) {
                const possible = !actions[i].local && actions[i].inSight && actions[i].enabled;
                compare(offered.includes(actions[i].text), possible, actions[i].text);
                seen += possible;
            }
            verify(seen > 8);
            verify(offered.includes("Sort by newest"));
            verify(!offered.includes("Sort by severity"), "it is sorted so");
        }
        function test_enterDoesWhatIsFound() {
            open();
            type("newest");
            compare(texts(), ["Sort by newest"]);
            compare(line(0).Accessible.name, "List: Sort by newest");
            keyClick(Qt.Key_Return);
            tryCompare(palette(), "visible", false);
            compare(dashboard.feed.incidents.order, 1);
            tryVerify(() => list().activeFocus);
        }
        function test_aKeyIsTold() {
            keyClick(Qt.Key_Home);
            open();
            type("ackn");
            compare(texts()[0], "Acknowledge");
            compare(line(0).Accessible.description, "Key A");
        }
        function test_acknowledgesTheChosenIncident() {
            keyClick(Qt.Key_Home);
            const uuid = list().cursor.uuid;
            open();
            type("acknowledge");
            keyClick(Qt.Key_Return);
            tryVerify(() => dashboard.feed.commands.notices.acknowledged !== "");
            compare(list().cursor.uuid, uuid);
        }
        function test_aClickDoesIt() {
            open();
            type("group serv");
            compare(texts(), ["Group by service"]);
            mouseClick(line(0));
            tryCompare(palette(), "visible", false);
            compare(dashboard.feed.incidents.group, 2);
        }
        function test_upAndDownGoRound() {
            open();
            type("sort by");
            compare(texts(), ["Sort by newest", "Sort by oldest", "Sort by service"]);
            compare(results().currentIndex, 0);
            keyClick(Qt.Key_Up);
            compare(results().currentIndex, 2);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            compare(results().currentIndex, 1);
            compare(field().Accessible.description, "List: Sort by oldest");
            keyClick(Qt.Key_Return);
            tryCompare(palette(), "visible", false);
            compare(dashboard.feed.incidents.order, 2);
        }
        function test_whatCannotBeDoneSaysWhy() {
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            open();
            type("resolve");
            compare(texts()[0], "Resolve");
            verify(line(0).obstacle !== "");
            compare(findChild(line(0), "paletteLineReason").text, line(0).obstacle);
            keyClick(Qt.Key_Return);
            tryCompare(palette(), "visible", false);
            tryVerify(() => dashboard.feed.commands.notices.failure !== "");
        }
        function test_nothingFoundIsSaidAndDoesNothing() {
            open();
            type("zzz");
            compare(texts(), []);
            tryVerify(() => findChild(palette().contentItem, "paletteNothing").visible);
            keyClick(Qt.Key_Return);
            verify(palette().opened);
            keyClick(Qt.Key_Escape);
            tryCompare(palette(), "visible", false);
            tryVerify(() => list().activeFocus);
        }
        function test_ownFiltersAreOffered() {
            const saved = part("filterBar").saved;
            saved.save("Ours", "severity:critical");
            open();
            type("ours");
            compare(texts(), ["Filter by “Ours”"]);
            keyClick(Qt.Key_Return);
            tryCompare(dashboard, "filter", "severity:critical");
            open();
            compare(texts()[0], "Filter by “Ours”", "what was done last is first");
            verify(texts().includes("Show all incidents"));
        }
        function test_fromWithinTheFilter() {
            keyClick("/");
            tryVerify(() => part("filterField").activeFocus);
            open();
            keyClick(Qt.Key_Escape);
            tryCompare(palette(), "visible", false);
            tryVerify(() => part("filterField").activeFocus);
        }
        function test_fits_data() {
            return [
                {tag: "wide", width: 1280, height: 720},
                {tag: "narrow", width: 400, height: 800},
                {tag: "low", width: 640, height: 360},
                {tag: "small", width: 320, height: 320}
            ];
        }
        function test_fits(data) {
            scene.width = data.width;
            scene.height = data.height;
            open();
            const shown = palette();
            verify(shown.width <= data.width && shown.height <= data.height);
            tryVerify(() => results().height > line(0).height, 5000, "a line is seen");
            for (let i = 0; i < results().count; ++i)
                keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Up);
            const last = line(results().count - 1);
            tryVerify(() => last.mapToItem(results(), 0, last.height).y <= results().height + 1);
        }
    }
}
