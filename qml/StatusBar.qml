// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// Whether what is shown is current, a line for each server; and whether it may lack something
/// although it is, which a click or the key E explains.
Rectangle {
    id: root

    required property ConnectionModel connections
    required property DoubtModel doubts
    readonly property bool inDoubt: root.doubts.summary !== ""
    readonly property bool compact: root.width < Theme.compactWidth
    readonly property real margin: root.compact ? Theme.large : Theme.wide

    function explain() { explanation.open(); }

    implicitHeight: Math.max(content.implicitHeight + 2 * Theme.small, 44 * Theme.spaceScale)
    color: Theme.surface
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Connections")

    Rectangle {
        width: parent.width
        height: Theme.line
        color: Theme.outline
    }
    GridLayout {
        id: content
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: root.margin
        anchors.rightMargin: root.margin
        columns: root.compact ? 1 : 2
        columnSpacing: Theme.large
        rowSpacing: Theme.small

        Column {
            id: lines
            spacing: Theme.tiny
            Layout.fillWidth: true

            Repeater {
                model: root.connections

                ConnectionStatus {
                    required property int index

                    width: lines.width
                    compact: root.compact
                    narrow: root.width < Theme.narrowWidth
                    onRetryRequested: root.connections.retryNow(index)
                }
            }
            Text {
                visible: root.connections.count === 0
                text: qsTr("Offline: no server is set")
                color: Theme.text
                font.pixelSize: Theme.body
                font.weight: Font.Bold
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
        ActionButton {
            id: doubtButton
            objectName: "doubtButton"
            visible: root.inDoubt
            text: qsTr("%1 – explain").arg(root.doubts.summary)
            textColor: Theme.warningText
            font.pixelSize: Theme.caption
            topPadding: Theme.tiny
            bottomPadding: Theme.tiny
            Layout.fillWidth: root.compact
            Layout.maximumWidth: root.compact ? -1 : root.width * 0.5
            Accessible.description: qsTr("Key %1").arg("E")
            onClicked: root.explain()

            // Beneath the lines it is as wide as the window, and shall be read to its end.
            contentItem: Text {
                text: doubtButton.text
                font: doubtButton.font
                color: doubtButton.textColor
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                wrapMode: root.compact ? Text.Wrap : Text.NoWrap
                elide: root.compact ? Text.ElideNone : Text.ElideRight
            }
        }
    }
    DoubtsPopup {
        id: explanation
        doubts: root.doubts
    }
}
