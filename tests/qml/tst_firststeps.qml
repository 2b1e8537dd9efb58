// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

Item {
    id: scene
    width: 1000
    height: 600

    Component {
        id: stepsComponent

        FirstSteps {
            width: scene.width
            server: "ws://127.0.0.1:8787/ws"
        }
    }
    SignalSpy {
        id: requests
        signalName: "demonstrationRequested"
    }
    TextInput {
        id: pasteTarget
    }

    TestCase {
        name: "FirstSteps"
        when: windowShown

        function init() { failOnWarning(/.*/); }

        function test_copiesWhatItShows_data() {
            return [{tag: "alertmanagerStep"}, {tag: "curlStep"}];
        }
        function test_copiesWhatItShows(data) {
            const steps = createTemporaryObject(stepsComponent, scene);
            const snippet = findChild(findChild(steps, data.tag), "code");
            verify(snippet.text.includes("http://127.0.0.1:8787/ingest/"));
            const button = findChild(snippet, "copyButton");
            waitForRendering(steps);
            mouseClick(button);
            compare(button.text, "Copied");
            pasteTarget.text = "";
            pasteTarget.paste();
            // One line takes the others in as spaces.
            compare(pasteTarget.text.replace(/\s+/g, " "), snippet.text.replace(/\s+/g, " "));
        }

        function test_saysHowToMakeATokenWhereTheOwnDoesNotReport() {
            const steps = createTemporaryObject(stepsComponent, scene, {tokenFile: "/own", role: "admin"});
            verify(!findChild(steps, "tokenStep").visible);
            steps.role = "viewer";
            verify(findChild(steps, "tokenStep").visible);
            const snippet = findChild(findChild(steps, "tokenStep"), "code");
            verify(snippet.text.includes("--role sender > sender.token"));
            for (const name of ["alertmanagerStep", "curlStep"]) {
                const text = findChild(findChild(steps, name), "code").text;
                verify(text.includes("sender.token"), text);
                verify(!text.includes("/own"), text);
            }
        }

        function test_offersTheDemonstrationOnlyWhereItCanBePlayed() {
            const steps = createTemporaryObject(stepsComponent, scene);
            const button = findChild(steps, "playDemonstration");
            verify(!button.visible);
            steps.demonstrationOffered = true;
            verify(button.visible);
            waitForRendering(steps);
            requests.target = steps;
            requests.clear();
            mouseClick(button);
            compare(requests.count, 1);
        }

        function test_everythingIsReachedByTheKeyboard() {
            const steps = createTemporaryObject(stepsComponent, scene, {demonstrationOffered: true});
            waitForRendering(steps);
            const reached = [];
            findChild(findChild(steps, "alertmanagerStep"), "copyButton").forceActiveFocus(Qt.TabFocusReason);
            for (let i = 0; i < 8; ++i) {
                keyClick(Qt.Key_Tab);
                reached.push(scene.Window.activeFocusItem.objectName);
            }
            verify(reached.includes("copyButton"));
            verify(reached.includes("playDemonstration"));
        }
    }
}
