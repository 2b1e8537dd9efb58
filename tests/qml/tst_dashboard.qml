// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The whole screen, on a real connection to a server that does what it is told.
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
        name: "LiveDashboard"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function open() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene, {server: test.server.url});
            return test.dashboard;
        }
        function part(name) { return findChild(test.dashboard, name); }
        function titles() {
            const list = part("incidentList");
            list.forceLayout();
            const result = [];
            for (let i = 0; i < list.count; ++i)
                result.push(findChild(list.itemAtIndex(i), "rowTitle").text);
            return result;
        }

        /// What the program around it knows to be missing is no calm.
        function test_anEmptyListInDoubtIsNotCalm() {
            open();
            tryVerify(() => dashboard.feed.calm);
            const state = () => findChild(test.dashboard, "emptyState");
            tryVerify(() => state() !== null && state().calm);
            dashboard.doubt = "Some servers cannot be read.";
            compare(state().calm, false);
            compare(state().reason, "Some servers cannot be read.");
            dashboard.doubt = "";
            compare(state().calm, true);
            dashboard.notice = "Another program has the port.";
            compare(state().calm, true);
            dashboard.noticeIsTrouble = true;
            compare(state().calm, false);
        }
        function test_showsTheWorstAndNewestFirst() {
            server.raise("a", "Old warning", "warning", {createdAt: 1000});
            server.raise("b", "Information", "info", {createdAt: 5000});
            server.raise("c", "Old critical", "critical", {createdAt: 2000});
            server.raise("d", "New critical", "critical", {createdAt: 3000});
            server.raise("e", "No known word", "catastrophic", {createdAt: 4000});
            open();
            tryVerify(() => part("incidentList").count === 5);
            compare(titles(), ["New critical", "Old critical", "Old warning", "No known word", "Information"]);
            compare(part("activeCountNumber").text, "5");
            verify(!part("agedBanner").visible);
        }

        function test_aRowTellsAllOfIt() {
            server.raise("a", "Database timeout on db-3", "critical",
                {service: "orders-db", source: "alertmanager", count: 12, createdAt: Date.now() - 125000,
                 status: "acknowledged", acknowledgedBy: "Anna"});
            open();
            tryVerify(() => part("incidentList").itemAtIndex(0) !== null);
            const row = part("incidentList").itemAtIndex(0);
            compare(findChild(row, "rowSeverity").text, "CRITICAL");
            tryVerify(() => findChild(row, "rowAge").text === "2 min");
            compare(row.Accessible.name, "Critical: Database timeout on db-3");
            for (const word of ["orders-db", "alertmanager", "2 minutes", "12 times", "Acknowledged by Anna"])
                verify(row.Accessible.description.includes(word), row.Accessible.description);
        }

        function test_titlesAreTextAndNotMarkup() {
            server.raise("a", "<b>bold</b> <img src='http://h.example/x.png'>", "info");
            open();
            tryVerify(() => part("incidentList").count === 1);
            const title = findChild(part("incidentList").itemAtIndex(0), "rowTitle");
            compare(title.textFormat, Text.PlainText);
        }

        function test_rowsComeAndGoAndAreWholeAfterwards() {
            open();
            tryVerify(() => dashboard.feed.calm);
            for (let round = 0; round < 3; ++round) {
                for (let i = 0; i < 6; ++i)
                    server.raise("u" + i, "Incident " + i, i % 2 ? "warning" : "critical");
                tryVerify(() => part("incidentList").count === 6);
                for (let i = 0; i < 3; ++i)
                    server.resolve("u" + i);
                tryVerify(() => part("incidentList").count === 3);
                for (let i = 0; i < 3; ++i)
                    server.raise("v" + i, "Later " + i, "critical");
                tryVerify(() => part("incidentList").count === 6);
                // However the movements crossed each other, every row ends up whole and in its place.
                tryVerify(() => {
                    const list = part("incidentList");
                    for (let i = 0; i < list.count; ++i) {
                        const row = list.itemAtIndex(i);
                        if (!row || row.opacity !== 1 || row.y !== i * (row.height + list.spacing))
                            return false;
                    }
                    return true;
                });
                for (const uuid of ["u3", "u4", "u5", "v0", "v1", "v2"])
                    server.resolve(uuid);
                tryVerify(() => dashboard.feed.calm);
            }
        }

        function test_aListThatArrivesAsAWholeIsThereAtOnce() {
            server.raise("a", "Critical", "critical");
            server.raise("b", "Warning", "warning");
            open();
            const list = part("incidentList");
            tryVerify(() => list.count === 2 && list.itemAtIndex(0) !== null && list.itemAtIndex(1) !== null);
            compare(list.itemAtIndex(0).opacity, 1);
            compare(list.itemAtIndex(1).opacity, 1);
            // What comes to it later fades in, and so on until it is empty.
            tryVerify(() => list.fading);
            server.resolve("a");
            server.resolve("b");
            tryVerify(() => list.count === 0 && !list.fading);
        }

        function test_neverAFalseCalm() {
            server.answersJoins = false;
            open();
            tryVerify(() => dashboard.feed.connections.status === ConnectionModel.CatchingUp);
            tryVerify(() => part("emptyScreen").visible);
            verify(!part("emptyHeadline").text.includes("No active incidents"));
            compare(part("activeCountNumber").text, "–");
            verify(!part("firstSteps")?.visible);

            server.answersJoins = true;
            server.goAway();
            tryVerify(() => dashboard.feed.connections.status !== ConnectionModel.CatchingUp);
            server.comeBack();
            tryVerify(() => dashboard.feed.calm, 10000);
            verify(part("emptyHeadline").text.startsWith("No active incidents since "));
            verify(part("firstSteps")?.visible);

            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            verify(!part("emptyHeadline").text.includes("No active incidents"));
            verify(part("agedBanner").visible);
        }

        function test_keepsTheListWhenNotLiveAndSaysHowOldItIs() {
            server.raise("a", "Disk full", "critical");
            open();
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 1);
            server.goAway();
            tryVerify(() => part("agedBanner").visible);
            verify(part("agedBanner").text.startsWith("Not live: as of "));
            verify(part("incidentList").visible);
            verify(!part("emptyScreen").visible);
            compare(titles(), ["Disk full"]);
            tryCompare(part("statusWord"), "text", "Reconnecting");

            // Each second it is older.
            const before = part("agedBanner").text;
            tryVerify(() => part("agedBanner").text !== before);

            server.comeBack();
            const button = part("retryNow");
            tryVerify(() => button.visible || dashboard.feed.live, 10000);
            if (button.visible)
                mouseClick(button);
            tryVerify(() => dashboard.feed.live, 30000);
            verify(!part("agedBanner").visible);
            compare(titles(), ["Disk full"]);
            compare(part("statusWord").text, "Live");
        }

        function test_marksADemonstrationWhoeverPlaysIt() {
            open();
            tryVerify(() => dashboard.feed.live);
            verify(!part("demonstrationBanner").visible);
            server.raise("a", "Made up", "critical", {source: "demonstration"});
            tryVerify(() => part("demonstrationBanner").visible);
            verify(!part("stopDemonstration").visible);
            dashboard.demonstrationRunning = true;
            verify(part("stopDemonstration").visible);
            dashboard.demonstrationRunning = false;
            server.resolve("a");
            tryVerify(() => !part("demonstrationBanner").visible);
        }

        function test_theKeyboardMovesThroughTheListAndStaysWithItsIncident() {
            for (let i = 0; i < 40; ++i)
                server.raise("w" + i, "Warning " + i, "warning", {createdAt: 1000 + i});
            open();
            const list = part("incidentList");
            tryVerify(() => list.count === 40);
            list.forceActiveFocus(Qt.TabFocusReason);
            compare(list.currentIndex, -1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            const title = findChild(list.currentItem, "rowTitle").text;
            verify(list.currentItem.current);
            server.raise("top", "A critical one above", "critical");
            tryVerify(() => list.count === 41);
            compare(findChild(list.currentItem, "rowTitle").text, title);
            keyClick(Qt.Key_End);
            compare(findChild(list.currentItem, "rowTitle").text, "Warning 0");
            keyClick(Qt.Key_Home);
            compare(findChild(list.currentItem, "rowTitle").text, "A critical one above");
        }

        function test_saysWhyAnAddressIsNone() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene, {server: "http://h.example"});
            tryVerify(() => part("problemNotice").visible);
            verify(part("problemNotice").text.includes("http://h.example"));
            tryVerify(() => part("emptyScreen").visible);
            verify(!part("emptyHeadline").text.includes("No active incidents"));
        }
    }
}
