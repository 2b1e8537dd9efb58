// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The monitors: counted in the header, a tile each on a click or a key, and called well only where
/// that is certain.
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
        name: "Monitors"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            scene.height = 720;
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function cleanup() {
            Theme.textScale = 1;
            scene.width = 1280;
            scene.height = 720;
        }
        function start() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene, {server: test.server.url});
            tryVerify(() => test.dashboard.feed.live);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function button() { return part("monitorButton"); }
        function grid() { return part("monitorTiles"); }
        function tile(index) {
            grid().forceLayout();
            return grid().itemAtIndex(index);
        }
        function names() {
            const result = [];
            for (let i = 0; i < grid().count; ++i)
                result.push(tile(i).name);
            return result;
        }
        function show() {
            tryVerify(() => button().visible);
            part("incidentList").forceActiveFocus();
            keyClick(Qt.Key_M);
            tryVerify(() => part("monitorGrid")?.visible);
            tryVerify(() => grid().activeFocus);
            tryVerify(() => tile(0) !== null);
        }

        function test_areAbsentWhereNoneAreKnown() {
            start();
            verify(!button().visible);
            keyClick(Qt.Key_M);
            verify(!part("monitorGrid")?.visible);
        }

        function test_areKnownFromTheStartAndSortedByHowTheyAre() {
            server.changeMonitor("web", "up");
            server.changeMonitor("db", "down", Date.now() - 12 * 60 * 1000 - 5000);
            server.changeMonitor("cache", "maintenance");
            server.changeMonitor("api", "degraded");
            start();
            tryVerify(() => button().visible);
            compare(findChild(button(), "monitorSummary").text, "1 Down");
            scene.width = 1920;
            tryCompare(findChild(button(), "monitorSummary"), "text", "1 down · 1 degraded · 1 unknown · 1 up");
            verify(button().Accessible.name.includes("1 down"));
            verify(button().Accessible.description.includes("M"));
            mouseClick(button());
            tryVerify(() => part("monitorGrid")?.visible && tile(0) !== null);
            verify(!part("incidentList").visible);
            compare(names().join(), "db,api,cache,web");
            // By shape, word and colour.
            compare(findChild(tile(0), "monitorAge").text, "Down for 12 min");
            compare(tile(0).Accessible.name, "db: Down for 12 minutes");
            compare(tile(0).Accessible.role, Accessible.ListItem);
            compare(findChild(tile(2), "monitorAge").text.split(" ")[0], "Unknown");
            verify(!Qt.colorEqual(tile(0).ink, tile(3).ink));
            // Follows what happens while one looks.
            server.changeMonitor("web", "down");
            tryVerify(() => names().join() === "db,web,api,cache");
            server.removeMonitor("web");
            tryVerify(() => names().join() === "db,api,cache");
            mouseClick(button());
            tryVerify(() => !part("monitorGrid")?.visible);
        }

        function test_agesOnlyWhileTheyAreSeen() {
            server.changeMonitor("db", "down", Date.now() - 5000);
            start();
            tryVerify(() => button().visible);
            compare(part("monitorGrid"), null);
            show();
            const before = findChild(tile(0), "monitorAge").text;
            tryVerify(() => findChild(tile(0), "monitorAge").text !== before);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !part("monitorGrid")?.visible);
            compare(grid().count, 0);
            tryVerify(() => part("incidentList").activeFocus);
        }

        function test_leadsToTheIncidentsOfOne() {
            server.changeMonitor("Shop front", "down");
            server.changeMonitor("web", "up");
            server.raise("u1", "Shop front is down", "critical",
                {source: "uptime-kuma", labels: {monitor: "Shop front"}});
            server.raise("u2", "Disk full", "warning", {source: "grafana"});
            start();
            tryVerify(() => dashboard.feed.incidents.count === 2);
            show();
            mouseClick(tile(0));
            tryVerify(() => !part("monitorGrid")?.visible);
            tryCompare(dashboard.feed.incidents, "shownCount", 1);
            compare(dashboard.filter, 'source=uptime-kuma label.monitor="Shop front"');
            dashboard.filter = "";
            // By key; what is up has no incidents, and tells of itself.
            show();
            keyClick(Qt.Key_Right);
            tryVerify(() => tile(1).current);
            keyClick(Qt.Key_Return);
            tryVerify(() => findChild(tile(1), "monitorTip").visible);
            verify(findChild(tile(1), "monitorTip").text.includes("uptime-kuma:web"));
            compare(dashboard.filter, "");
            keyClick(Qt.Key_Home);
            tryVerify(() => tile(0).current);
            verify(!tile(1).explained);
            keyClick(Qt.Key_Return);
            tryVerify(() => !part("monitorGrid")?.visible);
            compare(dashboard.filter, 'source=uptime-kuma label.monitor="Shop front"');
        }

        function test_doesNothingAboutTheListThatIsNotSeen() {
            server.changeMonitor("web", "up");
            server.raise("u1", "Disk full", "critical");
            start();
            tryVerify(() => dashboard.feed.incidents.count === 1);
            keyClick(Qt.Key_Down);
            show();
            keyClick(Qt.Key_A);
            keyClick(Qt.Key_R);
            keyClick(Qt.Key_M);
            tryVerify(() => !part("monitorGrid")?.visible);
            part("incidentList").forceActiveFocus();
            keyClick(Qt.Key_Home);
            keyClick(Qt.Key_U);
            keyClick(Qt.Key_A);
            // In order: what was pressed before would have come before.
            tryVerify(() => server.commands.length > 0);
            compare(server.commands.length, 1);
            compare(server.commands[0].type, "incident.acknowledge");
        }

        function test_areCalledWellOnlyWhileThatIsCertain() {
            server.changeMonitor("web", "up");
            server.changeMonitor("db", "up");
            start();
            show();
            const headline = part("monitorHeadline");
            tryVerify(() => headline.text.startsWith("All 2"));
            verify(Qt.colorEqual(headline.color, Theme.accent));
            compare(grid().opacity, 1);
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            compare(headline.text, "When last known: 2 up");
            verify(grid().opacity < 1);
            verify(button().Accessible.name.includes("when last known"));
            verify(tile(0).Accessible.name.includes("when last known"));
            // It changed while nobody heard.
            server.changeMonitor("db", "down");
            server.comeBack();
            tryVerify(() => dashboard.feed.live, 20000);
            tryCompare(headline, "text", "1 down · 1 up");
            compare(names().join(), "db,web");
            verify(!part("monitorReservation").visible);
        }

        function test_sayWhatAServerWithoutAListLeavesOpen() {
            server.listsMonitors = false;
            server.changeMonitor("old", "down");
            start();
            verify(!button().visible);
            server.changeMonitor("web", "up");
            tryVerify(() => button().visible);
            show();
            verify(part("monitorReservation").visible);
            verify(/\d\d:\d\d:\d\d/.test(part("monitorReservation").text));
            // One of which nothing bad is known is not all.
            compare(part("monitorHeadline").text, "1 up");
            verify(!Qt.colorEqual(part("monitorHeadline").color, Theme.accent));
        }

        function test_closesWithTheLastOne() {
            server.listsMonitors = false;
            start();
            server.changeMonitor("web", "up");
            show();
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            server.comeBack();
            tryVerify(() => dashboard.feed.live && dashboard.feed.monitors.count === 0, 20000);
            tryVerify(() => !part("monitorGrid")?.visible && part("incidentList").activeFocus);
        }

        function test_makesOnlyTheTilesThatAreSeen() {
            server.addMonitors(2000);
            server.changeMonitor("db", "down");
            start();
            show();
            compare(grid().count, 2001);
            compare(tile(0).name, "db");
            compare(tile(1900), null);
            let made = 0;
            for (let i = 0; i < grid().count; ++i)
                made += grid().itemAtIndex(i) !== null ? 1 : 0;
            verify(made < 120, made);
            keyClick(Qt.Key_End);
            tryVerify(() => tile(2000) !== null && tile(2000).current);
            compare(tile(2000).name, "monitor 1999");
        }

        function test_theHeadingIsWholeInANarrowWindow() {
            scene.width = 400;
            scene.height = 800;
            for (let i = 0; i < 30; ++i)
                server.changeMonitor("web-" + i, i < 2 ? "down" : "up");
            start();
            show();
            const headline = findChild(grid().headerItem, "monitorHeadline");
            tryVerify(() => headline.width > 0 && grid().count === 30);
            waitForRendering(grid());
            tryVerify(() => headline.mapToItem(grid(), 0, 0).y >= 0);
        }
        function test_growsOnAWallAndFitsIntoAnyWindow_data() {
            return [
                {tag: "wall", width: 1920, height: 1080, scale: 1, grows: true},
                {tag: "window", width: 1280, height: 720, scale: 1, grows: true},
                {tag: "phone", width: 400, height: 800, scale: 1},
                {tag: "small text", width: 400, height: 800, scale: 0.8},
                {tag: "huge text", width: 1280, height: 720, scale: 3, grows: false},
                {tag: "huge text on a phone", width: 400, height: 800, scale: 3, grows: false},
            ];
        }
        function test_growsOnAWallAndFitsIntoAnyWindow(row) {
            scene.width = row.width;
            scene.height = row.height;
            Theme.textScale = row.scale;
            for (const name of ["web", "db", "a name that is longer than a tile of a grid is wide at any size"])
                server.changeMonitor(name, "up");
            server.changeMonitor("api", "down");
            server.raise("u1", "Disk full", "critical");
            start();
            tryVerify(() => part("tally-info").visible);
            show();
            if (row.grows !== undefined)
                compare(grid().zoom > 1, row.grows);
            for (const item of [button(), part("tally-info")]) {
                tryVerify(() => item.width > 0 && item.mapToItem(dashboard, item.width, 0).x <= scene.width);
                verify(item.mapToItem(dashboard, 0, 0).x >= 0);
            }
            const text = findChild(button(), "monitorSummary");
            verify(text.mapToItem(button(), text.width, 0).x <= button().width);
            verify(!text.truncated);
            tryVerify(() => grid().width <= scene.width);
            const close = part("monitorsClose");
            verify(close.mapToItem(dashboard, close.width, 0).x <= scene.width);
            for (const name of ["monitorName", "monitorAge"]) {
                const line = findChild(tile(0), name);
                const corner = line.mapToItem(tile(0), line.width, line.height);
                verify(corner.x <= tile(0).width && corner.y <= tile(0).height, name);
            }
        }
    }
}
