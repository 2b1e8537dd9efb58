// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest

/// An acknowledgement is taken back: by whom, for how long, and for how many at once.
Item {
    id: scene
    width: 1280
    height: 720

    CommandCase {
        id: test
        name: "Undo"

        function test_acknowledgingIsUndoneWithTheMouse() {
            open(2);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("undoOffer").visible);
            compare(part("undoOffer").text, "“Incident 0” is acknowledged.");
            press("undoAcknowledge");
            verify(!part("undoOffer").visible);
            tryVerify(() => server.commands.length === 2);
            compare(types(), ["incident.acknowledge", "incident.unacknowledge"]);
            tryVerify(() => rowText(0) === "");
        }

        function test_whatAnotherHasAcknowledgedIsNotTakenBack() {
            open(1);
            server.commandAnswer = "";
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length === 1);
            // Bob was first; the server says yes to who comes later, since so it is.
            server.raise("u0", "Incident 0", "critical", {status: "acknowledged", acknowledgedBy: "Bob"});
            tryVerify(() => rowText(0) === "Acknowledged by Bob" || test.dashboard.feed.commands.pendingCount === 0);
            server.commandAnswer = "done";
            tryCompare(test.dashboard.feed.commands, "pendingCount", 0);
            tryVerify(() => rowText(0) === "Acknowledged by Bob");
            verify(!part("undoOffer").visible);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            // In order: with this one there, nothing was sent before it.
            keyClick(Qt.Key_R);
            tryVerify(() => types().includes("incident.resolve"));
            compare(types(), ["incident.acknowledge", "incident.resolve"]);
        }

        function test_acknowledgingIsUndoneWithTheKeyboard() {
            open(1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("undoOffer").visible);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            tryVerify(() => server.commands.length === 2);
            compare(types()[1], "incident.unacknowledge");
        }

        function test_whatCannotBeUndoneYetIsOfferedStill() {
            open(1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("undoOffer").visible);
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            tryVerify(() => part("refusalNote").visible);
            compare(part("refusalNote").text, "Not connected: nothing can be done until the server is back.");
            verify(part("undoOffer").visible);
            server.comeBack();
            // Each that is refused keeps the offer for a while more, however long the way back takes.
            tryVerify(() => {
                keyClick(Qt.Key_Z, Qt.ControlModifier);
                return !part("undoOffer").visible;
            }, 20000);
            tryVerify(() => server.commands.length === 2);
            compare(types(), ["incident.acknowledge", "incident.unacknowledge"]);
            tryVerify(() => rowText(0) === "");
        }

        // More than are changed at once, in two goes.
        function test_severalGoesAreUndoneTogether() {
            for (let i = 0; i < 600; ++i)
                server.raise("u" + i, "Incident " + i, "critical", {service: i < 300 ? "first" : "second"});
            show(600);
            for (const service of ["first", "second"]) {
                dashboard.filter = "service:" + service;
                tryCompare(part("incidentList"), "count", 300);
                keyClick(Qt.Key_A, Qt.ControlModifier);
                compare(part("selectionText").text, "300 selected");
                keyClick(Qt.Key_A);
                tryCompare(dashboard.feed.commands, "pendingCount", 0, 20000);
            }
            compare(part("undoOffer").text, "600 incidents are acknowledged.");
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            verify(!part("undoOffer").visible);
            verify(!part("refusalNote").visible);
            tryCompare(dashboard.feed.commands, "pendingCount", 0, 20000);
            compare(types().filter(type => type === "incident.unacknowledge").length, 600);
        }
    }
}
