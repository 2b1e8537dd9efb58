// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A connection in the words of the status bar, to be shown elsewhere.
Item {
    id: root

    required property string name
    required property int status
    required property int retrySeconds

    readonly property string text: Words.joined([
        [qsTr("Live"), qsTr("Catching up"), qsTr("Connecting"), qsTr("Reconnecting"), qsTr("Offline"),
            qsTr("Not authorised")][root.status],
        root.retrySeconds < 0 ? "" : qsTr("next attempt in %1 s").arg(root.retrySeconds), root.name], "  ·  ")

    visible: false
}
