// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

namespace tocsin {

/// Which database of which Redis: `redis://HOST:PORT/DATABASE`.
struct RedisAddress {
    QString host;
    quint16 port = 6379;
    int database = 0;

    /// BadConfiguration, in words that do not hold what was written: people write passwords there.
    [[nodiscard]] static Expected<RedisAddress> parse(const QString &url);
    /// `redis://HOST:PORT/DATABASE`
    [[nodiscard]] QString toString() const;
};

} // namespace tocsin
