// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// Settings are found and set, and taken to another computer.
Item {
    id: scene
    width: 1280
    height: 720

    DeckCase {
        id: test
        name: "Settings"

        function test_setsAndFindsSettings() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            type(entry("settingsSheet", "settingsSearch"), "font");
            compare(test.preferences.count, 1);
            const line = within("settingsSheet", "preferenceLine");
            compare(findChild(line, "preferenceTitle").text, "Text size");
            mouseClick(findChild(line, "more"));
            compare(test.preferences.textPercent, 110);
            compare(findChild(line, "number").text, "110");
            mouseClick(findChild(line, "resetPreference"));
            compare(test.preferences.textPercent, 100);
            type(entry("settingsSheet", "settingsSearch"), "xyzzy");
            verify(within("settingsSheet", "nothingFound").visible);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet("settingsSheet")?.visible);
            compare(test.preferences.search, "");
        }

        function test_exportsAndImportsSettings() {
            const file = test.own.scratchFile("out.json");
            const dashboard = findChild(test.view, "primaryDashboard");
            verify(test.preferences.set("textSize", 120));
            dashboard.savedFilters.save("mine", "severity:critical");
            dashboard.alarmSettings.volume = 30;
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            within("settingsSheet", "settingsFile").text = file;
            within("settingsSheet", "exportSettings").clicked();
            verify(within("settingsSheet", "fileOutcome").text.includes(file));
            test.preferences.resetAll();
            dashboard.savedFilters.remove(0);
            dashboard.alarmSettings.volume = 80;
            within("settingsSheet", "importSettings").clicked();
            compare(test.preferences.textPercent, 120);
            compare(dashboard.savedFilters.count, 1);
            compare(dashboard.alarmSettings.volume, 30);
            within("settingsSheet", "settingsFile").text = file + ".missing";
            within("settingsSheet", "importSettings").clicked();
            verify(within("settingsSheet", "fileOutcome").text.includes("cannot be read"));
        }

        function test_saysThatASettingIsNotKept() {
            scene.height = 400;
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            verify(!within("settingsSheet", "settingsProblem").visible);
            test.own.obstruct("settings.ini");
            within("settingsSheet", "exportSettings").forceActiveFocus(Qt.TabFocusReason);
            verify(test.preferences.set("textSize", 120));
            verify(within("settingsSheet", "settingsProblem").text.includes("settings.ini"));
            tryVerify(() => isSeenIn("settingsSheet", within("settingsSheet", "settingsProblem")));
        }

        function test_whatCameOfTheFileComesIntoView() {
            scene.width = 400;
            scene.height = 400;
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            tryVerify(() => sheet("settingsSheet").opened);
            const outcome = within("settingsSheet", "fileOutcome");
            for (const name of ["a", "b"]) {
                const button = within("settingsSheet", "importSettings");
                button.forceActiveFocus(Qt.TabFocusReason);
                waitForItemPolished(within("settingsSheet", "sheetForm"));
                within("settingsSheet", "settingsFile").text = "missing-" + name;
                button.clicked();
                verify(outcome.text.includes("missing-" + name));
                wait(100); // until all of it has its place
                tryVerify(() => isSeenIn("settingsSheet", outcome));
                // Back to the top, where other things are done.
                entry("settingsSheet", "settingsSearch").forceActiveFocus(Qt.TabFocusReason);
                tryVerify(() => !isSeenIn("settingsSheet", outcome));
            }
            // A setting that is changed there leaves the place as it is.
            verify(test.preferences.choose("theme", 1));
            compare(outcome.text, "");
            tryVerify(() => isSeenIn("settingsSheet", entry("settingsSheet", "settingsSearch")));
        }
    }
}
