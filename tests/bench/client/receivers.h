// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QUrl>

namespace tocsin::bench {

/// Each connects, takes `messages` messages of the stream, prints what it cost as one line of JSON
/// and returns the program's status.

/// A QWebSocket that counts text frames and looks at none of them but every 64th.
int receiveBare(const QUrl &url, qint64 messages);
/// SocketClient with a typed handler.
int receiveTyped(const QUrl &url, qint64 messages);
/// SocketClient, connected and joined, for so many seconds; nothing is sent to it.
int stayIdle(const QUrl &url, qint64 seconds);

} // namespace tocsin::bench
