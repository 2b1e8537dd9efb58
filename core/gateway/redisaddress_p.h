// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QList>

namespace tocsin {

/// A host by its name or address, and a port.
struct RedisHost {
    QString name;
    quint16 port = 6379;

    /// `HOST:PORT`
    [[nodiscard]] QString toString() const;

    friend bool operator==(const RedisHost &, const RedisHost &) = default;
};

/// Which database of which Redis: `redis://HOST:PORT/DATABASE`, or, where Sentinels say which Redis
/// it is, `redis-sentinel://HOST:PORT,HOST:PORT,HOST:PORT/MASTER/DATABASE`. Over TLS, to Redis and
/// Sentinels alike, they are `rediss:` and `rediss-sentinel:`.
struct RedisAddress {
    /// Where there are no Sentinels.
    RedisHost host = {};
    int database = 0;
    /// Empty: `host` is it.
    QList<RedisHost> sentinels = {};
    /// What they call the master and its replicas.
    QString masterName = {};
    bool isOverTls = false;

    /// BadConfiguration, in words that do not hold what was written: people write passwords there.
    [[nodiscard]] static Expected<RedisAddress> parse(const QString &url);
    /// As parse() takes it.
    [[nodiscard]] QString toString() const;
    [[nodiscard]] bool hasSentinels() const { return !sentinels.isEmpty(); }
};

} // namespace tocsin
