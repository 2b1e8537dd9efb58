// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import Tocsin

/// What came of trying a server, and what to do: a tick, three dots, or a mark for what is wrong,
/// and never the colour alone.
Rectangle {
    id: root

    required property ConnectionTest test

    signal suggestionTaken

    implicitHeight: content.implicitHeight + 2 * Theme.medium
    radius: Theme.radius - 2
    color: root.test.works ? Qt.alpha(Theme.accent, 0.12)
        : root.test.running ? Theme.sunken : Theme.cautionBackground
    border.width: Theme.line
    border.color: root.test.works ? Theme.accent : root.test.running ? Theme.outline : Theme.cautionLine
    Accessible.role: Accessible.AlertMessage
    Accessible.name: qsTr("%1 %2").arg(root.test.headline).arg(root.test.advice)

    RowLayout {
        id: content
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.medium
        spacing: Theme.medium

        Text {
            text: root.test.works ? "✓" : root.test.running ? "…" : "!"
            color: headline.color
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.large
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
        ColumnLayout {
            spacing: Theme.tiny
            Layout.fillWidth: true

            Text {
                id: headline
                objectName: "verdictHeadline"
                text: root.test.headline
                textFormat: Text.PlainText
                color: root.test.works || root.test.running ? Theme.text : Theme.cautionText
                font.pixelSize: Theme.body
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Text {
                objectName: "verdictAdvice"
                visible: text !== ""
                text: root.test.advice
                textFormat: Text.PlainText
                color: root.test.works ? Theme.textSecondary : Theme.cautionText
                font.pixelSize: Theme.caption
                lineHeight: 1.15
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            ActionButton {
                objectName: "takeSuggestion"
                visible: root.test.suggestion !== ""
                text: qsTr("Try %1").arg(root.test.suggestion)
                textColor: Theme.cautionText
                font.pixelSize: Theme.caption
                topPadding: Theme.tiny
                bottomPadding: Theme.tiny
                Layout.topMargin: Theme.tiny
                Layout.maximumWidth: parent.width
                onClicked: root.suggestionTaken()
            }
        }
    }
}
