// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Tocsin

/// Whether what is shown is current, a line for each server; and whether it may lack something
/// although it is, which a click or the key E explains. Who else is watching, where the server tells.
Rectangle {
    id: root

    required property ConnectionModel connections
    required property DoubtModel doubts
    required property PresenceModel presence
    required property bool live
    readonly property bool inDoubt: root.doubts.summary !== ""
    readonly property bool inCompany: root.live && root.presence.count > 0
    readonly property bool compact: root.width < Theme.compactWidth
    readonly property real margin: root.compact ? Theme.large : Theme.wide

    function explain() { explanation.open(); }
    function showCompany() { company.open(); }

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
        columns: root.compact ? 2 : 3
        columnSpacing: Theme.large
        rowSpacing: Theme.small

        Column {
            id: lines
            spacing: Theme.tiny
            Layout.fillWidth: true
            Layout.row: 0
            Layout.column: 0

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
            Layout.row: root.compact ? 1 : 0
            Layout.column: root.compact ? 0 : 1
            Layout.columnSpan: root.compact ? 2 : 1
            Layout.fillWidth: root.compact
            Layout.maximumWidth: root.compact ? -1 : root.width * 0.4
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
        PresenceButton {
            objectName: "presenceButton"
            visible: root.inCompany
            presence: root.presence
            compact: root.compact
            Layout.row: 0
            Layout.column: root.compact ? 1 : 2
            onClicked: root.showCompany()
        }
    }
    OnDemand {
        id: company
        source: Qt.resolvedUrl("PresencePopup.qml")
        properties: ({ presence: root.presence, live: Qt.binding(() => root.live) })
    }
    OnDemand {
        id: explanation
        source: Qt.resolvedUrl("DoubtsPopup.qml")
        properties: ({ doubts: root.doubts })
    }
}
