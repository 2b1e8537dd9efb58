// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Filter, order and groups on the whole screen, with real keys and clicks.
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
            width: scene.width
            height: scene.height
            rooms: ["account:acme"]
        }
    }

    Component {
        id: savedComponent
        SavedFilters {}
    }

    TestCase {
        id: test
        name: "Filter"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            test.server = createTemporaryObject(serverComponent, scene);
            server.raise("c1", "Disk full on db-1", "critical", {service: "orders-db", createdAt: 5000});
            server.raise("c2", "Disk full on db-2", "critical", {service: "orders-db", createdAt: 4000});
            server.raise("w1", "Latency", "warning", {service: "checkout", createdAt: 9000});
            server.raise("i1", "Backup done", "info", {createdAt: 1000});
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: test.server.url, savedFiltersFile: test.server.scratchFile("filters.ini")});
            tryVerify(() => part("incidentList").count === 4);
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
        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function test_filtersAsOneTypes() {
            keyClick("/");
            const field = part("filterField");
            tryVerify(() => field.activeFocus);
            compare(field.text, "");
            type("disk");
            compare(titles(), ["Disk full on db-1", "Disk full on db-2"]);
            compare(part("hiddenText").text, "2 of 4 shown, 2 hidden by the filter.");
            compare(part("activeCountNumber").text, "4");
            keyClick(Qt.Key_Escape);
            compare(field.text, "");
            compare(part("incidentList").count, 4);
            verify(!part("hiddenNotice").visible);
            keyClick(Qt.Key_Escape);
            verify(part("incidentList").activeFocus);
            keyClick("f", Qt.ControlModifier);
            verify(field.activeFocus);
        }

        function test_completesByTheKeyboard() {
            keyClick("/");
            type("sev");
            verify(part("filterField").offering);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(part("filterField").text, "severity");
            keyClick(Qt.Key_Tab);
            compare(part("filterField").text, "severity:");
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            compare(part("filterField").text, "severity:warning ");
            compare(titles(), ["Latency"]);
            verify(part("filterField").activeFocus);
            type("s");
            verify(part("filterField").offering);
            keyClick(Qt.Key_Escape);
            verify(!part("filterField").offering);
            compare(part("filterField").text, "severity:warning s");
        }

        function test_completesByTheMouseWithWhatIsSeen() {
            keyClick("/");
            type("service:");
            const input = part("filterBar").input;
            compare(input.completions, ["checkout", "orders-db"]);
            const list = part("filterField").popup.contentItem;
            tryVerify(() => list.itemAtIndex(1) !== null);
            mouseClick(list.itemAtIndex(1));
            compare(part("filterField").text, "service:orders-db ");
            compare(part("incidentList").count, 2);
            // The click was none on the row beneath.
            verify(!part("incidentDetail")?.visible);
        }

        function test_saysWhatIsWrongUnderTheWord() {
            const message = part("filterErrorText");
            verify(!message.visible);
            keyClick("/");
            type("disk severity:bad");
            verify(message.visible);
            verify(message.text.includes("“bad”"), message.text);
            verify(part("errorUnderline").visible);
            // Under the first letter of the word, twelve before the cursor.
            const field = part("filterField");
            const word = field.positionToRectangle(17).x - field.positionToRectangle(5).x;
            tryVerify(() => Math.abs(message.x - (field.cursorRectangle.x - word)) < 2);
            verify(message.x > field.leftPadding);
            // The rest applies without it.
            compare(part("incidentList").count, 2);
            mouseClick(part("clearFilter"));
            verify(!message.visible);
            compare(part("incidentList").count, 4);
        }

        function test_theTallyAsksForASeverityToo() {
            const critical = part("tally-critical");
            verify(!critical.Accessible.checked);
            mouseClick(critical);
            compare(part("filterField").text, "severity:critical");
            compare(titles(), ["Disk full on db-1", "Disk full on db-2"]);
            verify(critical.Accessible.checked && !part("tally-warning").Accessible.checked);
            // With the keyboard as well, and it goes on counting all.
            part("tally-warning").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(part("incidentList").count, 3);
            keyClick(Qt.Key_Space);
            compare(part("filterField").text, "severity:critical");
            compare(part("tally-warning").count, 1);
            waitForRendering(dashboard);
            mouseClick(critical);
            compare(part("filterField").text, "");
            verify(!critical.Accessible.checked);
        }
        function test_chipsAskForMoreAndLess() {
            mouseClick(part("chip-warning"));
            compare(part("filterField").text, "severity:warning");
            verify(part("chip-warning").chosen);
            compare(titles(), ["Latency"]);
            // Two critical ones are hidden, and that is said.
            compare(part("hiddenText").text, "1 of 4 shown, 3 hidden by the filter, of these 2 critical.");
            waitForRendering(dashboard);
            mouseClick(part("chip-critical"));
            compare(part("filterField").text, "severity:warning,critical");
            compare(part("incidentList").count, 3);
            mouseClick(part("chip-warning"));
            mouseClick(part("chip-critical"));
            compare(part("filterField").text, "");
            mouseClick(part("chip-unacknowledged"));
            compare(part("filterField").text, "status:open");
            mouseClick(part("showAll"));
            compare(part("filterField").text, "");
        }

        function test_aFilterMakesNoFalseCalm() {
            keyClick("/");
            type("zzz");
            verify(part("nothingMatches").visible);
            verify(!part("incidentList").visible);
            verify(!part("emptyScreen").visible);
            compare(part("nothingMatchesText").text, "4 active incidents hidden, of these 2 critical.");
            compare(part("activeCountNumber").text, "4");
            // More of them, and fewer, while nothing is shown.
            server.raise("c3", "Another", "critical");
            tryCompare(part("nothingMatchesText"), "text", "5 active incidents hidden, of these 3 critical.");
            mouseClick(part("clearFromNothing"));
            verify(!part("nothingMatches").visible);
            compare(part("incidentList").count, 5);
            // Calm is when there are none, with a filter or without.
            part("filterBar").text = "zzz";
            for (const uuid of ["c1", "c2", "c3", "w1", "i1"])
                server.resolve(uuid);
            tryVerify(() => dashboard.feed.calm);
            verify(!part("nothingMatches").visible);
            verify(part("emptyScreen").visible);
        }

        function test_savesFiltersWithTheirCounts() {
            mouseClick(part("chip-critical"));
            mouseClick(part("saveFilterChip"));
            verify(part("saveFilterName").activeFocus);
            type("Bad ones");
            keyClick(Qt.Key_Return);
            tryVerify(() => part("saved-Bad ones") !== null);
            const chip = part("saved-Bad ones");
            verify(chip.chosen);
            verify(!part("saveFilter").visible);
            tryCompare(chip, "amount", "2");
            part("filterBar").text = "";
            server.resolve("c1");
            tryCompare(chip, "amount", "1");
            mouseClick(chip);
            compare(part("filterField").text, "severity:critical");
            mouseClick(part("forget-Bad ones"));
            tryVerify(() => part("saved-Bad ones") === null);
        }

        function test_keepsWhatAnotherWindowHasSavedMeanwhile() {
            const file = server.scratchFile("filters.ini");
            const other = createTemporaryObject(savedComponent, scene, {file: file});
            const own = part("filterBar").saved;
            other.save("theirs", "severity:warning");
            own.save("mine", "severity:critical");
            compare(own.count, 2);
            compare(createTemporaryObject(savedComponent, scene, {file: file}).count, 2);
            // What was the first row of both is in the file no more.
            own.remove(0);
            other.remove(0);
            compare(createTemporaryObject(savedComponent, scene, {file: file}).count, 1);
            compare(own.data(own.index(0, 0), SavedFilters.NameRole), "mine");
        }

        function test_saysWhereAFilterIsNotKept() {
            const problem = part("savedProblem");
            const own = part("filterBar").saved;
            verify(!problem.visible);
            // No directory, and so nothing can be in it.
            own.file = server.tokenFile() + "/filters.ini";
            own.save("mine", "severity:critical");
            verify(problem.visible && problem.text.includes("cannot be written"));
            compare(own.count, 1);
            own.file = server.scratchFile("filters.ini");
            own.save("mine", "severity:critical");
            verify(!problem.visible);
        }

        function test_sortsAndGroups() {
            const list = part("incidentList");
            const incidents = dashboard.feed.incidents;
            const order = part("orderChoice");
            order.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            compare(incidents.order, IncidentView.Newest);
            compare(titles(), ["Latency", "Disk full on db-1", "Disk full on db-2", "Backup done"]);
            part("groupChoice").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            compare(incidents.group, IncidentView.ByService);
            compare(titles(), ["Latency", "Disk full on db-1", "Disk full on db-2", "Backup done"]);
            compare(list.itemAtIndex(0).mapToItem(dashboard, 0, 0).x, part("filterField").mapToItem(dashboard, 0, 0).x);
            compare(list.itemAtIndex(0).ListView.section, "service:checkout");
            compare(list.itemAtIndex(3).ListView.section, "service:");
        }

        function test_theChosenIncidentStaysChosen() {
            const list = part("incidentList");
            list.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_End);
            compare(list.cursor.uuid, "i1");
            part("filterBar").text = "severity:info";
            tryCompare(list, "currentIndex", 0);
            part("filterBar").text = "severity:critical";
            compare(list.cursor.uuid, "i1");
            tryCompare(list, "currentIndex", -1);
            part("filterBar").text = "";
            tryCompare(list, "currentIndex", 3);
            keyClick(Qt.Key_PageUp);
            compare(list.currentIndex, 0);
            keyClick(Qt.Key_PageDown);
            compare(list.currentIndex, 3);
        }

        function test_whatIsNewAboveIsSaidAndMovesNothing() {
            const list = part("incidentList");
            for (let i = 0; i < 40; ++i)
                server.raise("m" + i, "More " + i, "info", {createdAt: 500 - i});
            tryVerify(() => list.count === 44);
            list.positionViewAtIndex(30, ListView.Beginning);
            tryVerify(() => list.cursor.topRow >= 29);
            const top = list.cursor.topRow;
            const row = findChild(list.itemAtIndex(top + 1), "rowTitle").text;
            const place = list.itemAtIndex(top + 1).mapToItem(scene, 0, 0).y;
            verify(!part("newAbovePill").visible);
            for (let i = 0; i < 12; ++i)
                server.raise("n" + i, "New " + i, i === 0 ? "critical" : "warning");
            tryVerify(() => part("newAbovePill").visible && list.count === 56);
            tryCompare(part("newAbovePill"), "text", "12 new above, critical");
            tryVerify(() => list.cursor.topRow === top + 12);
            const now = list.itemAtIndex(top + 13);
            compare(findChild(now, "rowTitle").text, row);
            tryVerify(() => Math.abs(now.mapToItem(scene, 0, 0).y - place) < 1);
            mouseClick(part("newAbovePill"));
            tryVerify(() => !part("newAbovePill").visible);
            compare(list.cursor.topRow, 0);
        }

        function test_whatBecomesCriticalOutOfSightIsSaid() {
            const list = part("incidentList");
            for (let i = 0; i < 40; ++i)
                server.raise("m" + i, "More " + i, "info", {createdAt: 500 - i});
            tryVerify(() => list.count === 44);
            list.positionViewAtIndex(20, ListView.Beginning);
            tryVerify(() => list.cursor.topRow >= 19);
            const top = list.cursor.topRow;
            const row = findChild(list.itemAtIndex(top + 3), "rowTitle").text;
            verify(!part("newAbovePill").visible);
            // The one before is on the screen, and goes from there to the top.
            const number = Number(findChild(list.itemAtIndex(top + 2), "rowTitle").text.split(" ")[1]);
            server.raise("m" + number, "More " + number, "critical", {createdAt: 500 - number});
            tryVerify(() => part("newAbovePill").visible);
            compare(part("newAbovePill").text, "1 new above, critical");
            tryVerify(() => list.cursor.topRow === top + 1);
            compare(findChild(list.itemAtIndex(top + 3), "rowTitle").text, row);
            server.raise("m" + number, "More " + number, "warning", {createdAt: 500 - number});
            tryCompare(part("newAbovePill"), "text", "1 new above");
            mouseClick(part("newAbovePill"));
            tryVerify(() => !part("newAbovePill").visible);
        }

        function test_fitsANarrowWindow() {
            scene.width = 400;
            part("filterBar").text = "severity:info label.environment=production";
            waitForRendering(dashboard);
            for (const name of ["filterField", "filterChips", "hiddenNotice", "orderChoice", "groupChoice"]) {
                const item = part(name);
                const left = item.mapToItem(dashboard, 0, 0).x;
                verify(left >= 0 && left + item.width <= 400, name + " " + left + " " + item.width);
            }
        }
    }
}
