// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T

/// What most people seldom need, such as a popup: made when it is first asked for, and kept. A
/// window is there sooner without it.
///
/// Not a Loader, which in Qt 6.4 cannot make a component of a file with bound components.
FocusScope {
    id: root

    required property Component component
    property QtObject object: null

    function make(): QtObject {
        if (!root.object)
            root.object = root.component.createObject(root);
        return root.object;
    }
    function open() { (root.make() as T.Popup).open(); }
    function close() { (root.object as T.Popup)?.close(); }

    implicitWidth: (root.object as Item)?.implicitWidth ?? 0
    implicitHeight: (root.object as Item)?.implicitHeight ?? 0
}
