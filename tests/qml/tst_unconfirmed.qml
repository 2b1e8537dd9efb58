// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The list of the last time, until the server has sent its own.
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
        name: "Unconfirmed"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function open() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: test.server.url, cacheDirectory: test.server.scratchFile("lists")});
        }
        /// Ends the dashboard, as a program that ends does.
        function end() {
            test.dashboard.destroy();
            tryVerify(() => !test.dashboard);
            tryCompare(test.server, "sessions", 0);
        }
        function part(name) { return findChild(test.dashboard, name); }

        function test_showsTheLastListMarkedUntilTheServerHasSentItsOwn() {
            server.raise("stays", "Disk full", "critical");
            server.raise("goes", "Replica behind", "warning");
            open();
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 2);
            end();

            server.resolve("goes");
            server.answersJoins = false;
            open();
            tryVerify(() => part("incidentList").count === 2);
            verify(dashboard.feed.unconfirmed);
            verify(part("agedBanner").visible);
            verify(part("agedBanner").text.startsWith("Not confirmed yet: as of "), part("agedBanner").text);
            verify(part("agedBanner").Accessible.name.includes("Not confirmed yet"));
            verify(!part("emptyScreen").visible);
            verify(part("incidentList").opacity < 1);
            compare(part("activeCountNumber").parent.Accessible.name, "2 active incidents when last known");

            // Also where the connection stands already.
            tryVerify(() => dashboard.feed.connections.status === ConnectionModel.CatchingUp);
            verify(part("agedBanner").text.startsWith("Not confirmed yet"));
            part("incidentList").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("refusalNote").text.startsWith("Not confirmed yet"));
            compare(server.commands.length, 0);

            server.answersJoins = true;
            server.goAway();
            tryVerify(() => dashboard.feed.connections.status !== ConnectionModel.CatchingUp);
            server.comeBack();
            tryVerify(() => dashboard.feed.live, 10000);
            tryCompare(part("incidentList"), "count", 1);
            verify(!part("agedBanner").visible);
            verify(!dashboard.feed.unconfirmed);
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length === 1);
            end();
        }

        function test_anEmptyLastListIsNoCalm() {
            open();
            tryVerify(() => dashboard.feed.calm);
            end();
            server.goAway();
            open();
            tryVerify(() => dashboard.feed.unconfirmed);
            verify(part("emptyScreen").visible);
            verify(!part("emptyHeadline").text.includes("No active incidents"));
            verify(!part("firstSteps")?.visible);
            verify(part("agedBanner").visible);
            compare(part("activeCountNumber").text, "–");
            end();
        }
    }
}
