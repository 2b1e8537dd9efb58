// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// In place of a list in which the filter leaves nothing. Never calm: what it hides is still there.
Column {
    id: root

    required property IncidentModel incidents

    signal clearRequested

    spacing: Theme.large
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1. %2").arg(headline.text).arg(explanation.text)

    Text {
        id: headline
        objectName: "nothingMatchesHeadline"
        width: root.width
        text: qsTr("Nothing matches the filter")
        color: Theme.text
        font.pixelSize: Theme.heading
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    Text {
        id: explanation
        objectName: "nothingMatchesText"
        width: root.width
        text: root.incidents.hiddenCriticalCount > 0
            ? qsTr("%L1 active incidents hidden, of these %L2 critical.").arg(root.incidents.hiddenCount)
                .arg(root.incidents.hiddenCriticalCount)
            : root.incidents.hiddenCount === 1 ? qsTr("1 active incident hidden.")
            : qsTr("%L1 active incidents hidden.").arg(root.incidents.hiddenCount)
        color: root.incidents.hiddenCriticalCount > 0 ? Theme.critical : Theme.textSecondary
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    ActionButton {
        objectName: "clearFromNothing"
        anchors.horizontalCenter: parent.horizontalCenter
        primary: true
        text: qsTr("Show all %L1").arg(root.incidents.count)
        onClicked: root.clearRequested()
    }
}
