// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// How many incidents of a severity are active; to be asked for with a click; framed while
/// the filter asks for them.
Pressable {
    id: root

    required property int severity
    required property int count
    property bool chosen: false
    /// Without the word.
    property bool compact: false
    readonly property real size: root.compact ? Theme.title : Theme.heading

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: root.compact ? Theme.tiny : Theme.small
    rightPadding: root.leftPadding
    topPadding: Theme.tiny / 2
    bottomPadding: Theme.tiny / 2
    Accessible.role: Accessible.CheckBox
    Accessible.name: qsTr("%1 %2").arg(Words.number(root.count)).arg(Theme.severityWord(root.severity))
    Accessible.description: root.chosen ? qsTr("The filter asks for these") : qsTr("Filter for these")
    Accessible.checkable: true
    Accessible.checked: root.chosen

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    contentItem: Row {
        spacing: Theme.small
        opacity: root.count > 0 || root.chosen ? 1 : Theme.faded(0.45)

        SeverityMark {
            anchors.verticalCenter: parent.verticalCenter
            severity: root.severity
            hollow: root.count === 0
            implicitWidth: root.size
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: Words.number(root.count)
            color: Theme.text
            font.pixelSize: root.size
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.compact
            text: Theme.severityWord(root.severity)
            color: Theme.textSecondary
            font.pixelSize: Theme.body
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.chosen ? Qt.tint(Theme.surface, Qt.alpha(Theme.accent, 0.25))
            : root.hovered ? Theme.surface : "transparent"
        border.width: root.chosen ? Theme.strongLine : 0
        border.color: Theme.accent
    }
    FocusRing {
        visible: root.visualFocus
        anchors.margins: 0
        radius: Theme.radius
    }
}
