// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A wall: whether it is live is seen from the door, nothing that is not certain looks calm, and all of
/// it fits.
Item {
    id: scene
    property bool mirrored: false
    width: 1280
    height: 720
    LayoutMirroring.enabled: scene.mirrored
    LayoutMirroring.childrenInherit: true

    // They outlive the walls that show them.
    WallPages {
        id: onePage
        WallPage { seconds: 3600 }
    }
    WallPages {
        id: wronglyFiltered
        WallPage { filter: "severity:("; seconds: 3600 }
    }
    WallPages {
        id: warningsThenAll
        WallPage { title: "Warnings"; filter: "severity:warning"; seconds: 3600 }
        WallPage { title: "All"; seconds: 3600 }
    }
    WallPages {
        id: activityPage
        WallPage { view: WallPage.Activity; seconds: 3600 }
    }

    WallCase {
        id: test
        name: "Wall"

        function cleanup() {
            scene.mirrored = false;
        }

        function test_isLiveWithoutAFrame() {
            server.raise("one", "Disk full", "critical");
            server.raise("two", "Replica behind", "warning");
            hangLive(onePage, {name: "Ops room"});
            tryVerify(() => titles() === "Disk full,Replica behind");
            verify(!part("wallFrame").visible);
            verify(!part("wallNotLive").visible);
            verify(!part("wallFault").visible);
            verify(part("wallStatus").text.startsWith("Live"), part("wallStatus").text);
            compare(part("wallCount").text, "2");
            compare(part("wallCount").Accessible.name, "2 active incidents");
            compare(part("wallTitle").text, "Ops room");
            compare(list().opacity, 1);
            compare(list().itemAtIndex(0).Accessible.name, "Critical: Disk full");
            compare(test.wall.criticalCount, 1);
            // Nothing to turn to, and nothing is said of it.
            compare(part("wallPlace").text, "");
        }

        function test_agesWithAFrameAndABandAndIsLiveAgain() {
            server.raise("one", "Disk full", "critical");
            hangLive(onePage);
            tryVerify(() => titles() === "Disk full");
            server.goAway();
            tryVerify(() => part("wallFrame").visible);
            verify(part("wallFrame").border.width > 5);
            compare(part("wallFrame").width, scene.width);
            compare(part("wallFrame").height, scene.height);
            verify(part("wallNotLive").visible);
            verify(part("wallNotLive").text.startsWith("Not live: as of "), part("wallNotLive").text);
            // The age is that of the list, and grows.
            tryVerify(() => /, [1-9]\d* s ago$/.test(part("wallNotLive").text));
            compare(part("wallNotLive").Accessible.role, Accessible.AlertMessage);
            verify(part("wallNotLive").Accessible.name.includes(part("wallNotLive").detail));
            verify(part("wallNotLive").detail !== "");
            // What was known stays to be read, paler, and is not counted as what is.
            compare(titles(), "Disk full");
            verify(list().opacity < 1);
            compare(part("wallCount").Accessible.name, "1 active incidents when last known");
            // The band takes its room from the list, and covers nothing of it.
            const band = part("wallNotLive");
            verify(list().mapToItem(scene, 0, 0).y >= band.mapToItem(scene, 0, band.height).y);

            server.comeBack();
            tryVerify(() => test.feed.live);
            verify(!part("wallFrame").visible);
            verify(!part("wallNotLive").visible);
            compare(list().opacity, 1);
        }

        function test_saysThatItIsNotAuthorised() {
            server.refusesTokens = true;
            hang(onePage, {tokenFile: test.server.tokenFile()});
            tryCompare(test.feed.connections, "status", ConnectionModel.NotAuthorised);
            verify(part("wallFrame").visible);
            compare(part("wallNotLive").text, "Not live: nothing is known yet");
            verify(part("wallNotLive").detail !== "");
            verify(part("wallStatus").text.startsWith("Not authorised"), part("wallStatus").text);
            compare(part("wallCount").text, "–");
            compare(part("wallCount").Accessible.name, "Active incidents: not known");
            // Never a list that only looks calm.
            compare(part("wallEmptyHeadline").text, "Nothing is known yet");
            verify(part("wallEmptyHeadline").visible);
        }

        function test_isCalmOnlyWhereThatIsCertain() {
            hangLive(onePage);
            tryVerify(() => part("wallEmptyHeadline").text.startsWith("No active incidents since "));
            verify(Qt.colorEqual(part("wallEmptyHeadline").color, Theme.accent));
            server.goAway();
            tryVerify(() => !test.feed.live);
            compare(part("wallEmptyHeadline").text, "Nothing is known yet");
            verify(!Qt.colorEqual(part("wallEmptyHeadline").color, Theme.accent));
        }

        function test_isNotCalmWhereTheServerSendsNoList() {
            server.plain = true;
            hang(onePage);
            tryVerify(() => {
                server.resolve("never heard of");
                return test.feed.live;
            });
            tryVerify(() => part("wallEmptyHeadline").text.startsWith("No incident heard of since "));
            verify(Qt.colorEqual(part("wallEmptyHeadline").color, Theme.cautionText));
            compare(part("wallCount").text, "–");
            verify(part("wallDoubts").visible);
            verify(part("wallDoubts").text.includes("no list from the server"), part("wallDoubts").text);
            server.raise("one", "Disk full", "critical");
            tryVerify(() => titles() === "Disk full");
            compare(part("wallCount").text, "1");
            compare(part("wallCount").Accessible.name, "1 active incidents heard of");
        }

        function test_saysThatNothingMatchesAndHowMuchThereIsBesides() {
            server.raise("one", "Disk full", "critical");
            server.raise("two", "Disk filling", "info");
            hangLive(warningsThenAll);
            tryVerify(() => part("wallEmptyHeadline").text === "None of these");
            verify(part("wallEmptyHeadline").visible);
            tryVerify(() => part("wallEmptyHeadline").parent.Accessible.name === "None of these. 2 active incidents besides");
            compare(titles(), "");
            compare(part("wallTitle").text, "Warnings");
            server.raise("three", "Replica behind", "warning");
            tryVerify(() => titles() === "Replica behind");
            verify(!part("wallEmptyHeadline").visible);
        }

        function test_saysThatNothingMatchedWhenLastKnown() {
            server.raise("one", "Disk full", "critical");
            server.raise("two", "Disk filling", "info");
            hangLive(warningsThenAll);
            tryVerify(() => part("wallEmptyHeadline").text === "None of these");
            verify(Qt.colorEqual(part("wallEmptyHeadline").color, Theme.text));
            server.goAway();
            tryVerify(() => !test.feed.live);
            const headline = part("wallEmptyHeadline");
            verify(headline.visible);
            tryVerify(() => headline.text.startsWith("None of these as of "), 5000, headline.text);
            verify(Qt.colorEqual(headline.color, Theme.cautionText));
            verify(headline.parent.Accessible.name.endsWith(". 2 active incidents besides when last known"),
                headline.parent.Accessible.name);
        }

        function test_claimsNoDayThatItHasNotCounted() {
            server.activityAnswer = "unknown_type";
            hang(activityPage);
            const summary = () => findChild(test.wall.current, "wallActivitySummary").text;
            compare(summary(), "The last 24 hours are not known.");
            tryVerify(() => test.feed.live && !test.feed.activity.asking);
            tryVerify(() => /^Counted since \d\d:\d\d.*: 0 opened, 0 resolved\.$/.test(summary()));
        }

        function test_saysWhatIsWrongWithAFilterAndShowsAll() {
            server.raise("one", "Disk full", "critical");
            hang(wronglyFiltered, {fault: "No sound."});
            tryVerify(() => titles() === "Disk full");
            verify(part("wallFault").visible);
            verify(part("wallFault").text.startsWith("No sound. All are shown, because the filter is wrong: "),
                part("wallFault").text);
        }

        function test_fitsItsSize_data() {
            return [
                {tag: "full", width: 1920, height: 1080, scaling: 1},
                {tag: "small", width: 1280, height: 720, scaling: 1},
                {tag: "ultra wide", width: 2560, height: 720, scaling: 1},
                {tag: "upright", width: 720, height: 1280, scaling: 1},
                {tag: "square", width: 1024, height: 1024, scaling: 1},
                {tag: "larger text", width: 1280, height: 720, scaling: 2},
                {tag: "smaller text", width: 1280, height: 720, scaling: 0.5},
            ];
        }
        function test_fitsItsSize(data) {
            scene.width = data.width;
            scene.height = data.height;
            raiseMany(60, "warning");
            hangLive(onePage, {scaling: data.scaling, name: "A rather long name of an ops room"});
            tryVerify(() => titles() !== "");
            const rows = titles().split(",").length;
            // Whole rows, as many as fit, each as high as what stands in it.
            verify(rows >= 1);
            fuzzyCompare(rows * list().itemAtIndex(0).height, list().height, 2);
            verify(list().itemAtIndex(0).height >= 9 * test.wall.unit);
            // Everything is within the wall, one below the other.
            const rect = item => item.mapToItem(scene, 0, 0, item.width, item.height);
            for (const name of ["wallCount", "wallTime", "wallTitle", "wallStatus", "wallPlace"]) {
                const place = rect(part(name));
                verify(place.x >= 0 && place.y >= 0, name);
                verify(place.x + place.width <= scene.width + 1, `${name}: ${place}`);
                verify(place.y + place.height <= scene.height + 1, `${name}: ${place}`);
            }
            verify(rect(list()).y >= rect(part("wallTitle")).y + part("wallTitle").height - 1);
            verify(rect(list()).y + list().height <= rect(part("wallStatus")).y);
            // None is left out in silence.
            const screens = list().parent.screens;
            compare(list().parent.beyond, Math.max(0, 60 - 4 * rows));
            compare(screens, Math.min(4, Math.ceil(60 / rows)));
            compare(part("wallBeyond").visible, list().parent.beyond > 0);
            verify(part("wallStatus").width > 0);
        }

        function test_theTimeIsNeverCut_data() {
            const rows = [];
            for (const [width, height] of [[1280, 720], [720, 1280]])
                for (const scaling of [1, 1.2, 1.5, 2])
                    for (const count of [1, 15, 150])
                        rows.push({tag: `${count} of each on ${width}x${height} at ${scaling * 100} %`,
                            width: width, height: height, scaling: scaling, count: count});
            return rows;
        }
        function test_theTimeIsNeverCut(data) {
            scene.width = data.width;
            scene.height = data.height;
            for (const severity of ["critical", "warning", "unknown", "info"])
                for (let i = 0; i < data.count; ++i)
                    server.raise(severity + i, "Number " + i, severity);
            hangLive(warningsThenAll, {scaling: data.scaling, name: "A rather long name of an ops room"});
            tryVerify(() => test.feed.incidents.count === 4 * data.count);
            const time = part("wallTime");
            waitForItemPolished(time.parent.parent);
            const edge = item => item.mapToItem(scene, item.width, 0).x;
            let end = edge(part("wallCount"));
            let tallies = 0;
            const parts = time.parent.parent.children;
            for (let i = 0; i < parts.length; ++i) {
                const item = parts[i];
                if (item.objectName !== "wallTally" || !item.visible)
                    continue;
                ++tallies;
                verify(item.mapToItem(scene, 0, 0).x >= end);
                end = edge(item);
            }
            compare(tallies, 4);
            verify(time.visible && time.width >= time.implicitWidth);
            for (const item of [time, part("wallTitle")]) {
                const start = item.mapToItem(scene, 0, 0).x;
                verify(start >= end, `${item.objectName}: ${start} < ${end}`);
                verify(edge(item) <= scene.width - 3 * test.wall.unit + 1, `${item.objectName}: ${edge(item)}`);
            }
            verify(part("wallTitle").width >= time.width);
        }

        function test_readsRightToLeftWhereTheLanguageDoes() {
            scene.mirrored = true;
            server.raise("one", "Disk full", "critical");
            hangLive(onePage);
            tryVerify(() => titles() === "Disk full");
            const middle = item => item.mapToItem(scene, item.width / 2, 0).x;
            verify(middle(part("wallCount")) > middle(part("wallTime")));
            verify(middle(findChild(list().itemAtIndex(0), "wallRowBar")) > scene.width / 2);
        }
    }
}
