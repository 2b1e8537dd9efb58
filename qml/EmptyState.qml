// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// In place of an empty list. It is calm only when it is certain that there is nothing; otherwise
/// it says that nothing is known.
Column {
    id: root

    /// The server was asked, and has none.
    required property bool calm
    property date calmSince
    /// From when on it would have been heard of, where the server has no list; otherwise no moment.
    property date heardSince: new Date(NaN)
    readonly property bool partial: !isNaN(root.heardSince.getTime())
    /// Why nothing is known, where something is known of that.
    property string reason

    spacing: Theme.small
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1. %2").arg(headline.text).arg(explanation.text)

    Rectangle {
        id: sign
        anchors.horizontalCenter: parent.horizontalCenter
        width: 64 * Theme.textScale
        height: sign.width
        radius: sign.width / 2
        color: root.calm ? Qt.alpha(Theme.accent, 0.14) : Theme.cautionBackground
        border.width: 3
        border.color: root.calm ? Theme.accent : Theme.cautionLine

        // A tick: two strokes that meet in a right angle, turned.
        Item {
            visible: root.calm
            anchors.centerIn: parent
            anchors.verticalCenterOffset: -sign.height * 0.05
            width: sign.width * 0.2
            height: sign.width * 0.4
            rotation: 45

            Rectangle {
                anchors.right: parent.right
                width: 4 * Theme.textScale
                height: parent.height
                radius: width / 2
                color: Theme.accent
                antialiasing: true
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 4 * Theme.textScale
                radius: height / 2
                color: Theme.accent
                antialiasing: true
            }
        }
        Row {
            visible: !root.calm
            anchors.centerIn: parent
            spacing: Theme.tiny * 1.5

            Repeater {
                model: 3

                Rectangle {
                    width: 7 * Theme.textScale
                    height: width
                    radius: width / 2
                    color: Theme.cautionLine
                }
            }
        }
    }
    Text {
        id: headline
        objectName: "emptyHeadline"
        text: root.calm
            ? qsTr("No active incidents since %1").arg(Clock.moment(root.calmSince, Clock.now))
            : root.partial ? qsTr("No incident heard of since %1").arg(Clock.moment(root.heardSince, Clock.now))
            : qsTr("Nothing is known yet")
        color: root.calm ? Theme.text : Theme.cautionText
        font.pixelSize: root.width < Theme.narrowWidth ? Theme.title : Theme.heading * 1.25
        font.weight: Font.DemiBold
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        width: root.width
        Accessible.ignored: true
    }
    Text {
        id: explanation
        text: root.calm
            ? qsTr("Live, and nothing open for %1").arg(Clock.age(root.calmSince, Clock.now))
            : root.partial ? qsTr("What was open before is not known: this server sends no list of incidents.")
            : root.reason || qsTr("Waiting for the list of incidents.")
        color: Theme.textSecondary
        font.pixelSize: Theme.body
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        width: root.width
        Accessible.ignored: true
    }
}
