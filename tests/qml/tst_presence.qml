// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Who else is watching: counted in the status bar, named on a click or a key, and never told where
/// it is not known.
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
        name: "Presence"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            scene.width = 1280;
            test.server = createTemporaryObject(serverComponent, scene);
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: test.server.url, tokenFile: test.server.tokenFile()});
            tryVerify(() => test.dashboard.feed.live);
        }
        function cleanup() { scene.width = 1280; }
        function part(name) { return findChild(test.dashboard, name); }
        function button() { return part("presenceButton"); }
        function popup() { return findChild(part("statusBar"), "presencePopup"); }
        function lines() {
            const list = findChild(popup().contentItem, "presenceList");
            list.forceLayout();
            const result = [];
            for (let i = 0; i < list.count; ++i)
                result.push(list.itemAtIndex(i));
            return result;
        }

        function test_isAbsentWhereNobodyIsToldOf() {
            verify(!button().visible);
            part("incidentList").forceActiveFocus();
            keyClick(Qt.Key_W);
            verify(!popup()?.visible);
            // Oneself alone is no company.
            server.tellPresence(["u1"]);
            server.sendGarbage();
            tryVerify(() => dashboard.feed.doubts.rejectedMessages > 0);
            verify(!button().visible);
        }

        function test_namesThemOnAClick() {
            server.tellPresence(["u1", "Vera Stone", "Bob"]);
            tryVerify(() => button().visible);
            compare(button().Accessible.name, "2 others watching");
            compare(button().Accessible.role, Accessible.Button);
            verify(button().Accessible.description.includes("W"));
            mouseClick(button());
            tryVerify(() => popup().opened);
            tryVerify(() => lines().length === 2 && lines().every(line => line !== null));
            compare(lines().map(line => line.Accessible.name).join(), "Bob,Vera Stone");
            compare(lines()[0].Accessible.description, "Responder");
            compare(lines()[1].initials, "VS");
            // The one who looks sees who goes.
            server.tellPresence(["u1", "Bob"]);
            tryVerify(() => lines().length === 1);
            server.tellPresence(["u1"]);
            tryCompare(findChild(popup().contentItem, "presenceTitle"), "text", "Nobody else is watching");
            mouseClick(findChild(popup().contentItem, "presenceClose"));
            tryVerify(() => !popup()?.visible);
        }

        function test_isReachedAndLeftByKeys() {
            server.tellPresence(["u1", "Bob", "Cem"]);
            tryVerify(() => button().visible);
            part("incidentList").forceActiveFocus();
            keyClick(Qt.Key_W);
            tryVerify(() => popup().opened);
            const list = findChild(popup().contentItem, "presenceList");
            tryVerify(() => list.activeFocus);
            tryVerify(() => lines()[0].current);
            keyClick(Qt.Key_Down);
            verify(lines()[1].current);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
            button().forceActiveFocus(Qt.TabFocusReason);
            verify(button().visualFocus);
            keyClick(Qt.Key_Space);
            tryVerify(() => popup().opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
        }

        function test_saysNothingWhileItIsNotKnown() {
            server.tellPresence(["u1", "Bob"]);
            tryVerify(() => button().visible);
            mouseClick(button());
            tryVerify(() => popup().opened);
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            verify(!button().visible);
            verify(findChild(popup().contentItem, "presenceTitle").text.startsWith("Not live"));
            verify(!findChild(popup().contentItem, "presenceList").visible);
            server.comeBack();
            tryVerify(() => dashboard.feed.live, 20000);
            verify(!button().visible);
            server.tellPresence(["u1", "Cem"]);
            tryVerify(() => button().visible);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
        }

        function test_isANumberInANarrowWindow() {
            server.tellPresence(["u1", "Bob", "Cem", "Dora"]);
            scene.width = 400;
            tryVerify(() => button().visible);
            tryCompare(findChild(button(), "presenceText"), "text", "+3");
            compare(button().Accessible.name, "3 others watching");
            const bar = part("statusBar");
            tryVerify(() => button().mapToItem(bar, button().width, 0).x <= bar.width);
            verify(findChild(bar, "statusWord").visible);
        }
    }
}
