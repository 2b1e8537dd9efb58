// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Whatever size the text has, all of it can be read: no words lie on others, and none are cut off.
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
        name: "TextScale"
        when: windowShown

        property ScriptedServer server
        property LiveDashboard dashboard

        function init() {
            failOnWarning(/.*/);
            test.server = createTemporaryObject(serverComponent, scene);
        }
        function cleanupTestCase() {
            Theme.textScale = 1;
            scene.width = 1280;
            scene.height = 720;
        }
        function part(name) { return findChild(test.dashboard, name); }

        function fill() {
            const severities = ["critical", "critical", "warning", "unknown", "info", "warning"];
            for (let i = 0; i < 24; ++i)
                server.raise("u" + i, ["Checkout: 7 % of payments fail", "Database connection timeout on db-3",
                    "Replica db-4 is 45 s behind its primary and falls further back with every minute"][i % 3],
                    severities[i % 6], {createdAt: Date.now() - 4000000 * (i + 1), source: "alertmanager",
                    service: "orders-db", count: i * 40 + 1,
                    status: i % 4 === 1 ? "acknowledged" : "open", acknowledgedBy: i % 4 === 1 ? "Anna" : undefined,
                    labels: {env: "production", cluster: "frankfurt-2"},
                    annotations: {description: "Payments are refused with a time-out of the database."}});
        }
        function open() {
            test.dashboard = createTemporaryObject(dashboardComponent, scene,
                {server: server.url, tokenFile: server.tokenFile(), firstStepsOffered: false,
                 savedFiltersFile: server.scratchFile("filters")});
            tryVerify(() => dashboard.feed.live);
            tryCompare(dashboard.feed.commands, "me", "Anna");
        }
        /// Each brings the dashboard to what is looked at, and says where on it the words are.
        readonly property var states: ({
            "list": () => { fill(); open(); return dashboard; },
            "nothing": () => { open(); return dashboard; },
            "filter": () => {
                fill();
                open();
                dashboard.filter = "severity:warning orders";
                tryVerify(() => part("hiddenNotice").visible);
                return dashboard;
            },
            "detail": () => {
                fill();
                open();
                part("incidentList").forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Down);
                keyClick(Qt.Key_Return);
                tryVerify(() => part("incidentDetail")?.visible);
                return dashboard;
            },
            "selection": () => {
                fill();
                open();
                part("incidentList").forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Down);
                keyClick(Qt.Key_X);
                tryVerify(() => part("selectionBar")?.visible);
                return dashboard;
            },
            "lost": () => {
                fill();
                open();
                server.goAway();
                tryVerify(() => part("agedBanner").visible && part("retryNow").visible);
                return dashboard;
            },
            "monitors": () => {
                server.changeMonitor("Shop front", "down");
                server.changeMonitor("web", "up");
                fill();
                open();
                tryVerify(() => part("monitorButton").visible);
                part("incidentList").forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_M);
                tryVerify(() => part("monitorTiles").activeFocus);
                return dashboard;
            },
            "doubts": () => {
                fill();
                open();
                server.sendGarbage();
                tryVerify(() => part("doubtButton").visible);
                part("incidentList").forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_E);
                const popup = findChild(part("statusBar"), "doubtsPopup");
                tryVerify(() => popup.opened);
                return popup.contentItem;
            },
            "keys": () => {
                fill();
                open();
                part("incidentList").forceActiveFocus(Qt.TabFocusReason);
                keyClick("?");
                tryVerify(() => part("keySheet").opened);
                return part("keySheet").contentItem;
            }
        })

        /// The part of `area` that is inside of all that clips `item`.
        function seen(item, area) {
            let rest = area;
            for (let above = item.parent; above !== null; above = above.parent) {
                if (!above.clip)
                    continue;
                const edge = above.mapToItem(null, 0, 0, above.width, above.height);
                const left = Math.max(rest.x, edge.x), top = Math.max(rest.y, edge.y);
                rest = Qt.rect(left, top, Math.min(rest.x + rest.width, edge.x + edge.width) - left,
                    Math.min(rest.y + rest.height, edge.y + edge.height) - top);
            }
            return rest;
        }
        /// Where the letters of a text are, in the window.
        function painted(item) {
            const width = Math.min(item.contentWidth, item.truncated ? item.width : item.contentWidth);
            const x = item.effectiveHorizontalAlignment === Text.AlignRight ? item.width - item.rightPadding - width
                : item.effectiveHorizontalAlignment === Text.AlignHCenter ? (item.width - width) / 2 : item.leftPadding;
            const y = item.verticalAlignment === Text.AlignVCenter ? (item.height - item.contentHeight) / 2
                : item.topPadding;
            return item.mapToItem(null, x, y, width, item.contentHeight);
        }
        /// Nothing can be pushed aside to see it: what is not seen of it is lost.
        function isCut(item, area) {
            for (let above = item.parent; above !== null; above = above.parent) {
                const across = above.mapToItem(null, 0, 0, above.width, above.height);
                if (above.clip && !(above.contentWidth > above.width + 1)
                        && (area.x < across.x - 1 || area.x + area.width > across.x + across.width + 1))
                    return true;
                if (above.contentWidth > above.width + 1)
                    return false;
            }
            return false;
        }
        function isScrolled(item) {
            for (let above = item.parent; above !== null; above = above.parent)
                if (above.clip)
                    return true;
            return false;
        }
        /// All texts under `item` that are seen, as {item, area}.
        function texts(item) {
            let found = [];
            if (!item.visible || item.opacity < 0.1)
                return found;
            if (item.contentWidth !== undefined && item.truncated !== undefined && item.text !== "") {
                const area = seen(item, painted(item));
                if (area.width > 1 && area.height > 1)
                    found.push({item: item, area: area, cut: isCut(item, painted(item))});
            }
            for (let i = 0; i < item.children.length; ++i)
                found = found.concat(texts(item.children[i]));
            return found;
        }
        function said(text) {
            return "“" + text.item.text + "” at " + [text.area.x, text.area.y, text.area.width, text.area.height]
                .map(Math.round).join(",");
        }
        function faults(root) {
            const all = texts(root);
            const found = [];
            for (let i = 0; i < all.length; ++i) {
                const one = all[i].area;
                if (one.x < -1 || one.y < -1 || one.x + one.width > scene.width + 1
                        || one.y + one.height > scene.height + 1)
                    found.push("outside the window: " + said(all[i]));
                if (all[i].cut)
                    found.push("cut off: " + said(all[i]));
                if (all[i].item.truncated && all[i].item.width < 3 * all[i].item.font.pixelSize)
                    found.push("next to nothing is left of: " + said(all[i]));
                if (!isScrolled(all[i].item) && all[i].item.contentHeight > all[i].item.height + 2)
                    found.push("higher than its place: " + said(all[i]));
                for (let k = i + 1; k < all.length; ++k) {
                    const other = all[k].area;
                    const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
                    const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
                    if (across > 1 && down > 2)
                        found.push(said(all[i]) + " and " + said(all[k]) + " lie on each other");
                }
            }
            return found;
        }

        function test_theHeaderIsNoWiderThanTheWindow_data() {
            const rows = [];
            for (const size of [[1280, 720], [800, 600], [400, 800]])
                for (const scale of [0.8, 1, 1.5, 2, 3])
                    for (const count of [2, 62])
                        for (const monitored of [false, true])
                            rows.push({tag: `${count} at ${size.join("x")} and ${scale * 100} %`
                                + (monitored ? " with monitors" : ""), width: size[0], height: size[1], scale: scale,
                                count: count, monitored: monitored});
            return rows;
        }
        function test_theHeaderIsNoWiderThanTheWindow(data) {
            Theme.textScale = data.scale;
            scene.width = data.width;
            scene.height = data.height;
            for (let i = 0; i < data.count; ++i)
                server.raise("u" + i, "Incident " + i, ["critical", "warning", "unknown", "info"][i % 4]);
            if (data.monitored)
                server.changeMonitor("Shop front", "down");
            open();
            dashboard.alarmActive = false;
            dashboard.alarmOffered = true;
            // As much as the program's menu takes.
            dashboard.headerInset = 40 * data.scale + Theme.small;
            tryVerify(() => dashboard.feed.incidents.count === data.count);
            tryCompare(part("monitorButton"), "visible", data.monitored);
            const bell = part("alarmBell");
            const words = part("activeCountWords");
            // As the longest of a language.
            bell.text = "Kann nicht alarmieren";
            const end = scene.width - dashboard.headerInset - (dashboard.compact ? Theme.large : Theme.wide);
            const fault = () => {
                for (const name of ["alarmBell", "monitorButton", "severityTally", "statusBar", "incidentList",
                        "filterBar"]) {
                    const item = part(name);
                    const edge = item.mapToItem(scene, item.width, 0).x;
                    const most = name === "alarmBell" ? end : scene.width;
                    if (item.visible && edge > most + 1)
                        return `${name} ends at ${edge} of ${most}`;
                }
                const wrapped = words.parent.wrappedWidth - words.parent.numberWidth - words.parent.spacing;
                if (words.visible && words.width + 1 < wrapped)
                    return `the words have ${words.width} of ${wrapped}`;
                return "";
            };
            // Layouts in layouts need some frames to settle.
            for (let frame = 0; frame < 4; ++frame)
                waitForRendering(scene, 50);
            compare(fault(), "");
            // Whoever does not see the words hears or finds them.
            compare(bell.Accessible.name, "Sound and notifications");
            verify(findChild(bell, "alarmBellTip").text !== "");
        }

        function test_allTextCanBeRead_data() {
            const rows = [];
            for (const size of [[1280, 720], [400, 800]])
                for (const scale of [0.8, 1, 2, 3])
                    for (const state in states)
                        rows.push({tag: state + " " + size.join("x") + " at " + scale * 100 + " %",
                                   width: size[0], height: size[1], scale: scale, state: state});
            return rows;
        }
        function test_allTextCanBeRead(data) {
            Theme.textScale = data.scale;
            scene.width = data.width;
            scene.height = data.height;
            const looked = states[data.state]();
            waitForRendering(scene);
            if (data.state !== "nothing" && looked === test.dashboard)
                tryVerify(() => texts(looked).length > 6);
            // Layouts in layouts need some frames to settle.
            let found = faults(looked);
            for (let frame = 0; found.length > 0 && frame < 20; ++frame) {
                waitForRendering(scene, 50);
                found = faults(looked);
            }
            compare(found.join("\n"), "");
        }
    }
}
