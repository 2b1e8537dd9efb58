// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// A wall's pages turn, a new critical incident is shown at once, and what there is no room for is
/// counted.
Item {
    id: scene
    width: 1280
    height: 720

    // They outlive the walls that show them.
    WallPages {
        id: warningsThenAll
        WallPage { title: "Warnings"; filter: "severity:warning"; seconds: 3600 }
        WallPage { title: "All"; seconds: 3600 }
    }
    WallPages {
        id: quickPages
        WallPage { title: "First"; seconds: 1 }
        WallPage { title: "Second"; view: WallPage.Monitors; seconds: 1 }
        WallPage { title: "Third"; view: WallPage.Activity; seconds: 1 }
    }
    WallPages {
        id: oldestFirst
        WallPage { order: IncidentView.Oldest; seconds: 3600 }
    }
    WallPages {
        id: grouped
        WallPage { group: IncidentView.ByService; seconds: 3600 }
    }
    WallPages {
        id: oldestThenAll
        WallPage { title: "Oldest"; order: IncidentView.Oldest; seconds: 3600 }
        WallPage { title: "All"; seconds: 3600 }
    }
    WallPages {
        id: groupedThenAll
        WallPage { title: "Grouped"; group: IncidentView.ByService; seconds: 3600 }
        WallPage { title: "All"; seconds: 3600 }
    }
    WallPages {
        id: hurried
        WallPage { id: hurriedPage; seconds: 3600 }
    }
    WallPages {
        id: retitled
        WallPage { id: retitledPage; seconds: 1 }
    }
    SignalSpy {
        id: turns
        target: test.wall
        signalName: "currentChanged"
    }

    SignalSpy {
        id: lives
        target: test.feed
        signalName: "liveChanged"
    }

    WallCase {
        id: test
        name: "WallPages"

        function test_turnsThroughItsPagesInTheirOrder() {
            server.changeMonitor("web", "up");
            server.raise("one", "Disk full", "warning");
            hangLive(quickPages);
            const seen = [];
            tryVerify(() => {
                const title = part("wallTitle").text;
                if (seen[seen.length - 1] !== title)
                    seen.push(title);
                return seen.length >= 5;
            }, 20000);
            const order = ["First", "Second", "Third"];
            for (let i = 1; i < seen.length; ++i)
                compare(seen[i], order[(order.indexOf(seen[i - 1]) + 1) % 3]);
            tryCompare(part("wallPlace"), "text", "Page 2 of 3", 10000);
            tryVerify(() => findChild(test.wall.current, "wallMonitors")?.count === 1);
            tryCompare(part("wallPlace"), "text", "Page 3 of 3", 10000);
            verify(findChild(test.wall.current, "wallActivitySummary").text !== "");
        }

        function test_showsANewCriticalAtOnceAndWaits() {
            server.raise("old", "Disk full", "critical");
            server.raise("two", "Replica behind", "warning");
            hangLive(warningsThenAll, {holdSeconds: 3600});
            tryVerify(() => titles() === "Replica behind");
            // What was there from the start is not new.
            compare(part("wallPlace").text, "Page 1 of 2");
            server.raise("new", "Fire", "critical");
            tryVerify(() => titles().includes("Fire"));
            compare(part("wallTitle").text, "All");
            compare(part("wallPlace").text, "New critical incident  ·  Page 2 of 2");
            compare(test.wall.criticalCount, 2);
            // A warning changes nothing.
            server.raise("three", "Queue long", "warning");
            tryVerify(() => titles().includes("Queue long"));
            compare(part("wallTitle").text, "All");
        }

        function test_whatIsToldAnewIsNotNew_data() {
            return [
                {tag: "server", property: "server", value: () => server.url + "?again"},
                {tag: "alternatives", property: "alternatives", value: () => ["ws://127.0.0.1:1/ws"]},
                {tag: "token file", property: "tokenFile", value: () => server.tokenFile()},
            ];
        }
        function test_whatIsToldAnewIsNotNew(data) {
            server.raise("old", "Disk full", "critical");
            server.raise("two", "Replica behind", "warning");
            hangLive(warningsThenAll, {holdSeconds: 3600});
            tryVerify(() => titles() === "Replica behind");
            lives.clear();
            test.feed[data.property] = data.value();
            // Not live from the beginning, and live again.
            tryVerify(() => lives.count >= 2 && test.feed.live && test.wall.criticalCount === 1);
            // Behind whatever was said to be new.
            server.raise("three", "Queue long", "warning");
            tryVerify(() => titles().includes("Queue long"));
            compare(part("wallTitle").text, "Warnings");
            compare(part("wallPlace").text, "Page 1 of 2");
            server.raise("new", "Fire", "critical");
            tryVerify(() => titles().includes("Fire"));
            compare(part("wallPlace").text, "New critical incident  ·  Page 2 of 2");
        }

        function test_showsTheScreenThatTheNewCriticalIsOn() {
            raiseMany(20, "warning");
            hangLive(oldestFirst, {holdSeconds: 3600});
            tryVerify(() => titles() !== "");
            server.raise("new", "Fire", "critical");
            tryVerify(() => titles().includes("Fire"));
            verify(part("wallPlace").text.startsWith("New critical incident"));
        }

        function test_knowsTheScreenOfEachInGroupsToo() {
            // With the headings above it, each is further down than its row says.
            const uuids = [];
            for (let i = 10; i < 70; ++i) {
                uuids.push(`u${i}`);
                server.raise(`u${i}`, `Incident u${i}`, "warning", {service: `service ${i}`});
            }
            hangLive(grouped);
            tryVerify(() => list()?.count === 60 && list().parent.screens === 4);
            let without = 0;
            for (const uuid of uuids) {
                const screen = test.wall.current.screenOf(uuid);
                if (screen < 0) {
                    ++without;
                    continue;
                }
                list().parent.screen = screen;
                tryVerify(() => titles().split(",").includes(`Incident ${uuid}`));
            }
            compare(without, list().parent.beyond);
        }

        function test_makesNoRowsBeforeItHasASize() {
            // Rows without a height all have room: with a list from the last time, a wall began with all of them.
            raiseMany(500, "warning");
            scene.width = 0;
            scene.height = 0;
            hangLive(grouped);
            tryVerify(() => list()?.parent.shownCount === 500);
            compare(list().count, 0);
            scene.width = 1280;
            scene.height = 720;
            tryVerify(() => titles().startsWith("Number"));
            compare(list().count, 500);
            verify(list().contentItem.children.length < 50);
        }

        function test_showsAllOfGroupsOfAnySize() {
            const all = new Set();
            for (let i = 10; i < 30; ++i) {
                server.raise(`u${i}`, `Incident ${i}`, "warning", {service: i < 23 ? "a" : `service ${i}`});
                all.add(`Incident ${i}`);
            }
            hangLive(grouped);
            tryVerify(() => list()?.count === 20 && list().parent.screens > 1);
            compare(list().parent.beyond, 0);
            const seen = new Set();
            for (let screen = 0; screen < list().parent.screens; ++screen) {
                list().parent.screen = screen;
                waitForItemPolished(list());
                const first = list().parent.starts[screen];
                const last = list().parent.starts[screen + 1] - 1;
                tryVerify(() => titles().includes(`Incident ${10 + first}`) && titles().includes(`Incident ${10 + last}`),
                    5000, `${screen}: ${first} to ${last}`);
                titles().split(",").forEach(title => seen.add(title));
            }
            compare([...all].filter(title => !seen.has(title)), []);
        }

        function test_showsTheScreenThatTheNewCriticalIsOnInGroupsToo() {
            // With the headings above it, it is further down than its row says.
            for (let i = 10; i < 22; ++i)
                server.raise(`u${i}`, `Incident ${i}`, "warning", {service: `service ${i}`});
            hangLive(grouped, {holdSeconds: 3600});
            tryVerify(() => list()?.count === 12);
            server.raise("new", "Fire", "critical", {service: "the last"});
            tryVerify(() => titles().endsWith("Fire"));
            verify(part("wallPlace").text.startsWith("New critical incident"));
        }

        function test_showsTheFirstPageWithRoomForTheNewCritical_data() {
            return [
                {tag: "one below the other", pages: oldestThenAll, first: "Oldest"},
                {tag: "in groups", pages: groupedThenAll, first: "Grouped"},
            ];
        }
        function test_showsTheFirstPageWithRoomForTheNewCritical(data) {
            for (let i = 10; i < 70; ++i)
                server.raise(`u${i}`, `Incident ${i}`, "warning", {service: `service ${i}`});
            hangLive(data.pages, {holdSeconds: 3600});
            tryVerify(() => list()?.count === 60);
            compare(part("wallTitle").text, data.first);
            server.raise("new", "Fire", "critical", {service: "the last"});
            tryVerify(() => titles().startsWith("Fire"));
            compare(part("wallTitle").text, "All");
        }

        function test_countsWhatIsBeyondInGroupsToo() {
            for (let i = 0; i < 60; ++i)
                server.raise(`u${i}`, `Incident ${i}`, "warning", {service: `service ${i}`});
            hangLive(grouped);
            tryVerify(() => list()?.count === 60 && list().parent.screens === 4);
            const seen = new Set();
            for (let screen = 0; screen < 4; ++screen) {
                list().parent.screen = screen;
                waitForRendering(list());
                for (const title of titles().split(","))
                    seen.add(title);
            }
            compare(list().parent.beyond, 60 - seen.size);
            verify(part("wallBeyond").visible);
        }

        function test_keepsItsScreensWhenAPageChanges() {
            raiseMany(20, "warning");
            hangLive(retitled);
            tryVerify(() => part("wallPlace").text.includes("of 3"));
            retitledPage.title = "Otherwise";
            tryCompare(part("wallTitle"), "text", "Otherwise");
            tryVerify(() => part("wallPlace").text.startsWith("Screen 2"), 10000);
            tryVerify(() => part("wallPlace").text.startsWith("Screen 3"), 10000);
        }

        function test_goesAtThePaceThatAPageIsGivenLater() {
            raiseMany(20, "warning");
            hangLive(hurried, {holdSeconds: 1});
            tryVerify(() => part("wallPlace").text.includes("of 3"));
            hurriedPage.seconds = 1;
            // From the next turn on, which is the one behind this.
            server.raise("new", "Fire", "critical");
            tryVerify(() => part("wallPlace").text.startsWith("New critical incident"));
            tryVerify(() => part("wallPlace").text.startsWith("Screen 2"), 10000);
        }

        function test_goesOnTurningAfterTheNewCritical() {
            hangLive(quickPages, {holdSeconds: 2});
            tryCompare(part("wallTitle"), "text", "Second", 10000);
            server.raise("new", "Fire", "critical");
            tryVerify(() => part("wallTitle").text === "First" && titles() === "Fire");
            turns.clear();
            verify(part("wallPlace").text.startsWith("New critical incident"));
            tryVerify(() => !part("wallPlace").text.startsWith("New critical incident"), 10000);
            tryCompare(part("wallTitle"), "text", "Second", 10000);
            verify(turns.count >= 1);
        }

        function test_showsWhatBecameCriticalWhileTheConnectionWasLost() {
            server.raise("one", "Replica behind", "warning");
            hangLive(warningsThenAll, {holdSeconds: 3600});
            tryVerify(() => titles() === "Replica behind");
            server.goAway();
            tryVerify(() => !test.feed.live);
            server.raise("new", "Fire", "critical");
            server.comeBack();
            tryVerify(() => titles().includes("Fire"));
            verify(part("wallPlace").text.startsWith("New critical incident"));
        }
    }
}
