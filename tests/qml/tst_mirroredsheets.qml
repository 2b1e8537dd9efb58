// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// What lies over the window stands on the other side too where lines begin at the right.
Item {
    id: scene

    /// What popups lie in, as large as the window.
    property Item overlay

    width: 1280
    height: 720

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: windowComponent

        DashboardDeck {
            required property string directory

            anchors.fill: parent
            book: ServerBook {
                file: directory + "settings.ini"
                tokenDirectory: directory + "tokens"
            }
            preferences: Preferences {
                file: directory + "settings.ini"
            }
            rooms: ["account:default"]
            savedFiltersFile: directory + "settings.ini"
            alarmSettingsFile: directory + "alarm.ini"
            alarmOffered: true
            alarmActive: false
            focus: true
        }
    }
    Places {
        id: places
        scene: scene.overlay ?? scene
    }

    TestCase {
        id: test
        name: "MirroredSheets"
        when: windowShown

        property ScriptedServer server
        property DashboardDeck view

        function init() {
            failOnWarning(/.*/);
            Theme.reducedMotion = true;
            test.server = createTemporaryObject(serverComponent, scene);
            server.raise("a", "Disk full on db-7", "critical");
        }
        function cleanup() {
            mirror(false);
            Theme.reducedMotion = SystemPreferences.reducedMotion;
            scene.width = 1280;
            scene.height = 720;
        }
        /// As a mirrored window has it, from which all in it inherits it.
        function mirror(mirrored) {
            if (scene.overlay === null)
                return;
            scene.overlay.LayoutMirroring.enabled = mirrored;
            scene.overlay.LayoutMirroring.childrenInherit = true;
        }
        function sheet(name) { return findChild(test.view, name); }
        /// Of all in a sheet that is opened in a new window.
        function placesIn(name) {
            test.view = windowComponent.createObject(scene, {server: server.url, directory: server.scratchFile("")});
            tryVerify(() => test.view.feed.live);
            findChild(test.view, "incidentList").forceActiveFocus(Qt.TabFocusReason);
            test.ways[name]();
            tryVerify(() => sheet(name)?.opened ?? false);
            const popup = sheet(name);
            scene.overlay = popup.parent;
            waitForItemPolished(popup.contentItem);
            waitForRendering(popup.contentItem);
            let last = "";
            let found = [];
            // Until it stands as it stood the last time.
            tryVerify(() => {
                const before = last;
                found = places.beneath(popup.contentItem.parent);
                last = JSON.stringify(found);
                return last === before;
            });
            popup.close();
            tryVerify(() => !popup.visible);
            test.view.destroy();
            tryVerify(() => !test.view);
            return found;
        }
        function addServer() {
            keyClick(Qt.Key_N, Qt.ControlModifier);
            tryVerify(() => sheet("connectSheet")?.opened ?? false);
            sheet("connectSheet").draft.address = "ws://127.0.0.3:8787/ws";
            sheet("connectSheet").draft.save();
            tryVerify(() => !sheet("connectSheet").visible);
        }
        function program(text) {
            const actions = findChild(test.view, "primaryDashboard").program.actions;
            for (let i = 0; i < actions.length; ++i) {
                if (actions[i].text === text)
                    return actions[i];
            }
            return null;
        }

        readonly property var ways: ({
            "settingsSheet": () => keyClick(Qt.Key_Comma, Qt.ControlModifier),
            "alarmPopup": () => keyClick(Qt.Key_S),
            "connectSheet": () => keyClick(Qt.Key_N, Qt.ControlModifier),
            "serversSheet": () => {
                // The second window has it from the settings of the first.
                if (test.view.book.count === 0)
                    addServer();
                program("Servers…").trigger();
            },
            "keySheet": () => keyClick("?"),
            "commandPalette": () => keyClick(Qt.Key_K, Qt.ControlModifier)
        })
        function test_standsOnTheOtherSide_data() {
            const rows = [];
            for (const name in test.ways) {
                rows.push({tag: name + ", wide", name: name, width: 1280, height: 720});
                rows.push({tag: name + ", narrow", name: name, width: 400, height: 800});
                // So low that it is scrolled.
                rows.push({tag: name + ", low", name: name, width: 1280, height: 360});
            }
            return rows;
        }
        function test_standsOnTheOtherSide(data) {
            scene.width = data.width;
            scene.height = data.height;
            // Each made anew: a program is mirrored from its start.
            const before = placesIn(data.name);
            verify(before.length > 8, before.length);
            mirror(true);
            const after = placesIn(data.name);
            const wrong = places.unmirrored(before, after);
            compare(wrong.length, 0, wrong[0]);
        }
    }
}
