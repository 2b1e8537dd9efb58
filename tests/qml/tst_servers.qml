// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Servers are entered, tried, shown side by side and left again; settings are found and set.
Item {
    id: scene
    width: 1280
    height: 720

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: windowComponent

        Item {
            property alias book: book
            property alias preferences: preferences
            property alias view: view
            property string own
            property string directory

            anchors.fill: parent

            ServerBook {
                id: book
                file: directory + "settings.ini"
                tokenDirectory: directory + "tokens"
            }
            Preferences {
                id: preferences
                file: directory + "settings.ini"
            }
            DashboardDeck {
                id: view
                anchors.fill: parent
                book: book
                preferences: preferences
                server: own
                rooms: ["account:default"]
                savedFiltersFile: directory + "settings.ini"
                alarmSettingsFile: directory + "alarm.ini"
                focus: true
            }
        }
    }

    TestCase {
        id: test
        name: "Servers"
        when: windowShown

        property ScriptedServer own
        property ScriptedServer other
        property ServerBook book
        property Preferences preferences
        property DashboardDeck view

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            scene.height = 720;
            test.own = createTemporaryObject(serverComponent, scene);
            test.other = createTemporaryObject(serverComponent, scene);
            const all = createTemporaryObject(windowComponent, scene,
                {own: test.own.url, directory: test.own.scratchFile("") + "/"});
            test.book = all.book;
            test.preferences = all.preferences;
            test.view = all.view;
            test.view.forceActiveFocus();
            tryVerify(() => test.view.feed.live);
        }
        function cleanup() {
            Theme.textScale = 1;
        }
        function sheet(name) { return findChild(test.view, name); }
        function openSheet(name) { findChild(test.view, name + "Maker").open(); }
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
            type(entry("connectSheet", "addressField"), test.other.url);
            press(within("connectSheet", "connectButton"));
            tryVerify(() => !sheet("connectSheet")?.visible);
            tryCompare(test.view.deck, "count", 2);
            tryVerify(() => test.view.deck.live);
        }
        function tab(index) {
            return findChild(test.view, "serverTabs").children[index];
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
            look(test.view);
            return all;
        }

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
        function test_triesAServerBeforeItIsSaved() {
            openConnectSheet();
            verify(!within("connectSheet", "testVerdict").visible);
            verify(!within("connectSheet", "testButton").enabled);
            verify(!within("connectSheet", "connectButton").enabled);
            type(entry("connectSheet", "addressField"), test.other.url);
            keyClick(Qt.Key_Return);
            tryVerify(() => sheet("connectSheet").draft.test.works);
            verify(within("connectSheet", "testVerdict").visible);
            verify(within("connectSheet", "verdictHeadline").text.startsWith("It works"));
            compare(test.book.count, 0);
            press(within("connectSheet", "connectButton"));
            tryVerify(() => !sheet("connectSheet")?.visible);
            compare(test.book.count, 1);
            tryVerify(() => test.view.feed.live);
            compare(test.view.feed.server, test.other.url);
            compare(shownDashboards().length, 1);
        }

        function test_triesEachOfSeveralAddresses() {
            const third = createTemporaryObject(serverComponent, scene);
            const gone = third.url;
            third.goAway();
            openConnectSheet();
            type(entry("connectSheet", "addressField"), test.other.url + ", " + gone);
            keyClick(Qt.Key_Return);
            const draft = sheet("connectSheet").draft;
            tryVerify(() => draft.test.works && !draft.testing);
            const further = within("connectSheet", "furtherVerdict");
            verify(further.visible);
            verify(findChild(further, "verdictHeadline").text.startsWith("Nothing answers"));
            compare(draft.furtherTests.length, 1);
            press(within("connectSheet", "connectButton"));
            tryVerify(() => !sheet("connectSheet")?.visible);
            tryVerify(() => test.view.feed.live);
            compare(test.view.feed.server, test.other.url);
            compare(test.view.feed.alternatives, [gone]);
            const line = findChild(findChild(test.view, "savedDashboard"), "connectionPlace");
            verify(line.text.endsWith(", one of 2"), line.text);
        }

        function test_saysInPlaceWhatIsWrong() {
            const gone = test.other.url;
            test.other.goAway();
            openConnectSheet();
            type(entry("connectSheet", "addressField"), "two words");
            verify(findChild(within("connectSheet", "addressField"), "entryHelp").text.includes("two words"));
            verify(!within("connectSheet", "connectButton").enabled);
            type(entry("connectSheet", "addressField"), gone);
            press(within("connectSheet", "testButton"));
            tryVerify(() => sheet("connectSheet").draft.test.verdict === ConnectionTest.Refused);
            verify(within("connectSheet", "verdictHeadline").text.startsWith("Nothing answers"));
            verify(within("connectSheet", "verdictAdvice").visible);
            // A server that is down may be saved all the same.
            verify(within("connectSheet", "connectButton").enabled);
        }

        function test_takesWhatIsSuggested() {
            openConnectSheet();
            // Nothing listens there at the usual port, so a gateway's own is offered.
            type(entry("connectSheet", "addressField"), "ws://127.0.0.3");
            press(within("connectSheet", "testButton"));
            const button = within("connectSheet", "takeSuggestion");
            tryVerify(() => button.visible);
            compare(button.text, "Try ws://127.0.0.3:8787/ws");
            mouseClick(button);
            compare(entry("connectSheet", "addressField").text, "ws://127.0.0.3:8787/ws");
            verify(sheet("connectSheet").draft.test.verdict !== ConnectionTest.None);
        }

        function test_asksWhereATokenIsKept() {
            openConnectSheet();
            verify(!within("connectSheet", "placeBox").visible);
            compare(entry("connectSheet", "tokenField").echoMode, TextInput.Password);
            type(entry("connectSheet", "addressField"), test.other.url);
            type(entry("connectSheet", "tokenField"), "hunter2");
            verify(within("connectSheet", "placeBox").visible);
            // Here is no keyring, which is said.
            compare(within("connectSheet", "placeBox").choices.length, 2);
            verify(within("connectSheet", "keyringProblem").visible);
            press(within("connectSheet", "connectButton"));
            tryVerify(() => test.other.token === "hunter2");
        }

        function test_forgetsWhatWasTypedWhenItIsLeft() {
            openConnectSheet();
            type(entry("connectSheet", "addressField"), "ops.example.com");
            type(entry("connectSheet", "tokenField"), "hunter2");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet("connectSheet")?.visible);
            openConnectSheet();
            compare(entry("connectSheet", "addressField").text, "");
            compare(entry("connectSheet", "tokenField").text, "");
            compare(test.book.count, 0);
        }

        function test_offersItOnTheFirstScreen() {
            const button = findChild(test.view, "connectToServer");
            tryVerify(() => button.visible);
            mouseClick(button);
            tryVerify(() => sheet("connectSheet").opened);
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
            mouseClick(tab(0));
            compare(test.view.deck.current, "own");
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

        function test_hidesAndRemovesAServer() {
            addOther();
            openSheet("serversSheet");
            tryVerify(() => sheet("serversSheet").opened);
            const line = within("serversSheet", "serverLine");
            mouseClick(findChild(line, "shownSwitch"));
            tryCompare(test.view.deck, "count", 1);
            compare(test.view.deck.current, "own");
            mouseClick(findChild(line, "shownSwitch"));
            tryCompare(test.view.deck, "count", 2);

            mouseClick(findChild(line, "removeServer"));
            compare(test.book.count, 1);
            mouseClick(findChild(line, "keepServer"));
            mouseClick(findChild(line, "removeServer"));
            mouseClick(findChild(line, "removeServer"));
            tryCompare(test.book, "count", 0);
            tryCompare(test.view.deck, "count", 1);
        }

        /// What is received on this computer is then not all that there is to see.
        function test_saysThatTheServersCannotBeRead() {
            const notice = findChild(test.view, "bookNotice");
            verify(!notice.visible);
            test.own.obstruct("elsewhere.ini");
            test.book.file = test.own.scratchFile("elsewhere.ini");
            tryVerify(() => notice.visible && notice.height > 0);
            verify(notice.caution);
            verify(notice.text.includes("elsewhere.ini cannot be read"), notice.text);
            openSheet("serversSheet");
            tryVerify(() => sheet("serversSheet").opened);
            compare(within("serversSheet", "serversProblem").text, notice.text);
            // Nor are they looked at where only one is to be shown.
            test.view.serversOffered = false;
            verify(!notice.visible);
        }

        function test_saysWhatCouldNotBeForgotten() {
            addOther();
            const notice = findChild(test.view, "bookFailure");
            verify(!notice.visible);
            openSheet("serversSheet");
            tryVerify(() => sheet("serversSheet").opened);
            test.own.obstruct("settings.ini");
            mouseClick(findChild(within("serversSheet", "serverLine"), "removeServer"));
            mouseClick(findChild(within("serversSheet", "serverLine"), "removeServer"));
            tryCompare(test.book, "count", 0);
            const failure = within("serversSheet", "serversFailure");
            tryVerify(() => failure.visible && failure.height > 0);
            verify(failure.caution);
            verify(failure.text.includes("cannot be written"), failure.text);
            // It is still said when the sheet is gone, until it was read.
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet("serversSheet")?.visible);
            verify(notice.visible);
            press(findChild(notice, "dismissFailure"));
            verify(!notice.visible);
        }

        function test_changesAServer() {
            addOther();
            openSheet("serversSheet");
            tryVerify(() => sheet("serversSheet").opened);
            mouseClick(findChild(within("serversSheet", "serverLine"), "changeServer"));
            tryVerify(() => sheet("connectSheet").opened);
            compare(entry("connectSheet", "addressField").text, test.other.url);
            type(entry("connectSheet", "nameField"), "Shop");
            press(within("connectSheet", "connectButton"));
            tryVerify(() => !sheet("connectSheet")?.visible);
            compare(tab(1).name, "Shop");
            compare(test.book.count, 1);
        }

        function test_setsAndFindsSettings() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            type(entry("settingsSheet", "settingsSearch"), "font");
            compare(test.preferences.count, 1);
            const line = within("settingsSheet", "preferenceLine");
            compare(findChild(line, "preferenceTitle").text, "Text size");
            mouseClick(findChild(line, "more"));
            compare(test.preferences.textPercent, 110);
            compare(findChild(line, "number").text, "110");
            mouseClick(findChild(line, "resetPreference"));
            compare(test.preferences.textPercent, 100);
            type(entry("settingsSheet", "settingsSearch"), "xyzzy");
            verify(within("settingsSheet", "nothingFound").visible);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet("settingsSheet")?.visible);
            compare(test.preferences.search, "");
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
        function test_exportsAndImportsSettings() {
            const file = test.own.scratchFile("out.json");
            verify(test.preferences.set("textSize", 120));
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            within("settingsSheet", "settingsFile").text = file;
            within("settingsSheet", "exportSettings").clicked();
            verify(within("settingsSheet", "fileOutcome").text.includes(file));
            test.preferences.resetAll();
            within("settingsSheet", "importSettings").clicked();
            compare(test.preferences.textPercent, 120);
            within("settingsSheet", "settingsFile").text = file + ".missing";
            within("settingsSheet", "importSettings").clicked();
            verify(within("settingsSheet", "fileOutcome").text.includes("cannot be read"));
        }

        function test_saysThatASettingIsNotKept() {
            scene.height = 400;
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            verify(!within("settingsSheet", "settingsProblem").visible);
            test.own.obstruct("settings.ini");
            within("settingsSheet", "exportSettings").forceActiveFocus(Qt.TabFocusReason);
            verify(test.preferences.set("textSize", 120));
            verify(within("settingsSheet", "settingsProblem").text.includes("settings.ini"));
            tryVerify(() => isSeenIn("settingsSheet", within("settingsSheet", "settingsProblem")));
        }

        function test_whatCameOfTheFileComesIntoView() {
            scene.width = 400;
            scene.height = 400;
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            const outcome = within("settingsSheet", "fileOutcome");
            for (const name of ["a", "b"]) {
                const button = within("settingsSheet", "importSettings");
                button.forceActiveFocus(Qt.TabFocusReason);
                waitForItemPolished(within("settingsSheet", "sheetForm"));
                within("settingsSheet", "settingsFile").text = "missing-" + name;
                button.clicked();
                verify(outcome.text.includes("missing-" + name));
                wait(100); // until all of it has its place
                tryVerify(() => isSeenIn("settingsSheet", outcome));
                // Back to the top, where other things are done.
                entry("settingsSheet", "settingsSearch").forceActiveFocus(Qt.TabFocusReason);
                tryVerify(() => !isSeenIn("settingsSheet", outcome));
            }
            // A setting that is changed there leaves the place as it is.
            verify(test.preferences.choose("theme", 1));
            compare(outcome.text, "");
            tryVerify(() => isSeenIn("settingsSheet", entry("settingsSheet", "settingsSearch")));
        }

        function test_fitsEveryWindow_data() {
            return [{tag: "phone", width: 400, height: 800}, {tag: "small", width: 320, height: 320},
                {tag: "wall", width: 1280, height: 720}];
        }
        function test_fitsEveryWindow(data) {
            addOther();
            scene.width = data.width;
            scene.height = data.height;
            // Its widest line has a button to reset it.
            verify(test.preferences.choose("theme", 0) && test.preferences.choose("reducedMotion", 1));
            for (const name of ["connectSheet", "serversSheet", "settingsSheet"]) {
                openSheet(name);
                const one = sheet(name);
                tryVerify(() => one.opened);
                verify(one.width <= one.surroundings.width, name);
                verify(one.height <= one.surroundings.height, name);
                const form = within(name, "sheetForm");
                tryVerify(() => rightEdge(form, form) <= form.width + 1, 5000, name);
                one.close();
                tryVerify(() => !one.visible);
            }
            for (let i = 0; i < 2; ++i) {
                const one = tab(i);
                tryVerify(() => findChild(test.view, "serverTabs").x + one.x + one.width
                    <= findChild(test.view, "menuButton").x);
            }
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

        function test_whatTheKeyboardGoesToIsSeen() {
            scene.width = 400;
            scene.height = 400;
            openConnectSheet();
            const seen = new Set();
            for (let i = 0; i < 12; ++i) {
                keyClick(Qt.Key_Tab);
                const item = test.view.Window.activeFocusItem;
                const content = sheet("connectSheet").contentItem;
                const place = content.mapFromItem(item, 0, 0);
                verify(place.y >= 0 && place.y + item.height <= content.height, item.objectName);
                seen.add(item);
            }
            // Around all of it: four fields and the button that closes it, at the least.
            verify(seen.size >= 5);
        }

        function test_theVerdictComesIntoView() {
            scene.width = 400;
            scene.height = 400;
            openConnectSheet();
            type(entry("connectSheet", "addressField"), test.other.url);
            keyClick(Qt.Key_Return);
            tryVerify(() => sheet("connectSheet").draft.test.works);
            const content = sheet("connectSheet").contentItem;
            const headline = within("connectSheet", "verdictHeadline");
            tryVerify(() => {
                const top = content.mapFromItem(headline, 0, 0).y;
                return top > 0 && top + headline.height <= content.height;
            });
        }

        function test_theMenuIsReachedByKeys() {
            const button = findChild(test.view, "menuButton");
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            const menu = findChild(test.view, "mainMenu");
            tryVerify(() => menu.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => sheet("serversSheet").opened);
        }
    }
}
