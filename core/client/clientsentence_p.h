// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

namespace tocsin {

/// What the client says to a person, in the application's language where its translation is
/// installed. From any thread.
struct ClientSentence {
    Q_DECLARE_TR_FUNCTIONS(SocketClient)
};

} // namespace tocsin
