// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// An empty screen is calm only where that is certain.
Item {
    id: scene
    width: 800
    height: 500

    Component {
        id: emptyComponent

        EmptyState {
            width: scene.width
            calm: false
        }
    }
    Component {
        id: countComponent

        ActiveCount {
            count: 0
            live: false
        }
    }
    Component {
        id: agedComponent

        AgedBanner {
            width: scene.width
            lastLive: new Date(NaN)
        }
    }

    TestCase {
        name: "EmptyState"
        when: windowShown

        function init() { failOnWarning(/.*/); }

        function test_isCalmOnlyWhenToldSo() {
            const empty = createTemporaryObject(emptyComponent, scene, {reason: "Connecting to h."});
            const headline = findChild(empty, "emptyHeadline");
            // A server that is sending its list is connected.
            compare(headline.text, "Nothing is known yet");
            verify(empty.Accessible.name.includes("Connecting to h."));
            empty.calmSince = new Date(Date.now() - 130000);
            empty.calm = true;
            verify(/^No active incidents since .*\d\d:\d\d:\d\d$/.test(headline.text), headline.text);
            verify(empty.Accessible.name.includes("for 2 min"), empty.Accessible.name);
        }

        function test_isNotCalmWhereTheServerSendsNoList() {
            const empty = createTemporaryObject(emptyComponent, scene, {heardSince: new Date(Date.now() - 60000)});
            const headline = findChild(empty, "emptyHeadline");
            verify(/^No incident heard of since .*\d\d:\d\d:\d\d$/.test(headline.text), headline.text);
            compare(headline.color, Theme.cautionText);
            verify(empty.Accessible.name.includes("sends no list"), empty.Accessible.name);
        }

        function test_anUnknownNumberIsNotZero() {
            const heading = createTemporaryObject(countComponent, scene);
            const number = findChild(heading, "activeCountNumber");
            compare(number.text, "–");
            compare(heading.Accessible.name, "Active incidents: not known");
            heading.live = true;
            compare(number.text, "0");
            heading.partial = true;
            compare(number.text, "–");
            heading.count = 4;
            compare(heading.Accessible.name, "4 active incidents heard of");
            heading.live = false;
            compare(number.text, "4");
            compare(heading.Accessible.name, "4 active incidents when last known");
        }

        function test_agedBannerNamesTheMomentAndTheAge() {
            const banner = createTemporaryObject(agedComponent, scene);
            verify(!banner.everLive);
            verify(banner.text.startsWith("Not live yet"));
            banner.lastLive = new Date(Date.now() - 38000);
            banner.unconfirmed = true;
            verify(/^Not confirmed yet: as of \d\d:\d\d:\d\d.*, 3[789] s ago$/.test(banner.text), banner.text);
            banner.unconfirmed = false;
            verify(/^Not live: as of \d\d:\d\d:\d\d.*, 3[789] s ago$/.test(banner.text), banner.text);
        }
    }
}
