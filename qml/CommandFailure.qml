// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// What was not done, with why and another try; there until it is read.
Notice {
    id: root

    required property CommandNotices notices

    visible: root.notices.retryOffered
    text: root.notices.failure
    detail: root.notices.reason
    caution: true

    ActionButton {
        objectName: "retryCommand"
        text: qsTr("Try again")
        textColor: Theme.cautionText
        onClicked: root.notices.retry()
    }
    ActionButton {
        objectName: "dismissFailure"
        text: qsTr("Dismiss")
        textColor: Theme.cautionText
        onClicked: root.notices.dismiss()
    }
}
