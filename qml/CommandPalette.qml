// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// Everything that can be done, found by a few letters of what it is called: Enter does it, Escape
/// leaves it, and the keyboard is where it was.
T.Popup {
    id: root

    /// What is offered; asked for each time it opens.
    required property PaletteActions actions
    /// What had the keyboard before.
    property Item before
    property DashboardAction chosen: null

    readonly property ActionFinder finder: ActionFinder {}
    /// Of a line whose words need no second one; the metrics of text are a third more than its size.
    readonly property real lineHeight: (Theme.body + Theme.caption) * 1.35 + 2 * Theme.small + Theme.tiny / 2

    readonly property real barWidth: bar.needed ? bar.width : 0

    function take(index: int) {
        root.chosen = root.finder.take(index);
        if (root.chosen)
            root.close();
    }
    function step(by: int) {
        if (results.count > 0)
            results.currentIndex = (results.currentIndex + by + results.count) % results.count;
    }
    function page(by: int) {
        const lines = Math.max(1, Math.floor(results.height / root.lineHeight));
        results.currentIndex = Math.max(0, Math.min(results.count - 1, results.currentIndex + by * lines));
    }

    parent: T.Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: parent ? Math.min(parent.height * 0.12, Math.max(Theme.large, (parent.height - height) / 2)) : 0
    width: parent ? Math.min(620 * Theme.textScale, parent.width - 2 * Theme.large) : 620
    // Not by the height of the lines themselves: a list knows only that of those it has made.
    height: parent ? Math.min(field.implicitHeight + Theme.small + Math.max(1, root.finder.count) * root.lineHeight
                              + topPadding + bottomPadding, Math.max(parent.height * 0.7, 400 * Theme.textScale),
                              parent.height - 2 * Theme.large) : 480
    padding: Theme.medium
    focus: true
    modal: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        root.before = root.parent.Window.activeFocusItem;
        root.chosen = null;
        root.finder.lookAmong(root.actions.all());
        field.clear();
        results.currentIndex = 0;
    }
    onOpened: field.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: {
        // What is done may take the keyboard to where it goes on.
        root.before?.forceActiveFocus(Qt.PopupFocusReason);
        root.chosen?.trigger();
        root.chosen = null;
    }

    T.Overlay.modal: Rectangle {
        color: Qt.alpha("black", 0.5)
    }
    FocusScope {
        anchors.fill: parent
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Command palette")

        ColumnLayout {
            anchors.fill: parent
            spacing: Theme.small

            T.TextField {
                id: field
                objectName: "paletteField"
                focus: true
                implicitHeight: Theme.body + 2 * Theme.medium
                leftPadding: Theme.medium
                rightPadding: Theme.medium
                verticalAlignment: TextInput.AlignVCenter
                maximumLength: 200
                inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
                font.pixelSize: Theme.body
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                selectByMouse: true
                Layout.fillWidth: true
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("What to do")
                // What is chosen is heard while the keyboard stays in the field.
                Accessible.description: results.currentItem ? results.currentItem.Accessible.name : nothing.text
                onTextChanged: {
                    root.finder.query = text;
                    results.currentIndex = 0;
                    results.positionViewAtBeginning();
                }
                onAccepted: root.take(results.currentIndex)
                Keys.onUpPressed: root.step(-1)
                Keys.onDownPressed: root.step(1)
                Keys.onPressed: event => {
                    if (event.key !== Qt.Key_PageUp && event.key !== Qt.Key_PageDown)
                        return;
                    root.page(event.key === Qt.Key_PageUp ? -1 : 1);
                    event.accepted = true;
                }

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    x: field.leftPadding
                    width: field.width - 2 * field.leftPadding
                    visible: field.text === "" && field.preeditText === ""
                    text: qsTr("Type what to do, such as acknowledge or sort")
                    font: field.font
                    color: Theme.textMuted
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radius - 2
                    color: Theme.sunken
                    border.width: field.activeFocus ? 2 : Theme.line
                    border.color: field.activeFocus ? Theme.accent : Theme.outline
                }
            }
            ListView {
                id: results
                objectName: "paletteResults"
                visible: count > 0
                clip: true
                model: root.finder
                boundsBehavior: Flickable.StopAtBounds
                keyNavigationEnabled: false
                highlightMoveDuration: 0
                highlightResizeDuration: 0
                highlightFollowsCurrentItem: true
                // Nothing is made ahead: Qt 6.4 warns where that is overtaken by another search.
                cacheBuffer: 0
                Layout.fillWidth: true
                Layout.fillHeight: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("What can be done")
                delegate: PaletteLine {
                    objectName: "paletteLine"
                    endInset: root.barWidth
                    onTaken: index => root.take(index)
                }

                T.ScrollBar.vertical: ThinScrollBar {
                    id: bar
                    needed: results.contentHeight > results.height + 1
                }
            }
            Text {
                id: nothing
                objectName: "paletteNothing"
                visible: results.count === 0
                text: qsTr("Nothing that can be done here is called that.")
                color: Theme.textSecondary
                font.pixelSize: Theme.body
                wrapMode: Text.Wrap
                leftPadding: Theme.small
                bottomPadding: Theme.small
                Layout.fillWidth: true
                Layout.fillHeight: true
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }
    background: Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.line
        border.color: Theme.outline
    }
}
