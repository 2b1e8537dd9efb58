// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// What a connection's line in the status bar says.
Item {
    id: scene
    width: 900
    height: 100

    Component {
        id: lineComponent

        ConnectionStatus {
            width: scene.width
            name: "ops.example.com"
            address: "ops.example.com"
            addressCount: 1
            status: ConnectionModel.Live
            retrySeconds: -1
            roundTripTime: 12
            rooms: ["account:acme", "account:other"]
        }
    }
    SignalSpy {
        id: retries
        signalName: "retryRequested"
    }

    TestCase {
        name: "ConnectionStatus"
        when: windowShown

        function init() { failOnWarning(/.*/); }

        function test_saysItInAWord_data() {
            return [
                {tag: "Live", status: ConnectionModel.Live},
                {tag: "Catching up", status: ConnectionModel.CatchingUp},
                {tag: "Connecting", status: ConnectionModel.Connecting},
                {tag: "Reconnecting", status: ConnectionModel.Reconnecting},
                {tag: "Offline", status: ConnectionModel.Offline},
                {tag: "Not authorised", status: ConnectionModel.NotAuthorised},
            ];
        }
        function test_saysItInAWord(data) {
            const line = createTemporaryObject(lineComponent, scene, {status: data.status});
            compare(findChild(line, "statusWord").text, data.tag);
            compare(line.Accessible.name, "ops.example.com: " + data.tag);
        }

        function test_tellsWhichOfSeveralAddressesItIsOn() {
            const line = createTemporaryObject(lineComponent, scene);
            const place = findChild(line, "connectionPlace");
            compare(place.text, "ops.example.com");
            compare(line.Accessible.description, "");
            line.addressCount = 3;
            line.address = "ops-2.example.com:8787";
            compare(place.text, "ops-2.example.com:8787, one of 3");
            compare(line.Accessible.name, "ops.example.com: Live");
            compare(line.Accessible.description, "ops-2.example.com:8787, one of 3");
            line.status = ConnectionModel.Reconnecting;
            line.retrySeconds = 4;
            compare(place.text, "last tried ops-2.example.com:8787, one of 3");
            compare(line.Accessible.description,
                "last tried ops-2.example.com:8787, one of 3, next attempt in 4 s");
        }

        function test_offersToRetryOnlyWhileItWaits() {
            const line = createTemporaryObject(lineComponent, scene);
            const button = findChild(line, "retryNow");
            verify(!button.visible);
            line.status = ConnectionModel.Reconnecting;
            line.retrySeconds = 12;
            verify(button.visible);
            compare(findChild(line, "retryCountdown").text, "next attempt in 12 s");
            retries.target = line;
            retries.clear();
            tryVerify(() => button.width > 0);
            mouseClick(button);
            compare(retries.count, 1);
            button.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(retries.count, 2);
            keyClick(Qt.Key_Return);
            compare(retries.count, 3);
        }

        // Nobody else would try again.
        function test_offersToRetryWhereItGaveUp_data() {
            return [
                {tag: "refused", status: ConnectionModel.Offline},
                {tag: "token refused", status: ConnectionModel.NotAuthorised},
            ];
        }
        function test_offersToRetryWhereItGaveUp(data) {
            const line = createTemporaryObject(lineComponent, scene, {status: data.status});
            const button = findChild(line, "retryNow");
            verify(button.visible);
            retries.target = line;
            retries.clear();
            tryVerify(() => button.width > 0);
            mouseClick(button);
            compare(retries.count, 1);
            line.status = ConnectionModel.Connecting;
            verify(!button.visible);
        }

        function test_keepsWithinANarrowWindow_data() {
            return [
                {tag: "waiting", status: ConnectionModel.Reconnecting, seconds: 12},
                {tag: "refused", status: ConnectionModel.NotAuthorised, seconds: -1},
            ];
        }
        function test_keepsWithinANarrowWindow(data) {
            const line = createTemporaryObject(lineComponent, scene,
                {width: 352, compact: true, status: data.status, retrySeconds: data.seconds});
            waitForRendering(line);
            verify(findChild(line, "retryNow").visible);
            for (let i = 0; i < line.children.length; ++i) {
                const child = line.children[i];
                verify(!child.visible || child.x + child.width <= line.width + 0.5,
                       child + " ends at " + (child.x + child.width));
            }
        }
    }
}
