// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import ScriptedServer
import Tocsin

/// Where the keyboard is in a window of several servers, without a click.
Item {
    id: scene
    width: 1280
    height: 720

    Component {
        id: serverComponent
        ScriptedServer {}
    }
    Component {
        id: windowComponent

        Item {
            property alias view: view
            property string own
            property string directory

            anchors.fill: parent

            ServerBook {
                id: book
                file: directory + "settings.ini"
                tokenDirectory: directory + "tokens"
            }
            Preferences {
                id: preferences
                file: directory + "settings.ini"
            }
            DashboardDeck {
                id: view
                anchors.fill: parent
                book: book
                preferences: preferences
                server: own
                rooms: ["account:default"]
                savedFiltersFile: directory + "settings.ini"
                alarmSettingsFile: directory + "alarm.ini"
                focus: true
            }
        }
    }

    TestCase {
        id: test
        name: "DeckFocus"
        when: windowShown

        property ScriptedServer own
        property DashboardDeck view

        function init() {
            failOnWarning(/.*/);
            test.own = createTemporaryObject(serverComponent, scene);
            test.own.raise("a", "Disk full", "critical");
            test.own.raise("b", "Memory full", "warning");
            test.view = createTemporaryObject(windowComponent, scene,
                {own: test.own.url, directory: test.own.scratchFile("") + "/"}).view;
            test.view.forceActiveFocus();
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
