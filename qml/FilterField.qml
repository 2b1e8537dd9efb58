// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Templates as T
import Tocsin

/// Where a filter is typed. Offers what could stand at the cursor: arrows choose, Enter or Tab
/// takes it. Escape closes the offers, then clears the text, then leaves.
T.TextField {
    id: root

    required property FilterInput input
    readonly property bool offering: root.activeFocus && root.input.completions.length > 0
    readonly property T.Popup popup: completions.object as T.Popup
    readonly property bool wrong: root.input.errorText !== "" && !root.offering

    signal finished

    /// Where the character stands in the field; the text and its cursor are given so that it is asked
    /// again when they change. From the cursor on, because the padding is not in every Qt's answer.
    function placeOf(position: int, text: string, cursor: rect): real {
        return cursor.x + root.positionToRectangle(Math.min(position, text.length)).x
            - root.positionToRectangle(root.cursorPosition).x;
    }
    function take(index: int): bool {
        const cursor = root.input.complete(index);
        root.cursorPosition = cursor < 0 ? root.cursorPosition : cursor;
        return cursor >= 0;
    }

    text: root.input.text
    placeholderText: root.width < 320 * Theme.textScale ? qsTr("Filter  ( / )")
        : qsTr("Filter: words, severity:critical, service:…, -label.env=staging  ( / )")
    maximumLength: 2000
    implicitHeight: Theme.body + 2 * Theme.medium
    // The language of filters is written from left to right, whatever the window speaks.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    leftPadding: Theme.medium
    rightPadding: clear.width + Theme.small
    verticalAlignment: TextInput.AlignVCenter
    font.pixelSize: Theme.body
    color: Theme.text
    placeholderTextColor: Theme.textMuted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    activeFocusOnTab: true
    inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Filter the incidents")
    Accessible.description: root.input.errorText

    onTextEdited: {
        root.input.text = root.text;
        root.input.offerCompletions(root.cursorPosition);
    }
    onActiveFocusChanged: root.activeFocus ? undefined : root.input.dropCompletions()
    Keys.onDownPressed: root.offering ? ++root.input.currentCompletion : root.finished()
    Keys.onUpPressed: --root.input.currentCompletion
    Keys.onReturnPressed: root.take(root.input.currentCompletion) || root.finished()
    Keys.onEnterPressed: root.take(root.input.currentCompletion) || root.finished()
    Keys.onTabPressed: event => event.accepted = root.take(Math.max(0, root.input.currentCompletion))
    Keys.onEscapePressed: root.offering ? root.input.dropCompletions()
        : root.text !== "" ? root.input.clear() : root.finished()
    Keys.onSpacePressed: event => event.accepted = (event.modifiers & Qt.ControlModifier) !== 0
        && (root.input.offerCompletions(root.cursorPosition), true)

    Text {
        anchors.verticalCenter: parent.verticalCenter
        x: root.leftPadding
        width: root.width - root.leftPadding - root.rightPadding
        visible: root.text === "" && root.preeditText === ""
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    Rectangle {
        id: underline
        objectName: "errorUnderline"
        readonly property real start: root.placeOf(root.input.errorPosition, root.text, root.cursorRectangle)
        readonly property real end: root.placeOf(root.input.errorPosition + root.input.errorLength, root.text, root.cursorRectangle)
        visible: root.wrong
        x: Math.max(root.leftPadding, underline.start)
        y: root.height - Theme.small
        width: Math.max(Theme.small, Math.min(underline.end, root.width - root.rightPadding) - underline.x)
        height: 2
        color: Theme.critical
    }
    ClearButton {
        id: clear
        objectName: "clearFilter"
        visible: root.text !== ""
        anchors.right: parent.right
        anchors.rightMargin: Theme.tiny
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Clear the filter")
        onClicked: {
            root.input.clear();
            root.forceActiveFocus();
        }
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: root.activeFocus ? Theme.strongLine : Theme.line
        border.color: root.wrong ? Theme.critical : root.activeFocus ? Theme.accent : Theme.outline
    }
    OnDemand {
        id: completions
        wanted: root.offering
        source: Qt.resolvedUrl("CompletionPopup.qml")
        properties: ({
            input: root.input,
            visible: Qt.binding(() => root.offering),
            x: Qt.binding(() => Math.max(0, Math.min(root.cursorRectangle.x, root.width - (root.popup?.width ?? 0)))),
            y: Qt.binding(() => root.height + Theme.tiny),
            widest: Qt.binding(() => root.width)
        })

        Connections {
            target: completions.object

            function onChosen(index: int) { root.take(index); }
        }
    }
}
