// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T

/// What most people seldom need, such as a popup: made when it is first asked for, and kept. A
/// window is there sooner without it; with `source`, without all that it is made of as well.
///
/// Not a Loader, which in Qt 6.4 cannot make a component of a file with bound components.
FocusScope {
    id: root

    /// What is made; or in its place the file that has it, which is not even read before.
    property Component component: null
    property url source
    /// What the file's object is given at first; what is to follow something is given as Qt.binding().
    property var properties: ({})
    /// It is made as soon as this is so.
    property bool wanted: false
    /// It is as large as this.
    property bool filling: false
    property QtObject object: null

    function make(): QtObject {
        if (!root.object) {
            const component = root.component ?? Qt.createComponent(root.source);
            root.object = component.createObject(root, root.properties);
            if (!root.object)
                console.warn(component.errorString());
            else if (root.filling)
                (root.object as Item).anchors.fill = root;
        }
        return root.object;
    }
    function open() { (root.make() as T.Popup).open(); }
    function close() { (root.object as T.Popup)?.close(); }

    implicitWidth: (root.object as Item)?.implicitWidth ?? 0
    implicitHeight: (root.object as Item)?.implicitHeight ?? 0
    onWantedChanged: if (root.wanted) root.make()
    Component.onCompleted: if (root.wanted) root.make()
}
