// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// Over a list that may not be true any more: as of when it is.
Notice {
    id: root

    /// No moment: it never was live.
    required property date lastLive
    /// The list is the one that was kept when the program ended.
    property bool unconfirmed: false
    readonly property bool everLive: !isNaN(root.lastLive.getTime())

    caution: true
    text: root.unconfirmed
        ? qsTr("Not confirmed yet: as of %1, %2 ago").arg(Clock.moment(root.lastLive, Clock.now))
                                                    .arg(Clock.age(root.lastLive, Clock.now))
        : root.everLive
        ? qsTr("Not live: as of %1, %2 ago").arg(Clock.moment(root.lastLive, Clock.now))
                                           .arg(Clock.age(root.lastLive, Clock.now))
        : qsTr("Not live yet: this list may be incomplete")
}
