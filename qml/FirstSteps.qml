// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What to do so that incidents arrive: for who sees an empty screen for the first time.
ColumnLayout {
    id: root

    required property string server
    property string tokenFile
    property bool demonstrationOffered: false

    signal demonstrationRequested

    spacing: Theme.large
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("First steps")

    IngestGuide {
        id: guide
        server: root.server
        tokenFile: root.tokenFile
    }

    GridLayout {
        columns: root.width < Theme.compactWidth ? 1 : 2
        columnSpacing: Theme.wide
        rowSpacing: Theme.large
        Layout.fillWidth: true

        ColumnLayout {
            spacing: Theme.small
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 1

            Text {
                text: qsTr("Point Alertmanager here")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
            Text {
                text: qsTr("In alertmanager.yml, send alerts to this address:")
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
            CopyableCode {
                objectName: "alertmanagerSnippet"
                name: qsTr("Alertmanager configuration")
                text: guide.alertmanagerConfiguration
                Layout.fillWidth: true
            }
        }
        ColumnLayout {
            spacing: Theme.small
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            Layout.preferredWidth: 1

            Text {
                text: qsTr("Or raise one incident yourself")
                color: Theme.text
                font.pixelSize: Theme.title
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
            Text {
                text: qsTr("Paste this into a terminal:")
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                Layout.fillWidth: true
            }
            CopyableCode {
                objectName: "curlSnippet"
                name: qsTr("Command that raises an incident")
                text: guide.curlCommand
                Layout.fillWidth: true
            }
            ActionButton {
                objectName: "playDemonstration"
                visible: root.demonstrationOffered
                text: qsTr("Play a demonstration")
                primary: true
                Layout.topMargin: Theme.small
                onClicked: root.demonstrationRequested()
            }
        }
    }
}
