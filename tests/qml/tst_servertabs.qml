// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Servers side by side: how each of them is, whichever is looked at, and what they have in common.
Item {
    id: scene
    width: 1280
    height: 720

    DeckCase {
        id: test
        name: "ServerTabs"

        function test_saysWhatIsWrongHereBesideAnotherServer() {
            addOther();
            const trouble = findChild(test.view, "troubleNotice");
            test.view.deck.current = "own";
            test.view.notice = "The incidents here cannot be opened.";
            test.view.noticeIsTrouble = true;
            verify(!trouble.visible); // its own dashboard says so
            test.view.deck.step(1);
            tryVerify(() => trouble.visible);
            compare(trouble.text, "The incidents here cannot be opened.");
            verify(trouble.height > 0);
            test.view.noticeIsTrouble = false;
            verify(!trouble.visible);
        }

        function test_callsForEveryServerAsOne() {
            addOther();
            const own = findChild(test.view, "primaryDashboard");
            const other = findChild(test.view, "savedDashboard");
            verify(own.alarm !== other.alarm);
            compare(other.alarmSettings, own.alarmSettings);
            own.alarm.snooze(0);
            verify(other.alarm.snoozed);
            other.alarm.endSnooze();
            verify(!own.alarm.snoozed);

            // A click on what calls leads to the server that it is of.
            own.alarm.showRequested("");
            compare(test.view.deck.current, "own");
            other.alarm.showRequested("");
            verify(test.view.deck.current !== "own");
            verify(other.visible);
        }

        function test_hasOnePersonsFiltersAtEveryServer() {
            addOther();
            const own = findChild(test.view, "primaryDashboard").savedFilters;
            const other = findChild(test.view, "savedDashboard").savedFilters;
            own.save("mine", "severity:critical");
            compare(other.count, 1);
            other.save("theirs", "severity:warning");
            compare(own.count, 2);
            own.remove(0);
            compare(other.count, 1);
            compare(other.data(other.index(0, 0), SavedFilters.NameRole), "theirs");
        }

        function test_opensTheIncidentOfALinkAtWhicheverServerItIs() {
            addOther();
            test.own.raise("a", "Disk full", "critical");
            test.other.raise("b", "Memory full", "critical");
            tryCompare(test.view.deck, "activeCount", 2);
            const notice = findChild(test.view, "linkNotice");
            for (const [uuid, dashboard] of [["a", "primaryDashboard"], ["b", "savedDashboard"]]) {
                test.view.openLinked(uuid);
                tryVerify(() => findChild(test.view, dashboard).visible);
                tryVerify(() => findChild(findChild(test.view, dashboard), "incidentDetail")?.visible);
                compare(findChild(findChild(test.view, dashboard), "incidentDetail").details.uuid, uuid);
                verify(!notice.visible);
            }
            // What is not there is said, until it is read.
            test.view.openLinked("c");
            tryVerify(() => notice.visible);
            verify(notice.text.includes("not among those"));
            press(findChild(notice, "dismissLink"));
            tryVerify(() => !notice.visible);
        }

        function test_tellsHowEachServerIsWhicheverIsLookedAt() {
            verify(!findChild(test.view, "serverBar").visible);
            addOther();
            verify(findChild(test.view, "serverBar").visible);
            compare(test.view.deck.current, test.view.deck.data(test.view.deck.index(1, 0), ServerDeck.KeyRole));
            const first = tab(0);
            compare(findChild(first, "tabState").text, "Live");
            compare(findChild(first, "tabCount").text, "0");
            verify(!findChild(first, "tabWorst").visible);

            test.own.raise("a", "Disk full", "critical");
            tryCompare(findChild(first, "tabCount"), "text", "1");
            verify(findChild(first, "tabWorst").visible);
            compare(findChild(first, "tabWorst").severity, Incident.Critical);

            test.own.goAway();
            tryCompare(findChild(first, "tabState"), "text", "Not live");
            verify(!test.view.deck.live);
            verify(test.view.feed.live);
            verify(first.Accessible.name.includes("not live"));
            compare(findChild(tab(1), "tabState").text, "Live");
        }

        function test_knowsNothingOfAServerThatNeverAnswered() {
            addOther();
            test.other.goAway();
            tryCompare(findChild(tab(1), "tabState"), "text", "Not live");
            compare(findChild(tab(1), "tabCount").text, "–");
        }

        function test_claimsNoZeroOfAServerThatSendsNoList() {
            addOther();
            test.other.goAway();
            tryCompare(findChild(tab(1), "tabState"), "text", "Not live");
            test.other.plain = true;
            test.other.comeBack();
            tryVerify(() => {
                test.other.resolve("never heard of");
                return findChild(tab(1), "tabState").text === "Live";
            }, 30000);
            compare(findChild(tab(1), "tabCount").text, "–");
            verify(tab(1).Accessible.name.endsWith("live, none heard of"), tab(1).Accessible.name);
            verify(test.view.deck.partial);
            test.other.raise("a", "Disk full", "critical");
            tryCompare(findChild(tab(1), "tabCount"), "text", "1");
            verify(tab(1).Accessible.name.endsWith("live, 1 active heard of"), tab(1).Accessible.name);
        }

        function test_changesBetweenThemByKeyAndClick() {
            addOther();
            const later = test.view.deck.current;
            keyClick(Qt.Key_PageUp, Qt.ControlModifier);
            compare(test.view.deck.current, "own");
            compare(shownDashboards().length, 1);
            compare(test.view.feed.server, test.own.url);
            keyClick(Qt.Key_PageDown, Qt.ControlModifier);
            compare(test.view.deck.current, later);
            compare(test.view.deck.chosen, later);
            mouseClick(tab(0));
            compare(test.view.deck.current, "own");
            compare(test.view.deck.chosen, "own");
        }

        function test_keysAreForTheListThatIsSeen() {
            test.own.raise("a", "Disk full", "critical");
            test.other.raise("b", "Down", "critical");
            addOther();
            tryVerify(() => test.view.feed.incidents.shownCount === 1);
            const list = findChild(shownDashboards()[0], "incidentList");
            list.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_X);
            verify(findChild(shownDashboards()[0], "selectionBar")?.visible);
            keyClick(Qt.Key_PageUp, Qt.ControlModifier);
            verify(!findChild(shownDashboards()[0], "selectionBar")?.visible);
        }

        /// What is chosen above one list is so above every list, and at the next start.
        function test_theOrderIsRemembered() {
            addOther();
            const own = findChild(test.view, "primaryDashboard");
            const other = findChild(test.view, "savedDashboard");
            tryCompare(own.feed.incidents, "order", 0);
            own.feed.incidents.order = 1;
            other.feed.incidents.group = 2;
            compare(test.preferences.value("sort"), "newest");
            compare(test.preferences.value("group"), "service");
            compare(other.feed.incidents.order, 1);
            compare(own.feed.incidents.group, 2);
            test.preferences.resetAll();
            compare(own.feed.incidents.order, 0);
            compare(other.feed.incidents.group, 0);
        }

        /// What the program can do beside the dashboard is told with it.
        function test_thePaletteAndTheKeysKnowTheProgram() {
            addOther();
            keyClick(Qt.Key_K, Qt.ControlModifier);
            const palette = findChild(findChild(test.view, "savedDashboard"), "commandPalette");
            tryVerify(() => palette.opened);
            for (const letter of "previous server")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            tryCompare(test.view.deck, "current", "own");
            tryVerify(() => !palette.visible);
            keyClick("?");
            const keys = findChild(findChild(test.view, "primaryDashboard"), "keySheet");
            tryVerify(() => keys.opened);
            let told = [];
            function look(item) {
                if (item.objectName === "programKeyLine" && item.visible)
                    told.push(item.action.text);
                for (let i = 0; i < item.children.length; ++i)
                    look(item.children[i]);
            }
            look(keys.contentItem);
            compare(told, ["Add a server…", "Next server", "Previous server", "Settings…"]);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !keys.visible);
        }

        function test_anIncidentIsSeenBeneathAllTabs_data() {
            return [
                {tag: "two in large letters", width: 1280, height: 720, scale: 3, servers: 2},
                {tag: "three in large letters", width: 1280, height: 720, scale: 3, servers: 3},
                {tag: "many on a phone", width: 400, height: 800, scale: 1, servers: 13},
                {tag: "many on a phone in large letters", width: 400, height: 800, scale: 2, servers: 13},
            ];
        }

        function test_anIncidentIsSeenBeneathAllTabs(data) {
            test.own.raise("a", "Disk full", "critical");
            tryCompare(test.view.feed.incidents, "count", 1);
            for (let i = 1; i < data.servers; ++i)
                test.view.deck.put(`more-${i}`, `Customer ${i} production`, test.view.primaryFeed);
            compare(test.view.deck.count, data.servers);
            test.view.deck.current = "own";
            Theme.textScale = data.scale;
            scene.width = data.width;
            scene.height = data.height;
            // Layouts in layouts need some frames to settle.
            for (let frame = 0; frame < 4; ++frame)
                waitForRendering(scene, 50);
            const bar = findChild(test.view, "serverBar");
            const most = Math.max(scene.height / 4, tab(0).height + 2 * Theme.small);
            tryVerify(() => bar.height > 0 && bar.height <= most + 1, 5000, `${bar.height} of ${most}`);
            const row = () => findChild(findChild(test.view, "primaryDashboard"), "incidentList").itemAtIndex(0);
            tryVerify(() => row()?.height > 0);
            const list = findChild(findChild(test.view, "primaryDashboard"), "incidentList");
            tryVerify(() => list.height >= Math.min(row().height, 80 * data.scale), 2000,
                `${list.height} for a row of ${row().height}`);
            const isSeen = item => {
                const place = bar.mapFromItem(item, 0, 0);
                return place.y >= 0 && place.y + item.height <= bar.height;
            };
            // Whichever is shown is in sight, and what the keyboard goes to.
            for (let i = 0; i < data.servers; ++i) {
                tryVerify(() => tab(i).current && isSeen(tab(i)), 2000, `tab ${i} of ${data.servers}`);
                keyClick(Qt.Key_PageDown, Qt.ControlModifier);
            }
            tab(0).forceActiveFocus(Qt.TabFocusReason);
            for (let i = 0; i < data.servers; ++i) {
                verify(tab(i).activeFocus && isSeen(tab(i)), `focus on ${i} of ${data.servers}`);
                keyClick(Qt.Key_Tab);
            }
        }
    }
}
