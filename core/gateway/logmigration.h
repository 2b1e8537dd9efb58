// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logbackup.h"
#include "gateway/redisincidentlog.h"

#include <functional>
#include <variant>

namespace tocsin {

/// A log in a data directory.
struct SqliteLogPlace {
    QString directory;
};

using LogPlace = std::variant<SqliteLogPlace, RedisLogPlace>;

/// What is being done, for a person: of so many records so many.
struct MigrationProgress {
    enum class Step { Copying, Checking } step = Step::Copying;
    qint64 done = 0;
    qint64 all = 0;
};

struct MigratedLog {
    LogContents contents;
    /// SHA-256 of all that it holds, which was read back from the copy and is the source's.
    QString digest;
    /// An earlier migration of this log was broken off, and this one has begun it over.
    bool isBegunOver = false;
    /// An earlier one had come to its end, and nothing was left to do.
    bool wasThere = false;
    /// Where the empty log is now that was there before; empty where there was none.
    QString replaced = {};
};

/// Copies a log from a data directory to Redis or back: incidents with their timelines, histories
/// with their numbers, monitors, counts and when sources were heard. The copy is read back and
/// compared; then it gets the log's epoch, so that clients go on from where they were, and the log
/// that it was made of begins a new epoch, so that whoever uses that one again takes nobody in.
///
/// Killed at any moment, it leaves a whole log behind: the old one until the copy is whole and
/// checked. Until then no gateway opens the copy, and the next migration of the same log begins
/// over. One that is killed at the very end may leave the old log with a new epoch, and then the
/// copy gets that one: every client is given a snapshot.
///
/// What can go wrong:
/// - Conflict: a gateway has either of them open; the destination holds another log, or what is
///   left of another log's migration; the source was written to meanwhile;
/// - NotFound: there is no log to be moved;
/// - StorageFailed: one cannot be read or written, or the copy is not what the source is.
/// Blocks for as long as that takes; any thread. `tell` is called in it, now and then.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<MigratedLog> migrateLog(const LogPlace &from,
    const LogPlace &to, const std::function<void(const MigrationProgress &)> &tell);

/// `sqlite:DIRECTORY` or `redis://HOST:PORT/DATABASE`.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<LogPlace> parseLogPlace(const QString &text);

} // namespace tocsin
