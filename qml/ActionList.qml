// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
import QtQml
import Tocsin

/// What a program can do beside the dashboard in it.
QtObject {
    default property list<KeyAction> actions
}
