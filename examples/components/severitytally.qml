// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// How many of each severity; a click chooses one.
Rectangle {
    id: root

    property string asked

    width: 640
    height: 120
    color: Theme.background

    SeverityTally {
        anchors.centerIn: parent
        criticalCount: 2
        warningCount: 3
        unknownCount: 1
        infoCount: 0
        onToggled: severity => root.asked = severity
    }
}
