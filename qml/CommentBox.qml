// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Where a comment is written. What is not sent stays; so does what the server does not take.
ColumnLayout {
    id: root

    required property IncidentDetails details
    required property string obstacle

    signal finished

    function write() { area.forceActiveFocus(Qt.ShortcutFocusReason); }

    spacing: Theme.small

    T.ScrollView {
        id: view
        implicitHeight: Math.min(area.implicitHeight, 6 * Theme.body + 2 * Theme.medium)
        Layout.fillWidth: true

        T.TextArea {
            id: area
            objectName: "commentArea"
            text: root.details.draft
            readOnly: root.details.sendingDraft
            implicitHeight: contentHeight + topPadding + bottomPadding
            padding: Theme.medium
            topPadding: Theme.small + 2
            bottomPadding: Theme.small + 2
            font.pixelSize: Theme.body
            color: area.readOnly ? Theme.textSecondary : Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            selectByMouse: true
            wrapMode: TextEdit.Wrap
            textFormat: TextEdit.PlainText
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Comment")
            Accessible.description: root.obstacle
            Accessible.multiLine: true
            onTextChanged: root.details.draft = area.text
            Keys.onPressed: event => event.accepted = (event.modifiers & Qt.ControlModifier) !== 0
                && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && (root.details.sendDraft(), true)
            Keys.onEscapePressed: root.finished()
            // A tab has no place in a comment, and the keyboard must get out.
            Keys.onTabPressed: area.nextItemInFocusChain().forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

            Text {
                x: area.leftPadding
                y: area.topPadding
                width: area.width - 2 * area.leftPadding
                visible: area.text === "" && area.preeditText === ""
                text: qsTr("Comment  ( C )")
                font: area.font
                color: Theme.textMuted
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            background: Rectangle {
                radius: Theme.radius - 2
                color: Theme.sunken
                border.width: area.activeFocus ? Theme.strongLine : Theme.line
                border.color: area.activeFocus ? Theme.accent : Theme.outline
            }
        }
    }
    RowLayout {
        visible: area.text !== "" || area.activeFocus
        spacing: Theme.small

        Text {
            objectName: "commentHint"
            text: root.details.sendingDraft ? qsTr("Sending…")
                : root.obstacle !== "" ? root.obstacle : qsTr("Ctrl+Enter sends")
            color: Theme.textSecondary
            font.pixelSize: Theme.caption
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        ObstacleButton {
            objectName: "sendComment"
            text: qsTr("Comment")
            primary: true
            obstacle: root.obstacle !== "" ? root.obstacle
                : root.details.sendingDraft ? qsTr("It is on its way.")
                : area.text.trim() === "" ? qsTr("Nothing is written.") : ""
            onClicked: root.details.sendDraft()
        }
    }
}
