// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick

/// Where the keyboard is in a window of several servers, without a click.
Item {
    id: scene
    width: 1280
    height: 720

    DeckCase {
        id: test
        name: "DeckFocus"

        function init() {
            test.makeServers();
            test.own.raise("a", "Disk full", "critical");
            test.own.raise("b", "Memory full", "warning");
            test.openWindow();
            tryVerify(() => list().count === 2);
        }
        function list() { return findChild(findChild(test.view, "primaryDashboard"), "incidentList"); }

        function test_theListHasTheKeyboardAtOnce() {
            keyClick(Qt.Key_Down);
            tryVerify(() => list().cursor.row >= 0);
            keyClick(Qt.Key_Return);
            tryVerify(() => findChild(test.view, "incidentDetail") !== null);
        }
        /// Where a link opens an incident, what is over it makes way.
        function test_aLinkIsSeen() {
            keyClick(Qt.Key_Comma, Qt.ControlModifier);
            const maker = findChild(test.view, "settingsSheetMaker");
            tryVerify(() => maker.object && maker.object.opened);
            test.view.openLinked("b");
            tryVerify(() => !maker.object.visible);
            tryCompare(list().cursor, "uuid", "b");
            tryVerify(() => list().activeFocus);
        }
        /// But not what somebody is writing.
        function test_aLinkTakesNoKeyboardFromWhatIsWritten() {
            keyClick(Qt.Key_N, Qt.ControlModifier);
            const maker = findChild(test.view, "connectSheetMaker");
            tryVerify(() => maker.object && maker.object.opened);
            const field = findChild(findChild(maker.object.contentItem, "addressField"), "entry");
            field.forceActiveFocus();
            keyClick(Qt.Key_W);
            test.view.openLinked("b");
            tryCompare(list().cursor, "uuid", "b");
            verify(maker.object.opened);
            verify(field.activeFocus);
            keyClick(Qt.Key_A);
            compare(field.text, "wa");
            compare(test.own.commands.length, 0);
        }
    }
}
