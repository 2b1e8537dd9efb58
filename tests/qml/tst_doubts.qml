// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// What may be missing although the list is live: counted in the status bar, explained on a click
/// or a key.
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
        name: "Doubts"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            test.server = createTemporaryObject(serverComponent, scene);
            test.dashboard = createTemporaryObject(dashboardComponent, scene, {server: test.server.url});
            tryVerify(() => test.dashboard.feed.live);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function popup() { return findChild(part("statusBar"), "doubtsPopup"); }
        function lines() {
            const list = findChild(popup().contentItem, "doubtList");
            list.forceLayout();
            const result = [];
            for (let i = 0; i < list.count; ++i)
                result.push(list.itemAtIndex(i));
            return result;
        }

        function test_nothingIsSaidWhereNothingIsInDoubt() {
            verify(!part("doubtButton").visible);
            server.sendOther("presence");
            server.sendOther("monitor.status-changed");
            server.sendGarbage();
            // In order: by now the others have been seen, and are known words with data that are not.
            tryVerify(() => dashboard.feed.doubts.rejectedMessages > 0);
            compare(dashboard.feed.doubts.unknownMessages, 0);
        }

        function test_countsEachKindAndExplainsItOnAClick() {
            server.sendGarbage();
            server.sendGarbage();
            server.sendOther("weather.changed");
            server.raise("silent", "Nothing has been heard from grafana for more than 5 min", "warning",
                {source: "gateway", service: "grafana", createdAt: Date.now() - 60000});
            const button = part("doubtButton");
            tryVerify(() => button.visible && button.text.includes("1 silent source")
                && button.text.includes("2 messages rejected") && button.text.includes("1 message unknown"));
            tryVerify(() => button.width > 0 && button.height > 0);
            verify(button.Accessible.name.includes("2 messages rejected"));
            verify(button.Accessible.description.includes("E"));
            mouseClick(button);
            tryVerify(() => popup().opened);
            tryVerify(() => lines().length === 3 && lines().every(line => line !== null));
            const all = lines();
            const server_ = test.server.url.replace("ws://", "").replace("/ws", "");
            verify(all[0].Accessible.name.startsWith("Silent source: Nothing has been heard from grafana"));
            for (const line of all) {
                verify(line.Accessible.description.includes(server_), line.Accessible.description);
                verify(/\d\d:\d\d:\d\d/.test(findChild(line, "doubtOccasion").text));
                verify(findChild(line, "doubtAdvice").text.length > 20);
                compare(line.Accessible.role, Accessible.ListItem);
            }
            const rejected = all.find(line => line.word === "Message rejected");
            compare(rejected.times, 2);
            const unknown = all.find(line => line.word === "Message unknown");
            verify(unknown.what.includes("weather.changed"));
            mouseClick(findChild(popup().contentItem, "doubtsClose"));
            tryVerify(() => !popup()?.visible);

            // A source that is heard again is silent no more.
            server.resolve("silent");
            tryVerify(() => !button.text.includes("silent"));
        }

        function test_saysThatAServerSendsNoList() {
            test.server.goAway();
            tryVerify(() => !test.dashboard.feed.live);
            test.dashboard.destroy();
            test.server.plain = true;
            test.server.comeBack();
            test.dashboard = createTemporaryObject(dashboardComponent, scene, {server: test.server.url});
            tryVerify(() => {
                test.server.resolve("never heard of");
                return test.dashboard.feed.live;
            });
            tryVerify(() => part("emptyHeadline")?.text.startsWith("No incident heard of since"));
            compare(part("activeCountNumber").text, "–");
            verify(!findChild(test.dashboard, "firstSteps")?.visible);
            const button = part("doubtButton");
            tryVerify(() => button.visible && button.text.includes("no list from the server"));
            mouseClick(button);
            tryVerify(() => popup().opened);
            tryVerify(() => lines().length === 1 && lines()[0]);
            const line = lines()[0];
            verify(line.Accessible.name.startsWith("No list from the server: "), line.Accessible.name);
            verify(/heard since .*\d\d:\d\d:\d\d/.test(findChild(line, "doubtOccasion").text));
            verify(findChild(line, "doubtAdvice").text.includes("gateway"));
        }

        function test_aWholeListMakesGoodWhatCouldNotBeRead() {
            server.sendGarbage();
            server.sendOther("weather.changed");
            const button = part("doubtButton");
            tryVerify(() => button.text.includes("1 message rejected") && button.text.includes("1 message unknown"));
            server.goAway();
            tryVerify(() => !test.dashboard.feed.live);
            verify(test.dashboard.feed.doubts.count === 2);
            server.comeBack();
            tryVerify(() => test.dashboard.feed.live);
            tryCompare(test.dashboard.feed.doubts, "summary", "");
            compare(test.dashboard.feed.doubts.count, 0);
            // What comes behind it counts again.
            server.sendGarbage();
            tryCompare(test.dashboard.feed.doubts, "summary", "1 message rejected");
        }

        function test_isReachedAndLeftByKeys() {
            part("incidentList").forceActiveFocus();
            keyClick(Qt.Key_E);
            verify(!popup()?.visible);
            server.sendGarbage();
            tryVerify(() => part("doubtButton").visible);
            keyClick(Qt.Key_E);
            tryVerify(() => popup().opened);
            tryVerify(() => findChild(popup().contentItem, "doubtList").activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
            part("doubtButton").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            tryVerify(() => popup().opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
        }

        function test_fitsIntoANarrowWindow() {
            scene.width = 400;
            server.sendGarbage();
            server.sendOther("weather.changed");
            server.raise("silent", "Nothing has been heard from grafana", "warning", {source: "gateway"});
            const button = part("doubtButton");
            tryVerify(() => button.visible && button.text.includes("silent") && button.text.includes("unknown"));
            tryVerify(() => button.contentItem.lineCount > 1);
            verify(!button.contentItem.truncated);
            const bar = part("statusBar");
            verify(button.mapToItem(bar, button.width, 0).x <= bar.width);
            tryVerify(() => bar.height >= button.mapToItem(bar, 0, button.height).y);
            scene.width = 1280;
        }
    }
}
