// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "protocol/error.h"

#include <QStringList>

namespace tocsin {

/// What `tocsin-watch` was asked to do.
struct WatchOptions {
    SocketClientOptions client;
    QStringList rooms;
    /// Read anew for each attempt; empty: no token.
    QString tokenFile;
    /// How long to watch; without, until asked to end.
    std::optional<std::chrono::milliseconds> duration;
    /// How many messages to print; without, no limit.
    std::optional<qint64> messages;
};

/// Parses the command line. Ends the program itself for --help and --version.
[[nodiscard]] Expected<WatchOptions> parseCommandLine(const QStringList &arguments);

} // namespace tocsin
