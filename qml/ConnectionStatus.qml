// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// One connection in the status bar.
GridLayout {
    id: root

    required property string name
    /// Of several, the one that it is on, or that was tried last.
    required property string address
    required property int addressCount
    required property int status
    /// -1 where no attempt is waited for.
    required property int retrySeconds
    /// Milliseconds, -1 where not known.
    required property int roundTripTime
    required property var rooms
    property bool compact: false
    property bool narrow: false

    readonly property string word: [
        qsTr("Live"), qsTr("Catching up"), qsTr("Connecting"), qsTr("Reconnecting"), qsTr("Offline"),
        qsTr("Not authorised")
    ][root.status]
    readonly property bool live: root.status === ConnectionModel.Live
    readonly property bool lost: root.status >= ConnectionModel.Reconnecting

    /// While it waits, and where nobody but a person goes on: it was refused, or has no network.
    readonly property bool retryOffered: root.retrySeconds >= 0
        || root.status === ConnectionModel.Offline || root.status === ConnectionModel.NotAuthorised

    readonly property string place: root.addressCount < 2 ? root.name
        : root.lost ? qsTr("last tried %1, one of %L2").arg(root.address).arg(root.addressCount)
        : qsTr("%1, one of %L2").arg(root.address).arg(root.addressCount)

    signal retryRequested

    columns: root.narrow ? 2 : 7
    columnSpacing: Theme.medium
    rowSpacing: Theme.tiny
    Accessible.role: Accessible.StatusBar
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.word)
    Accessible.description: (root.addressCount < 2 ? "" : root.place)
        + (root.addressCount > 1 && root.retrySeconds >= 0 ? ", " : "")
        + (root.retrySeconds < 0 ? "" : qsTr("next attempt in %1 s").arg(root.retrySeconds))

    Rectangle {
        implicitWidth: 12 * Theme.textScale
        implicitHeight: implicitWidth
        radius: root.lost ? 2 : width / 2
        color: root.live ? Theme.accent : root.lost ? Theme.cautionLine : "transparent"
        border.width: 2
        border.color: root.live ? Theme.accent : root.lost ? Theme.cautionLine : Theme.textSecondary
    }
    Text {
        objectName: "statusWord"
        text: root.word
        color: root.live ? Theme.accent : Theme.text
        font.pixelSize: Theme.body
        font.weight: Font.Bold
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.body * 0.6
        Layout.fillWidth: root.narrow
        Accessible.ignored: true
    }
    Text {
        id: countdown
        objectName: "retryCountdown"
        visible: text !== "" && !root.narrow
        text: root.retrySeconds < 0 ? ""
            : root.compact ? qsTr("in %1 s").arg(root.retrySeconds)
            : qsTr("next attempt in %1 s").arg(root.retrySeconds)
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        elide: Text.ElideRight
        Layout.fillWidth: root.compact
        Accessible.ignored: true
    }
    ActionButton {
        objectName: "retryNow"
        visible: root.retryOffered
        text: qsTr("Retry now")
        font.pixelSize: Theme.caption
        topPadding: Theme.tiny
        bottomPadding: Theme.tiny
        Layout.columnSpan: root.narrow ? 2 : 1
        onClicked: root.retryRequested()
    }
    Text {
        visible: !root.compact && root.live && root.roundTripTime >= 0
        text: qsTr("%1 ms").arg(root.roundTripTime)
        color: Theme.textMuted
        font.pixelSize: Theme.body
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Round-trip time %1 milliseconds").arg(root.roundTripTime)
    }
    Text {
        visible: !root.compact
        text: root.rooms.join(", ")
        textFormat: Text.PlainText
        color: Theme.textMuted
        font.pixelSize: Theme.body
        elide: Text.ElideRight
        Layout.maximumWidth: root.width * 0.3
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Rooms: %1").arg(text)
    }
    Text {
        objectName: "connectionPlace"
        visible: !root.narrow && (!root.compact || !root.retryOffered)
        text: root.place
        textFormat: Text.PlainText
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        elide: Text.ElideMiddle
        horizontalAlignment: Text.AlignRight
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
