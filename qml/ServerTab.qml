// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// A server of several: how it is stands here whether anybody looks at it or not.
Pressable {
    id: root

    required property string key
    required property string name
    required property bool live
    /// What is active is what was heard of, and there may be more.
    required property bool partial
    required property int active
    required property int worst
    required property string trouble
    required property bool current

    readonly property bool known: (root.live && !root.partial) || root.active > 0
    readonly property string condition: root.live && root.partial
        ? (root.active === 0 ? qsTr("live, none heard of") : qsTr("live, %L1 active heard of").arg(root.active))
        : root.live
        ? (root.active === 0 ? qsTr("live, none active") : qsTr("live, %L1 active").arg(root.active))
        : (root.active === 0 ? qsTr("not live, nothing known") : qsTr("not live, %L1 active when last known").arg(root.active))

    text: root.name
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    topPadding: Theme.small
    bottomPadding: Theme.small
    Accessible.role: Accessible.PageTab
    Accessible.name: qsTr("%1: %2").arg(root.name).arg(root.condition)
    Accessible.description: root.worst < 0 ? root.trouble
        : qsTr("The worst is %1. %2").arg(Theme.severityWord(root.worst)).arg(root.trouble)
    Accessible.selected: root.current

    contentItem: RowLayout {
        spacing: Theme.small

        SeverityMark {
            objectName: "tabWorst"
            visible: root.worst >= 0
            severity: Math.max(root.worst, 0)
            implicitWidth: Theme.title
            opacity: root.live ? 1 : Theme.faded(0.6)
            Accessible.ignored: true
        }
        Text {
            objectName: "tabCount"
            text: root.known ? Words.number(root.active) : "–"
            color: root.live ? Theme.text : Theme.cautionText
            font.pixelSize: Theme.body
            font.weight: Font.Bold
            Accessible.ignored: true
        }
        Text {
            text: root.name
            textFormat: Text.PlainText
            color: root.live ? (root.current ? Theme.text : Theme.textSecondary) : Theme.cautionText
            font.pixelSize: Theme.body
            font.weight: root.current ? Font.DemiBold : Font.Normal
            elide: Text.ElideMiddle
            Layout.fillWidth: true
            Layout.maximumWidth: 240 * Theme.textScale
            Accessible.ignored: true
        }
        Text {
            objectName: "tabState"
            text: root.live ? qsTr("Live") : qsTr("Not live")
            color: root.live ? Theme.accent : Theme.cautionText
            font.pixelSize: Theme.caption
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius - 2
        color: !root.live ? Theme.cautionBackground
            : root.current ? Theme.surface : root.hovered ? Qt.alpha(Theme.text, 0.06) : "transparent"
        border.width: root.current ? Theme.strongLine : Theme.line
        border.color: root.current ? (root.live ? Theme.accent : Theme.cautionLine) : Theme.outline
    }
    FocusRing {
        visible: root.visualFocus
    }
}
