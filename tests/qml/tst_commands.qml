// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest

/// What a person does about incidents, with keys and the mouse, and what becomes of it: on a real
/// connection to a server that carries it out, refuses, or says nothing.
Item {
    id: scene
    width: 1280
    height: 720

    CommandCase {
        id: test
        name: "Commands"

        function test_eachKeyDoesItsCommand_data() {
            return [
                {tag: "acknowledge", key: Qt.Key_A, status: "open", type: "incident.acknowledge"},
                {tag: "unacknowledge", key: Qt.Key_U, status: "acknowledged", type: "incident.unacknowledge"},
                {tag: "resolve", key: Qt.Key_R, status: "open", type: "incident.resolve"},
                {tag: "assign to me", key: Qt.Key_I, status: "open", type: "incident.assign", assignee: "Anna"}
            ];
        }
        function test_eachKeyDoesItsCommand(data) {
            server.raise("u0", "Incident 0", "critical", {status: data.status});
            show(1);
            keyClick(Qt.Key_Down);
            keyClick(data.key);
            tryCompare(server, "commands", [Object.assign({type: data.type, uuid: "u0"},
                data.assignee ? {assignee: data.assignee} : {})]);
            tryCompare(dashboard.feed.commands, "pendingCount", 0);
            verify(!part("commandFailure").visible);
        }

        function test_whatIsPendingIsShownAtOnceAndSaidToBe() {
            server.commandAnswer = "";
            open(2);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            compare(rowText(0), "Acknowledging…");
            verify(row(0).Accessible.description.includes("Acknowledging…"));
            verify(!part("undoOffer").visible);
            tryVerify(() => server.commands.length === 1);
            server.answerHeld("done");
            tryVerify(() => rowText(0) === "Acknowledged by Anna");
            verify(part("undoOffer").visible);
        }

        function test_aKeyIsForNothingThatAFilterHides() {
            open(2);
            keyClick(Qt.Key_Down);
            verify(row(0).current);
            part("filterField").forceActiveFocus();
            // Where the keyboard is elsewhere, it is still seen which one the next key is for.
            verify(!row(0).current);
            verify(row(0).chosen);
            test.dashboard.filter = "\"Incident 1\"";
            tryVerify(() => part("incidentList").count === 1);
            part("incidentList").forceActiveFocus(Qt.TabFocusReason);
            for (const key of [Qt.Key_A, Qt.Key_R, Qt.Key_I])
                keyClick(key);
            compare(test.dashboard.feed.commands.pendingCount, 0);
            // In order: with this one there, nothing was sent before it.
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => server.commands.length > 0);
            compare(types(), ["incident.acknowledge"]);
            compare(uuids(), ["u1"]);
        }

        function test_whatIsRefusedIsTakenBackSaysWhyAndIsTriedAgain() {
            server.commandAnswer = "forbidden";
            open(2);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("commandFailure").visible);
            compare(part("commandFailure").text, "“Incident 0” was not acknowledged.");
            compare(part("commandFailure").detail, "Your token may only look.");
            tryVerify(() => rowText(0) === "");

            server.commandAnswer = "done";
            press("retryCommand");
            tryVerify(() => rowText(0) === "Acknowledged by Anna");
            verify(!part("commandFailure").visible);
            compare(uuids(), ["u0", "u0"]);
        }

        function test_aFailureCanBeDismissed() {
            server.commandAnswer = "unavailable";
            open(1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_R);
            tryVerify(() => part("commandFailure").visible);
            compare(part("commandFailure").text, "“Incident 0” was not resolved.");
            verify(part("commandFailure").detail.includes("unavailable"));
            press("dismissFailure");
            verify(!part("commandFailure").visible);
            compare(server.commands.length, 1);
            compare(part("incidentList").count, 1);
        }

        function test_whatIsNotAnsweredFailsSayingThatItMayBeDone() {
            server.commandAnswer = "";
            open(1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => rowText(0) === "Acknowledging…");
            tryVerify(() => part("commandFailure").visible, 20000);
            compare(part("commandFailure").detail, "The server did not answer in time; it may be done all the same.");
            tryVerify(() => rowText(0) === "");
        }

        function test_withoutAConnectionNothingIsSentAndItIsSaidWhy() {
            open(1);
            keyClick(Qt.Key_Down);
            server.goAway();
            tryVerify(() => !dashboard.feed.live);
            keyClick(Qt.Key_A);
            tryVerify(() => part("refusalNote").visible);
            compare(part("refusalNote").text, "Not connected: nothing can be done until the server is back.");
            verify(!part("commandFailure").visible);
            compare(server.commands.length, 0);
        }

        function test_aViewerIsToldWhyNot() {
            server.role = "viewer";
            open(1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            const button = part("acknowledgeButton");
            verify(button.visible);
            tryVerify(() => !button.enabled);
            compare(button.Accessible.description, "Viewer: your token may only look.");
            // Where it is settles with the next frame.
            tryVerify(() => {
                mouseMove(part("acknowledge"));
                return part("acknowledgeTip").opened;
            });
            compare(part("acknowledgeTip").text, "Viewer: your token may only look.");
            mouseClick(part("acknowledge"));
            keyClick(Qt.Key_A);
            compare(part("refusalNote").text, "Viewer: your token may only look.");
            verify(part("refusalNote").visible);
            compare(server.commands.length, 0);
        }

        function test_ctrlAndShiftClicksPickSeveral() {
            open(5);
            mouseClick(row(1), 200, 20, Qt.LeftButton, Qt.ControlModifier);
            verify(row(1).Accessible.selected);
            verify(findChild(row(1), "pickMark").visible);
            compare(part("selectionText").text, "1 selected");
            mouseClick(row(3), 200, 20, Qt.LeftButton, Qt.ShiftModifier);
            compare(part("selectionText").text, "3 selected");
            verify(!part("incidentDetail")?.visible);
            // One more click, one less.
            mouseClick(row(2), 200, 20, Qt.LeftButton, Qt.ControlModifier);
            compare(part("selectionText").text, "2 selected");
            press("acknowledgeSelected");
            tryVerify(() => server.commands.length === 2);
            compare(uuids(), ["u1", "u3"]);
            tryVerify(() => part("undoOffer").visible && part("undoOffer").text === "2 incidents are acknowledged.");
        }

        function test_theMarkPicksAndDoesNotOpen() {
            open(3);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_X);
            const mark = findChild(row(1), "pickMark");
            waitForItemPolished(mark.parent);
            mouseClick(mark);
            compare(part("selectionText").text, "2 selected");
            verify(!part("incidentDetail")?.visible);
            mouseClick(findChild(row(0), "pickMark"));
            compare(part("selectionText").text, "1 selected");
            // Without a key the row is opened, and nothing is picked any more.
            mouseClick(row(2), 200, 20);
            verify(part("incidentDetail")?.visible);
            verify(!part("selectionBar")?.visible);
        }

        function test_aClickOnTheOfferIsNoneOnTheRowBeneath() {
            open(8);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_A);
            tryVerify(() => part("undoOffer").visible);
            waitForItemPolished(part("undoOffer"));
            mouseClick(part("undoOffer"), 4, 4);
            verify(!part("incidentDetail")?.visible);
            verify(part("undoOffer").visible);
        }

        function test_shiftAndArrowsAndXPickSeveral() {
            open(5);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down, Qt.ShiftModifier);
            keyClick(Qt.Key_Down, Qt.ShiftModifier);
            compare(part("selectionText").text, "3 selected");
            keyClick(Qt.Key_Up, Qt.ShiftModifier);
            compare(part("selectionText").text, "2 selected");
            keyClick(Qt.Key_End);
            keyClick(Qt.Key_X);
            compare(part("selectionText").text, "3 selected");
            keyClick(Qt.Key_X);
            compare(part("selectionText").text, "2 selected");
            keyClick(Qt.Key_Escape);
            verify(!part("selectionBar")?.visible);
            keyClick(Qt.Key_A, Qt.ControlModifier);
            compare(part("selectionText").text, "5 selected");
            press("clearSelection");
            verify(!part("selectionBar")?.visible);
        }

        function test_resolvingSeveralAsksFirst() {
            open(3);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down, Qt.ShiftModifier);
            keyClick(Qt.Key_R);
            compare(part("selectionText").text, "Resolve 2 incidents?");
            verify(part("confirmResolve").activeFocus);
            keyClick(Qt.Key_Escape);
            compare(part("selectionText").text, "2 selected");
            verify(part("incidentList").activeFocus);
            compare(server.commands.length, 0);

            press("resolveSelected");
            press("cancelResolve");
            compare(server.commands.length, 0);

            keyClick(Qt.Key_R);
            keyClick(Qt.Key_Return);
            tryVerify(() => server.commands.length === 2);
            compare(types(), ["incident.resolve", "incident.resolve"]);
            compare(uuids(), ["u0", "u1"]);
            tryVerify(() => part("incidentList").count === 1);
            verify(!part("selectionBar")?.visible);
        }

        function test_ofSeveralThoseThatFailAreNamed() {
            server.commandAnswer = "conflict";
            open(2);
            keyClick(Qt.Key_A, Qt.ControlModifier);
            keyClick(Qt.Key_A);
            tryVerify(() => part("commandFailure").text === "2 incidents were not acknowledged.");
            compare(part("commandFailure").detail, "“Incident 0”, “Incident 1”: It is resolved already.");
        }

        function test_severalAreAssignedAndCommentedOn() {
            open(2);
            keyClick(Qt.Key_A, Qt.ControlModifier);
            press("assignSelected");
            tryVerify(() => part("assignSelectedPopup").opened);
            for (const letter of "ben")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            tryVerify(() => server.commands.length === 2);
            compare(server.commands[1], {type: "incident.assign", uuid: "u1", assignee: "ben"});

            tryVerify(() => !part("assignSelectedPopup").visible);
            keyClick(Qt.Key_C);
            tryVerify(() => part("commentSelectedPopup").opened);
            for (const letter of "air")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            tryVerify(() => server.commands.length === 4);
            const {type, uuid, text, id} = server.commands[2];
            compare({type, uuid, text}, {type: "incident.comment", uuid: "u0", text: "air"});
            verify(id);
        }

        function test_whatIsAskedAboutNobodyIsAskedNoMore_data() {
            return [
                {tag: "assign", button: "assignSelected", popup: "assignSelectedPopup"},
                {tag: "comment", button: "commentSelected", popup: "commentSelectedPopup"},
            ];
        }
        function test_whatIsAskedAboutNobodyIsAskedNoMore(data) {
            open(2);
            keyClick(Qt.Key_Down);
            const selected = part("incidentList").cursor.uuid;
            keyClick(Qt.Key_X);
            tryVerify(() => part("selectionText")?.text === "1 selected");
            keyClick(Qt.Key_Down); // or up: the other one, which is not selected
            if (part("incidentList").cursor.uuid === selected)
                keyClick(Qt.Key_Up);
            verify(part("incidentList").cursor.uuid !== selected);
            press(data.button);
            tryVerify(() => part(data.popup).opened);
            const popup = part(data.popup);
            for (const letter of "ben")
                keyClick(letter);
            server.resolve(selected);
            tryVerify(() => !popup.visible);
            keyClick(Qt.Key_Return);
            wait(0);
            compare(server.commands.length, 0);
        }

        function test_keysInATextAreText() {
            open(1);
            keyClick(Qt.Key_Down);
            keyClick("/");
            for (const letter of "aruix")
                keyClick(letter);
            compare(dashboard.filter, "aruix");
            compare(server.commands.length, 0);
            verify(!part("refusalNote").visible);
        }
    }
}
