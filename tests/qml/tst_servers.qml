// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Servers are entered, tried, changed and removed; and what of that cannot be kept is told.
Item {
    id: scene
    width: 1280
    height: 720

    DeckCase {
        id: test
        name: "Servers"

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
            const third = makeServer();
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
