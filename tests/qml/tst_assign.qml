// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest

/// Whose the open incident is to be is asked for as long as it is there to be asked about.
Item {
    id: scene
    width: 1280
    height: 720

    CommandCase {
        id: test
        name: "Assign"

        function openFirst() {
            open(2);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            verify(part("incidentDetail")?.visible);
        }

        function test_isAssignedToMeToSomebodyAndToNobody() {
            openFirst();
            press("assign");
            tryVerify(() => part("assignPopup").opened);
            mouseClick(findChild(part("assignPopup").contentItem, "assignPopupMe"));
            tryVerify(() => server.commands.length === 1);
            compare(server.commands[0].assignee, "Anna");
            tryVerify(() => !part("assignPopup").visible);

            press("assign");
            tryVerify(() => part("assignPopup").opened);
            write("ben");
            mouseClick(findChild(part("assignPopup").contentItem, "askAccept"));
            tryVerify(() => server.commands.length === 2);
            compare(server.commands[1], {type: "incident.assign", uuid: "u0", assignee: "ben"});
            tryVerify(() => !part("assignPopup").visible);

            press("assign");
            tryVerify(() => part("assignPopup").opened);
            mouseClick(findChild(part("assignPopup").contentItem, "assignPopupNobody"));
            tryVerify(() => server.commands.length === 3);
            verify(!server.commands[2].assignee);
            verify(part("incidentDetail")?.visible);
        }

        // As where a notification is clicked meanwhile.
        function test_assigningIsAskedNoMoreWhereAnotherIsShown() {
            openFirst();
            press("assign");
            tryVerify(() => part("assignPopup").opened);
            write("ben");
            test.dashboard.showIncident("u1");
            compare(part("detailTitle").text, "Incident 1");
            tryVerify(() => !part("assignPopup").visible);
            keyClick(Qt.Key_Return);
            wait(0);
            compare(server.commands.length, 0);
        }

        function test_escapeLeavesTheQuestionAndThenTheIncident() {
            openFirst();
            press("assign");
            tryVerify(() => part("assignPopup").opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !part("assignPopup").visible);
            verify(part("incidentDetail")?.visible);
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
            compare(server.commands.length, 0);
        }

        function test_whatIsResolvedMeanwhileIsNotAskedAbout() {
            openFirst();
            press("assign");
            tryVerify(() => part("assignPopup").opened);
            write("ben");
            server.resolve("u0");
            tryVerify(() => part("detailOver").visible);
            tryVerify(() => !part("assignPopup").visible);
            keyClick(Qt.Key_Return);
            // The keyboard is where Escape closes the incident.
            keyClick(Qt.Key_Escape);
            verify(!part("incidentDetail")?.visible);
            compare(server.commands.length, 0);
        }

        // As where another server's is shown.
        function test_isNotAskedOverAnotherDashboard() {
            openFirst();
            press("assign");
            tryVerify(() => part("assignPopup").opened);
            const popup = part("assignPopup");
            dashboard.visible = false;
            tryVerify(() => !popup.visible);
        }
    }
}
