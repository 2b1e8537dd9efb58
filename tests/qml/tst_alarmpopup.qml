// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// The bell in the header, and what a person can change behind it. What is called and how is tried
/// in tst_alarm; here nothing is.
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
            alarmOffered: true
            alarmActive: false
        }
    }

    TestCase {
        id: test
        name: "AlarmPopup"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            test.server = createTemporaryObject(serverComponent, scene);
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: test.server.url, alarmSettingsFile: test.server.scratchFile("alarm.ini")});
            tryVerify(() => test.dashboard.feed.live);
        }
        function part(name) { return findChild(test.dashboard, name); }
        function popup() { return findChild(test.dashboard, "alarmPopup"); }
        function control(name) { return findChild(popup().contentItem, name); }
        function settings() { return test.dashboard.alarm.settings; }
        function open() {
            keyClick(Qt.Key_S);
            tryVerify(() => popup().opened);
        }
        function press(name) {
            const item = control(name);
            const flickable = control("alarmFlickable");
            const inside = item.mapToItem(flickable.contentItem, 0, 0).y;
            flickable.contentY = Math.max(0, Math.min(inside, flickable.contentHeight - flickable.height));
            mouseClick(item, Math.min(20, item.width / 2), item.height / 2);
        }

        function test_theBellOpensItAndSoDoesItsKey() {
            const bell = part("alarmBell");
            verify(bell.visible && bell.Accessible.description.includes("on"));
            mouseClick(bell);
            tryVerify(() => popup().opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
            open();
            mouseClick(control("alarmClose"));
            tryVerify(() => !popup()?.visible);
            dashboard.alarmOffered = false;
            verify(!bell.visible);
            keyClick(Qt.Key_S);
            verify(!popup()?.visible);
        }

        function test_theKeyIsALetterWhereOneWrites() {
            server.raise("a", "Disk full", "critical");
            tryVerify(() => part("filterField").visible);
            part("filterField").forceActiveFocus();
            keyClick(Qt.Key_S);
            compare(part("filterField").text, "s");
            verify(!popup()?.visible);
        }

        function test_aSnoozeIsSeenInTheHeaderAndEnded() {
            open();
            press("snooze1");
            verify(dashboard.alarm.snoozed);
            const words = findChild(part("alarmBell"), "alarmBellText");
            compare(words.text, "until " + dashboard.alarm.snoozeEnd);
            verify(control("snoozeText").text.includes(dashboard.alarm.snoozeEnd));
            verify(part("alarmBell").Accessible.description.includes("Snoozed"));
            tryVerify(() => control("endSnooze").visible && control("snooze0").x > 0);
            press("endSnooze");
            verify(!dashboard.alarm.snoozed);
            verify(!words.visible);
        }

        function test_eachControlChangesItsSetting() {
            open();
            press("soundSwitch");
            compare(settings().soundOn, false);
            verify(!control("soundPicks").enabled);
            press("soundSwitch");
            compare(settings().soundOn, true);
            const pick = findChild(control("soundPicks"), "severityPick" + Incident.Warning);
            mouseClick(pick);
            compare(settings().soundBits, (1 << Incident.Critical) | (1 << Incident.Warning));
            mouseClick(pick);
            compare(settings().soundBits, 1 << Incident.Critical);
            control("volumeSlider").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(settings().volume, 75);
            control("repeatChoice").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            tryCompare(settings(), "repeatSeconds", 30);
            press("notificationSwitch");
            compare(settings().notificationsOn, false);
            press("lossHeardSwitch");
            compare(settings().lossHeard, true);
            control("lossHeardSwitch").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            compare(settings().lossHeard, false);
            control("lossChoice").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            tryCompare(settings(), "lossSeconds", 300);
            verify(!control("traySwitch").visible);
            dashboard.trayOffered = true;
            press("traySwitch");
            compare(settings().trayOn, false);
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function test_aWrongFilterIsSaidAtOnce() {
            open();
            control("alarmFilter").forceActiveFocus();
            type("age>");
            const error = control("alarmFilterError");
            verify(error.visible && error.text.includes("all incidents call"));
            type("1h");
            verify(!error.visible);
        }

        function test_aFilterCountsWhenItIsTyped() {
            open();
            control("alarmFilter").forceActiveFocus();
            type("age>");
            compare(settings().filter, "");
            keyClick(Qt.Key_Return);
            compare(settings().filter, "age>");
            type("1");
            compare(settings().filter, "age>");
            // Whoever thinks about it for a while has typed it.
            tryCompare(settings(), "filter", "age>1");
            compare(control("alarmFilter").text, "age>1");
            type("h");
            control("alarmClose").forceActiveFocus();
            compare(settings().filter, "age>1h");
        }

        function test_aFilterThatIsLeftIsTyped() {
            open();
            control("alarmFilter").forceActiveFocus();
            type("age>1h");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !popup()?.visible);
            compare(settings().filter, "age>1h");
        }

        function test_saysWhatIsNotKept() {
            open();
            verify(!control("settingsFault").visible);
            // No directory, and so nothing can be in it.
            dashboard.alarmSettingsFile = server.tokenFile() + "/alarm.ini";
            press("soundSwitch");
            compare(settings().soundOn, false);
            const fault = control("settingsFault");
            verify(fault.visible && fault.text.includes("cannot be written"));
        }

        function test_onAWallTheDesktopIsLeftAlone() {
            dashboard.kiosk = true;
            compare(settings().notificationsOn, false);
            compare(settings().soundOn, true);
            verify(part("alarmBell").Accessible.description.includes("Sound is on"));
        }

        function test_everyControlIsReachedByTab() {
            open();
            const seen = new Set();
            for (let i = 0; i < 40; ++i) {
                keyClick(Qt.Key_Tab);
                const item = scene.Window.activeFocusItem;
                verify(item !== null);
                seen.add(item.objectName);
            }
            for (const name of ["alarmClose", "snooze0", "snooze2", "soundSwitch", "volumeSlider", "testSound",
                "repeatChoice", "notificationSwitch", "alarmFilter", "lossChoice", "lossHeardSwitch"])
                verify(seen.has(name), name + " in " + [...seen].join(" "));
        }

        function test_fitsIntoANarrowWindow() {
            scene.width = 400;
            server.raise("a", "Disk full", "critical");
            tryVerify(() => part("alarmBell").mapToItem(scene, part("alarmBell").width, 0).x <= 400);
            open();
            tryVerify(() => popup().width <= 400 && popup().height <= scene.height);
            scene.width = 1280;
        }
    }
}
