// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"

#include "protocol/error.h"

#include <QList>

namespace tocsin {

/// What an incident log's file holds.
struct TOCSIN_GATEWAY_EXPORT LogContents {
    /// Where a room is.
    struct Head {
        QString room;
        qint64 seq = 0;
    };
    qint64 incidents = 0;
    qint64 openIncidents = 0;
    qint64 events = 0;
    /// Of every room, by name.
    QList<Head> heads = {};

    /// For a sentence: `3 incidents (2 open) and 7 events, up to account:default 5, project:eu 2`.
    [[nodiscard]] QString toString() const;
};

/// Writes a copy of the log in `dataDirectory` to `fileName`, which must not exist: one consistent
/// state, whether a gateway runs there or not, which is not held up. Everything that was answered
/// with 2xx before the call is in it. The file is one for its owner only (0600), checked and on
/// disk when it gets its name. Blocks for as long as that takes; any thread.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<LogContents> backUpLog(
    const QString &dataDirectory, const QString &fileName);

/// What becomes of incidents that a directory has before a restore.
enum class ExistingIncidents {
    Refuse,
    /// Put aside, in a file that RestoredLog names.
    Replace,
};

/// What a restore has done.
struct RestoredLog {
    LogContents contents;
    /// Where the log is now that was there before; empty where there was none.
    QString replaced;
};

/// Makes a copy of `fileName` the log of `dataDirectory`, which is made where it is missing. The
/// copy is of this program's schema, and of a new epoch, so that every client asks for a snapshot.
/// Killed at any moment, it leaves the old log or the new one to the next that holds the directory.
/// What can go wrong:
/// - Conflict: a gateway runs there, or there are incidents that must not be replaced;
/// - StorageFailed: the file is damaged, no log, or a newer program's; or something cannot be
///   written. The log that was there stays.
/// Blocks for as long as that takes; any thread.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<RestoredLog> restoreLog(
    const QString &dataDirectory, const QString &fileName, ExistingIncidents existing);

} // namespace tocsin
