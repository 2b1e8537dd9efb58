// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// With high contrast no text is pale: not what is taken, not what cannot be done, not what is old.
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
        name: "Contrast"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            Theme.reducedMotion = true;
            test.server = createTemporaryObject(serverComponent, scene);
            server.raise("db", "Pool exhausted", "critical", {labels: {env: "production"}});
            server.raise("disk", "Disk full", "warning", {status: "acknowledged", acknowledgedBy: "Ben"});
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(), savedFiltersFile: server.scratchFile("filters")});
            tryVerify(() => dashboard.feed.live && part("incidentList").count === 2);
            part("incidentList").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Home);
            keyClick(Qt.Key_Return);
            tryVerify(() => part("incidentDetail")?.visible);
            // Nothing can be done then, and all is old.
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            waitForRendering(scene);
        }
        function cleanup() {
            Theme.contrast = "system";
            Theme.scheme = "system";
            Theme.reducedMotion = SystemPreferences.reducedMotion;
        }
        function part(name) { return findChild(test.dashboard, name); }
        /// How pale each text is that is seen: 1 is not at all.
        function texts(item, opacity, found) {
            for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i];
                if (!child.visible || child.width <= 0 || child.height <= 0)
                    continue;
                const paleness = opacity * child.opacity;
                if (child instanceof Text && child.text !== "")
                    found.push({text: child.text, opacity: paleness * child.color.a});
                texts(child, paleness, found);
            }
            return found;
        }

        function test_noTextIsPale_data() { return [{tag: "dark"}, {tag: "light"}]; }
        function test_noTextIsPale(data) {
            Theme.scheme = data.tag;
            Theme.contrast = "normal";
            waitForRendering(scene);
            verify(texts(dashboard, 1, []).some(text => text.opacity < 1), "nothing is pale in any case");
            Theme.contrast = "high";
            waitForRendering(scene);
            const found = texts(dashboard, 1, []);
            verify(found.length > 20, found.length);
            for (const text of found)
                compare(text.opacity, 1, text.text);
        }

        function test_whatCannotBeDoneIsToldApart() {
            Theme.contrast = "high";
            let disabled = 0;
            const look = item => {
                for (let i = 0; i < item.children.length; ++i) {
                const child = item.children[i];
                    if (child instanceof ActionButton && child.visible && !child.enabled) {
                        ++disabled;
                        compare(child.shownColor, Theme.textMuted);
                        verify(!child.filled);
                    }
                    look(child);
                }
            };
            look(part("detailActions"));
            verify(disabled > 0);
        }
    }
}
