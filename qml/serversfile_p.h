// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/serverbook.h"

namespace tocsin {

/// What a file of settings says of servers.
struct KeptServers {
    /// As many as there may be.
    std::vector<SavedServer> servers = {};
    /// Entries that are none of these, as they stand in the file.
    std::vector<QVariantMap> notUnderstood = {};
    /// What stands in the file is not known at all, and must not be overwritten.
    bool unreadable = false;
    /// What of it cannot be read, as sentences; empty where these are all servers that there are.
    QString problem = {};
};

/// `file`: empty for the person's own settings.
[[nodiscard]] KeptServers readServers(const QString &file);
/// In place of those that are there. Why that cannot be, as a sentence; empty where it is done.
[[nodiscard]] QString writeServers(const QString &file, const std::vector<SavedServer> &servers,
    const std::vector<QVariantMap> &notUnderstood);

} // namespace tocsin
