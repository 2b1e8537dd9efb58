// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQuick
import Tocsin

/// A severity as a shape in its colour; the word stands beside it wherever it is used.
SeverityShape {
    id: root

    implicitWidth: 32 * Theme.textScale
    implicitHeight: root.implicitWidth
    color: Theme.severityColor(root.severity)
    signColor: Theme.severitySignColor(root.severity)
    Accessible.role: Accessible.Graphic
    Accessible.name: Theme.severityWord(root.severity)
}
