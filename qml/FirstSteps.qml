// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What to do so that incidents arrive: for who sees an empty screen for the first time.
Grid {
    id: root

    required property string server
    property string tokenFile
    /// What the token is good for; empty where the server asks for none.
    property string role
    property bool demonstrationOffered: false
    property bool connectOffered: false

    readonly property real cellWidth: (root.width - (root.columns - 1) * root.columnSpacing) / root.columns

    signal demonstrationRequested
    signal connectRequested

    columns: root.width < Theme.compactWidth ? 1 : 2
    columnSpacing: Theme.vast
    rowSpacing: Theme.wide
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("First steps")

    IngestGuide {
        id: guide
        server: root.server
        tokenFile: root.tokenFile
        role: root.role
    }

    FirstStep {
        objectName: "alertmanagerStep"
        width: root.cellWidth
        title: qsTr("Point Alertmanager here")
        explanation: qsTr("In alertmanager.yml, send alerts to this address:")
        code: guide.alertmanagerConfiguration
        codeName: qsTr("Alertmanager configuration")
    }
    Column {
        width: root.cellWidth
        spacing: Theme.large

        FirstStep {
            objectName: "curlStep"
            width: parent.width
            title: qsTr("Or raise one incident yourself")
            explanation: qsTr("Paste this into a terminal:")
            code: guide.curlCommand
            codeName: qsTr("Command that raises an incident")
        }
        FirstStep {
            objectName: "tokenStep"
            visible: guide.tokenCommand !== ""
            width: parent.width
            title: qsTr("Both need a sender's token")
            explanation: qsTr("Yours does not report. Where the gateway is, make one:")
            code: guide.tokenCommand
            codeName: qsTr("Command that makes a token")
        }
        Flow {
            width: parent.width
            spacing: Theme.small

            ActionButton {
                objectName: "playDemonstration"
                visible: root.demonstrationOffered
                text: qsTr("Play a demonstration")
                primary: true
                onClicked: root.demonstrationRequested()
            }
            ActionButton {
                objectName: "connectToServer"
                visible: root.connectOffered
                text: qsTr("Connect to a server…")
                onClicked: root.connectRequested()
            }
        }
    }
}
