// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Where lines begin at the right, all stands on the other side; what is written from left to right
/// in every language does not.
Item {
    id: scene

    property bool mirrored: false

    width: 1280
    height: 720
    LayoutMirroring.enabled: scene.mirrored
    LayoutMirroring.childrenInherit: true

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

    Places {
        id: places
        scene: scene
    }

    TestCase {
        id: test
        name: "Mirroring"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            Theme.reducedMotion = true;
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function cleanup() {
            scene.mirrored = false;
            Theme.reducedMotion = SystemPreferences.reducedMotion;
            scene.width = 1280;
            scene.height = 720;
        }
        function part(name) { return findChild(test.dashboard, name); }
        function open() {
            // In the middle of a minute: an age that turned meanwhile would be another text.
            server.raise("a", "Disk full on db-7", "critical", {createdAt: Date.now() - 3630000,
                service: "orders-db", source: "alertmanager", count: 7, labels: {env: "production"},
                annotations: {summary: "No room left"}, links: [{title: "Graph", url: "https://g.example.com/"}]});
            server.raise("b", "القرص ممتلئ على db-8", "warning", {createdAt: Date.now() - 7230000,
                service: "طلبات", source: "alertmanager", acknowledgedBy: "נועה", status: "acknowledged"});
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(), savedFiltersFile: server.scratchFile("filters"),
                 alarmSettingsFile: server.scratchFile("alarm")});
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 2);
            tryCompare(dashboard.feed.commands, "me", "Anna");
            settle();
            tryVerify(() => isSeen(0) && isSeen(1));
        }
        function isSeen(row) {
            const item = part("incidentList").itemAtIndex(row);
            return item !== null && item.visible && item.opacity === 1 && item.height > 0;
        }
        function settle() {
            part("incidentList").forceLayout();
            waitForRendering(scene);
        }
        function isMirrored() {
            const before = places.beneath(test.dashboard);
            scene.mirrored = true;
            settle();
            verify(before.length > 60, before.length);
            const wrong = places.unmirrored(before, places.beneath(test.dashboard));
            // The first: a longer message than a thousand letters is more than Qt 6.4 has room for.
            compare(wrong.length, 0, wrong[0]);
        }

        function test_listStandsOnTheOtherSide_data() {
            return [{tag: "wide", width: 1280, height: 720}, {tag: "narrow", width: 400, height: 800}];
        }
        function test_listStandsOnTheOtherSide(data) {
            scene.width = data.width;
            scene.height = data.height;
            open();
            isMirrored();
        }

        function test_openIncidentStandsOnTheOtherSide() {
            open();
            const list = part("incidentList");
            list.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Home);
            keyClick(Qt.Key_Return);
            tryVerify(() => part("incidentDetail")?.visible);
            // What says that it is on its way would be one more before than after.
            tryVerify(() => part("incidentDetail").details.timeline.state === TimelineModel.Loaded);
            settle();
            isMirrored();
            const pane = part("incidentDetail");
            compare(pane.mapToItem(scene, 0, 0).x, 0);
            verify(list.mapToItem(scene, 0, 0).x >= pane.width);
        }

        function test_textHasTheDirectionOfItsLetters() {
            open();
            scene.mirrored = true;
            settle();
            const list = part("incidentList");
            compare(findChild(list.itemAtIndex(0), "rowTitle").effectiveHorizontalAlignment, Text.AlignLeft);
            compare(findChild(list.itemAtIndex(1), "rowTitle").effectiveHorizontalAlignment, Text.AlignRight);
        }

        function test_filterIsWrittenFromTheLeft() {
            open();
            const field = part("filterField");
            const x = field.leftPadding;
            scene.mirrored = true;
            settle();
            compare(field.leftPadding, x);
            field.text = "severity:critical";
            compare(field.effectiveHorizontalAlignment, TextInput.AlignLeft);
            verify(field.positionToRectangle(0).x < field.width / 2);
        }

        function test_arrowsThatPointDownStillDo() {
            open();
            const strokes = part("orderChoice").indicator.children;
            const before = [strokes[0].x, strokes[1].x];
            scene.mirrored = true;
            settle();
            compare([strokes[0].x, strokes[1].x], before);
            verify(before[0] < before[1]);
        }

        function test_slidersAndSwitchesRunFromTheRight() {
            open();
            scene.mirrored = true;
            const volume = createTemporaryQmlObject("import Tocsin; VolumeSlider { value: 0 }", scene);
            const onOff = createTemporaryQmlObject("import Tocsin; OnOffSwitch { text: 'x'; width: 200 }", scene);
            verify(volume.handle.x > volume.width / 2);
            verify(onOff.indicator.x > onOff.width / 2);
        }
    }
}
