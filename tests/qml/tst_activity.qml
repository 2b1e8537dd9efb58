// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The histogram of the last 24 hours: what it tells, that it filters, and where it stands back.
Item {
    id: scene
    width: 1280
    height: 720

    property bool mirrored: false
    LayoutMirroring.enabled: scene.mirrored
    LayoutMirroring.childrenInherit: true

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
        name: "Activity"
        when: windowShown

        readonly property int quarter: 15 * 60 * 1000
        property double present
        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            // It stands still, so that what happens now is still of now when it is looked at.
            test.present = Date.now();
            scene.width = 1280;
            scene.height = 720;
            scene.mirrored = false;
            test.server = createTemporaryObject(serverComponent, scene);
            const now = Math.floor(test.present / quarter) * quarter;
            server.activity = [
                {at: now - 4 * quarter, critical: 2, warning: 1, resolved: 1},
                {at: now - 20 * quarter, info: 7, unknown: 1},
                {at: now - 200 * quarter, info: 99}
            ];
            server.raise("u0", "Now", "critical", {createdAt: test.present});
            server.raise("u1", "An hour ago", "warning", {createdAt: now - 4 * quarter + 60000});
            server.raise("u2", "Long ago", "info", {createdAt: now - 300 * quarter});
        }
        function open(properties) {
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                Object.assign({server: server.url, tokenFile: server.tokenFile(),
                    savedFiltersFile: server.scratchFile("filters")}, properties));
            dashboard.feed.activity.now = new Date(test.present);
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 3);
            tryVerify(() => histogram().visible && bars().count > 0);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function histogram() { return part("activityHistogram"); }
        function bars() { return part("activityBars"); }
        /// The bar of what was `quarters` ago.
        function barOf(quarters) {
            const at = (Math.floor(test.present / quarter) - quarters) * quarter;
            for (let i = 0; i < bars().count; ++i) {
                if (bars().beginOf(i).getTime() <= at && at < bars().endOf(i).getTime())
                    return i;
            }
            return -1;
        }
        function textOf(bar) {
            bars().current = bar;
            return bars().currentText;
        }

        function test_tellsWhatTheServerHasCounted() {
            open();
            tryVerify(() => bars().summary.includes("11 opened, 1 resolved"), 5000, bars().summary);
            compare(bars().count, 96);
            compare(histogram().Accessible.name, bars().summary);
            tryVerify(() => !findChild(histogram(), "activitySince").visible);
            const text = textOf(barOf(4));
            verify(/3 opened \(2 critical, 1 warning.*\), 1 resolved/.test(text), text);
            verify(textOf(barOf(3)).includes("0 opened, 0 resolved"), textOf(barOf(3)));
        }
        function test_tellsOfTheWholeDayWhateverTheWidth_data() {
            return [{tag: "wide", width: 1280, count: 96}, {tag: "less wide", width: 700, count: 48}];
        }
        function test_tellsOfTheWholeDayWhateverTheWidth(data) {
            // The first bar begins later than a day ago, up to its length.
            server.activity = [{at: Math.floor((test.present - 96 * quarter + 1) / quarter) * quarter, critical: 4, resolved: 2}];
            open();
            scene.width = data.width;
            tryCompare(bars(), "count", data.count);
            tryVerify(() => bars().summary === "Last 24 hours: 4 opened, 2 resolved.", 5000, bars().summary);
            // A quarter later it was not in the last day.
            dashboard.feed.activity.now = new Date(test.present + quarter);
            compare(bars().summary, "Last 24 hours: 0 opened, 0 resolved.");
        }
        function test_countsWhatHappens() {
            open();
            tryVerify(() => bars().summary.includes("11 opened, 1 resolved"));
            server.raise("u3", "New", "critical", {createdAt: test.present});
            tryVerify(() => bars().summary.includes("12 opened, 1 resolved"), 5000, bars().summary);
            server.raise("u3", "New and changed", "critical", {createdAt: test.present});
            server.resolve("u3");
            tryVerify(() => bars().summary.includes("12 opened, 2 resolved"), 5000, bars().summary);
            verify(textOf(bars().count - 1).includes("1 opened (1 critical), 1 resolved"));
        }
        function test_goesOnWithTheClock() {
            open();
            tryVerify(() => bars().summary.includes("11 opened, 1 resolved"));
            const last = bars().beginOf(bars().count - 1).getTime();
            dashboard.feed.activity.now = new Date(test.present + test.quarter);
            compare(bars().count, 96);
            compare(bars().beginOf(bars().count - 1).getTime(), last + test.quarter);
            verify(textOf(95).includes("0 opened, 0 resolved"), textOf(95));
            dashboard.feed.activity.now = new Date(test.present + 77 * test.quarter);
            verify(bars().summary.includes("3 opened, 1 resolved"), bars().summary);
        }
        function test_asksAnewAfterAnInterruption() {
            open();
            tryVerify(() => bars().summary.includes("11 opened, 1 resolved"));
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            verify(histogram().visible, "aged, it stays");
            tryVerify(() => bars().opacity < 1);
            server.activity = [{at: test.present, critical: 5}];
            server.comeBack();
            tryVerify(() => dashboard.feed.live, 20000);
            tryVerify(() => bars().summary.includes("5 opened, 0 resolved"), 5000, bars().summary);
            compare(bars().opacity, 1);
        }
        function test_countsARoomThatWasLeftNoMore() {
            open({rooms: ["account:acme", "account:left"]});
            tryVerify(() => bars().summary.includes("11 opened, 1 resolved"));
            // What the server knows of the one that stays.
            server.activity = [{at: test.present, critical: 5}];
            dashboard.rooms = ["account:acme"];
            verify(dashboard.feed.live);
            tryVerify(() => bars().summary.includes("5 opened, 0 resolved"), 5000, bars().summary);
        }
        function test_saysSinceWhenWhereTheServerDoesNotKnow() {
            server.activityAnswer = "unknown_type";
            open();
            const since = findChild(histogram(), "activitySince");
            tryVerify(() => since.visible && since.text.startsWith("Counted since "), 5000, since.text);
            tryVerify(() => bars().summary.includes("0 opened, 0 resolved"));
            server.raise("u3", "New", "critical", {createdAt: test.present});
            tryVerify(() => bars().summary.includes("1 opened, 0 resolved"), 5000, bars().summary);
        }
        function test_aClickFilters() {
            open();
            const bar = barOf(4);
            const x = bars().middleOf(bar);
            mouseMove(bars(), x, 10);
            tryCompare(bars(), "current", bar);
            mouseClick(bars(), x, 10);
            tryCompare(dashboard.feed.incidents, "shownCount", 1);
            verify(dashboard.filter.startsWith("opened:"), dashboard.filter);
            compare(part("filterError").visible, false);
            compare(histogram().chosenFrom.getTime(), bars().beginOf(bar).getTime());
            compare(histogram().chosenTo.getTime(), bars().endOf(bar).getTime());
            mouseClick(bars(), x, 10);
            tryCompare(dashboard.feed.incidents, "shownCount", 3);
            compare(dashboard.filter, "");
        }
        function test_aDragFiltersASpan() {
            open();
            const first = bars().middleOf(barOf(5));
            const last = bars().middleOf(barOf(0));
            mousePress(bars(), last, 10);
            mouseMove(bars(), (first + last) / 2, 10);
            mouseMove(bars(), first, 10);
            mouseRelease(bars(), first, 10);
            tryCompare(dashboard.feed.incidents, "shownCount", 2);
            compare(histogram().chosenFrom.getTime(), bars().beginOf(barOf(5)).getTime());
        }
        function test_keysGoFromBarToBar() {
            open();
            mouseMove(scene, 10, scene.height - 10);
            histogram().forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_End);
            compare(bars().current, 95);
            for (let i = 0; i < 4; ++i)
                keyClick(Qt.Key_Left);
            compare(bars().current, barOf(4));
            compare(histogram().Accessible.description, bars().currentText);
            keyClick(Qt.Key_Return);
            tryCompare(dashboard.feed.incidents, "shownCount", 1);
            keyClick(Qt.Key_Home);
            compare(bars().current, 0);
            keyClick(Qt.Key_Left);
            compare(bars().current, 0);
            keyClick(Qt.Key_Right);
            compare(bars().current, 1);
            part("incidentList").forceActiveFocus();
            compare(bars().current, -1);
        }
        function test_runsFromTheRightWhereTheLanguageDoes() {
            open();
            mouseMove(scene, 10, scene.height - 10);
            compare(bars().barAt(1), 0);
            scene.mirrored = true;
            tryCompare(bars(), "mirrored", true);
            compare(bars().barAt(1), bars().count - 1);
            compare(bars().barAt(bars().middleOf(7)), 7);
            histogram().forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_End);
            keyClick(Qt.Key_Right);
            compare(bars().current, bars().count - 2);
            mouseClick(bars(), bars().middleOf(barOf(4)), 10);
            tryCompare(dashboard.feed.incidents, "shownCount", 1);
        }
        function test_standsBackWhereThereIsNoRoom_data() {
            return [
                {tag: "wide", width: 1280, height: 720, seen: true, count: 96},
                {tag: "less wide", width: 700, height: 720, seen: true, count: 48},
                {tag: "narrow", width: 400, height: 800, seen: false},
                {tag: "low", width: 1280, height: 400, seen: false}
            ];
        }
        function test_standsBackWhereThereIsNoRoom(data) {
            open();
            scene.width = data.width;
            scene.height = data.height;
            tryCompare(histogram(), "visible", data.seen);
            if (data.seen)
                tryCompare(bars(), "count", data.count);
        }
    }
}
