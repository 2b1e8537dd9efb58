// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// What changes with the language: how numbers and keys are written, and how much room words take.
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
            alarmOffered: true
            alarmActive: false
        }
    }

    TestCase {
        id: test
        name: "Languages"
        when: windowShown

        readonly property bool german: Qt.locale().name.startsWith("de")
        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            scene.height = 720;
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function raise(count) {
            for (let i = 0; i < count; ++i)
                server.raise("u" + i, "Incident " + i, i % 3 === 0 ? "critical" : "warning", {createdAt: 1764230400000});
        }
        function open() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(), firstStepsOffered: false,
                 savedFiltersFile: server.scratchFile("filters"), alarmSettingsFile: server.scratchFile("alarm")});
            tryVerify(() => dashboard.feed.live, 20000);
        }
        function part(name) { return findChild(test.dashboard, name); }
        /// All texts beneath `item` that can be seen.
        function texts(item) {
            if (!item.visible)
                return [];
            let found = item.text !== undefined ? [String(item.text)] : [];
            for (let i = 0; i < item.children.length; ++i)
                found = found.concat(texts(item.children[i]));
            return found;
        }

        function test_longNumbersAreInGroups() {
            raise(1503);
            server.activity = [{at: Date.now() - 3600000, critical: 2750, resolved: 1250}];
            open();
            const separated = (thousands, rest) => thousands + (test.german ? "." : ",") + rest;
            const all = separated("1", "503");
            tryCompare(part("activeCountNumber"), "text", all);
            verify(part("activeCountNumber").parent.Accessible.name.startsWith(all + " "));
            verify(texts(part("tally-warning")).includes(separated("1", "002")));
            verify(texts(part("tally-critical")).includes("501"));
            verify(part("tally-warning").Accessible.name.startsWith(separated("1", "002") + " "));
            tryVerify(() => part("activityBars").summary.includes(separated("2", "750")), 5000, part("activityBars").summary);
            verify(part("activityBars").summary.includes(separated("1", "250")), part("activityBars").summary);
            dashboard.filter = "severity:warning";
            tryVerify(() => part("hiddenNotice").visible);
            tryVerify(() => part("hiddenText").text.includes(separated("1", "002")), 5000, part("hiddenText").text);
            verify(part("hiddenText").text.includes(all), part("hiddenText").text);
            dashboard.filter = "nothing of that";
            tryVerify(() => part("nothingMatches").visible);
            verify(texts(part("nothingMatches")).some(text => text.includes(all)), texts(part("nothingMatches")));
        }
        function test_keysAreCalledAsOnTheKeyboard() {
            compare(Words.key("Ctrl+K"), test.german ? "Strg+K" : "Ctrl+K");
            compare(Words.key("Shift+Up"), test.german ? "Umschalt+Pfeil auf" : "Shift+Up");
            compare(Words.key("Del"), test.german ? "Entf" : "Del");
            compare(Words.key("?"), "?");
            open();
            keyClick("?");
            const sheet = part("keySheet");
            tryCompare(sheet, "opened", true);
            const told = texts(sheet.contentItem);
            verify(told.includes(test.german ? "Strg+K" : "Ctrl+K"), told);
            const foreign = told.filter(text => /Ctrl|Shift|Space|Del\b|PgUp|Home/.test(text));
            compare(foreign.length > 0, !test.german, foreign);
            keyClick(Qt.Key_Escape);
            tryCompare(sheet, "visible", false);

            // As it is called, and as it is pressed.
            keyClick(Qt.Key_K, Qt.ControlModifier);
            const palette = part("commandPalette");
            tryCompare(palette, "opened", true);
            tryVerify(() => texts(palette.contentItem).includes(test.german ? "Strg+K" : "Ctrl+K"));
        }
        function test_oftenStandsClearOfWho() {
            server.raise("a", "Disk full", "critical", {createdAt: 1764230400000, count: 123456,
                status: "acknowledged", acknowledgedBy: "Anna"});
            open();
            tryVerify(() => part("incidentList").itemAtIndex(0) !== null);
            const row = part("incidentList").itemAtIndex(0);
            const times = findChild(row, "rowTimes");
            compare(times.text, test.german ? "×123.456" : "×123,456");
            tryVerify(() => times.implicitWidth <= times.width);
            const who = findChild(row, "rowAcknowledgement");
            tryVerify(() => who.mapToItem(row, who.width, 0).x < times.mapToItem(row, 0, 0).x);
        }
        function test_orderAndGroupAreNotCutOff_data() {
            return [{tag: "wide", width: 1280, height: 720}, {tag: "narrow", width: 400, height: 800},
                {tag: "very narrow", width: 320, height: 800}];
        }
        function test_orderAndGroupAreNotCutOff(data) {
            raise(3);
            scene.width = data.width;
            scene.height = data.height;
            open();
            for (const name of ["orderChoice", "groupChoice"]) {
                const choice = part(name);
                for (let i = 0; i < choice.count; ++i) {
                    choice.activated(i);
                    tryCompare(choice, "currentIndex", i);
                    tryVerify(() => !choice.contentItem.truncated, 5000, choice.displayText);
                    const left = choice.mapToItem(scene, 0, 0).x;
                    verify(left >= 0 && left + choice.width <= scene.width, choice.displayText);
                }
            }
        }
        function test_theLargeNumbersWordsStandInOneLine_data() {
            return [{tag: "few", count: 7, monitors: false}, {tag: "many", count: 12345, monitors: false},
                {tag: "many, with monitors", count: 12345, monitors: true},
                {tag: "on a phone", count: 30, monitors: false, width: 400, height: 800}];
        }
        function test_theLargeNumbersWordsStandInOneLine(data) {
            scene.width = data.width ?? 1280;
            scene.height = data.height ?? 720;
            raise(data.count);
            if (data.monitors) {
                server.changeMonitor("Shop front", "down");
                server.changeMonitor("web", "up");
            }
            open();
            tryCompare(dashboard.feed.incidents, "count", data.count);
            tryVerify(() => part("monitorButton").visible === data.monitors);
            const words = part("activeCountWords");
            tryCompare(words, "lineCount", 1);
            verify(!words.truncated);
            const tally = part("severityTally");
            if (data.width)
                return;
            tryVerify(() => tally.mapToItem(scene, 0, 0).x >= words.mapToItem(scene, words.width, 0).x);
            const bell = part("alarmBell");
            verify(bell.mapToItem(scene, bell.width, 0).x <= scene.width);
            verify(tally.mapToItem(scene, tally.width, 0).x <= bell.mapToItem(scene, 0, 0).x);
        }
    }
}
