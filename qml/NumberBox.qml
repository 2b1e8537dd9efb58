// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Tocsin

/// A whole number between two buttons; the arrow keys change it as well.
T.SpinBox {
    id: root

    required property string caption

    implicitWidth: implicitContentWidth
    implicitHeight: implicitContentHeight
    Accessible.role: Accessible.SpinBox
    Accessible.name: root.caption
    Accessible.description: root.displayText

    contentItem: RowLayout {
        spacing: Theme.tiny

        ActionButton {
            objectName: "less"
            text: "−"
            focusPolicy: Qt.NoFocus
            enabled: root.value > root.from
            Accessible.name: qsTr("%1: less").arg(root.caption)
            onClicked: {
                root.decrease();
                root.valueModified();
            }
        }
        Text {
            objectName: "number"
            text: root.value
            color: Theme.text
            font.pixelSize: Theme.body
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            Layout.preferredWidth: 48 * Theme.textScale
            Accessible.ignored: true
        }
        ActionButton {
            objectName: "more"
            text: "+"
            focusPolicy: Qt.NoFocus
            enabled: root.value < root.to
            Accessible.name: qsTr("%1: more").arg(root.caption)
            onClicked: {
                root.increase();
                root.valueModified();
            }
        }
    }
    FocusRing {
        visible: root.visualFocus
    }
}
