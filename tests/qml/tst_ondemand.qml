// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtTest
import Tocsin

/// What is made when it is asked for, of a component or of a file that is not read before.
Item {
    id: scene

    property string words: "Stop"

    width: 400
    height: 300

    Component {
        id: fromFile

        OnDemand {
            width: 200
            height: 40
            source: "qrc:/qt/qml/Tocsin/ActionButton.qml"
            properties: ({ primary: true, text: Qt.binding(() => scene.words) })
        }
    }
    Component {
        id: fromComponent

        OnDemand {
            component: Rectangle {
                implicitWidth: 30
                implicitHeight: 20
            }
        }
    }
    Component {
        id: fromNowhere

        OnDemand {
            source: "qrc:/qt/qml/Tocsin/Nothing.qml"
        }
    }

    TestCase {
        name: "OnDemand"
        when: windowShown

        function test_makesWhatAFileHasOnceItIsAskedFor() {
            const maker = createTemporaryObject(fromFile, scene);
            compare(maker.object, null);
            compare(maker.implicitWidth, 0);
            const button = maker.make();
            verify(button instanceof ActionButton);
            compare(maker.object, button);
            compare(maker.make(), button);
            compare(button.parent, maker);
            verify(button.primary);
            compare(button.text, "Stop");
            scene.words = "Go";
            compare(button.text, "Go");
            verify(button.width < 200);
            compare(maker.implicitWidth, button.implicitWidth);
        }

        function test_makesItWhenItIsWanted() {
            const maker = createTemporaryObject(fromFile, scene, {filling: true});
            maker.wanted = true;
            verify(maker.object instanceof ActionButton);
            compare(maker.object.width, 200);
            maker.width = 120;
            compare(maker.object.width, 120);
            const made = maker.object;
            maker.wanted = false;
            maker.wanted = true;
            compare(maker.object, made);

            const atOnce = createTemporaryObject(fromFile, scene, {wanted: true});
            verify(atOnce.object instanceof ActionButton);
        }

        function test_makesAComponent() {
            const maker = createTemporaryObject(fromComponent, scene);
            compare(maker.object, null);
            maker.make();
            compare(maker.implicitWidth, 30);
            compare(maker.implicitHeight, 20);
        }

        function test_saysWhichFileIsMissing() {
            const maker = createTemporaryObject(fromNowhere, scene);
            ignoreWarning(/Nothing\.qml/);
            compare(maker.make(), null);
        }
    }
}
