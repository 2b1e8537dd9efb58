// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Says as long as it runs that what is seen is not real.
Notice {
    id: root

    /// Whether this program plays it, and so can end it.
    required property bool stoppable

    signal stopRequested

    text: qsTr("Demonstration")
    detail: root.stoppable
        ? qsTr("The incidents from the source “demonstration” are made up. Stopping removes them without a trace.")
        : qsTr("The incidents from the source “demonstration” are made up.")

    ActionButton {
        objectName: "stopDemonstration"
        visible: root.stoppable
        text: qsTr("Stop and remove")
        onClicked: root.stopRequested()
    }
}
