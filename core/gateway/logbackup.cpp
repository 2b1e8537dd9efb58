// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logbackup.h"

#include "gateway/datadirectory_p.h"
#include "gateway/durablefile_p.h"
#include "gateway/incidentlog_p.h"
#include "gateway/logswap_p.h"
#include "gateway/sqliteincidentlog_p.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <sys/stat.h>

namespace tocsin {

namespace {

// A sentence with more is not read.
constexpr qsizetype mostHeadsNamed = 8;

QString counted(qint64 number, const QString &what)
{
    return number == 1 ? QStringLiteral("1 ") + what
                       : QStringLiteral("%1 %2s").arg(number).arg(what);
}

/// Opens the file for reading and returns what the body does with it.
template <typename Body>
auto reading(const QString &fileName, Body body)
    -> Expected<decltype(body(std::declval<SqliteDatabase &>()))>
{
    SqliteDatabase database;
    return database
        .guarded([&] {
            database.openForReading(fileName);
            return body(database);
        })
        .map_error([&](const Error &error) {
            if (error.message.contains(fileName))
                return error;
            return Error{error.code,
                QStringLiteral("%1 cannot be read: %2").arg(fileName, error.message), {}};
        });
}

/// Throws SqlFailure.
LogContents readContents(SqliteDatabase &database)
{
    LogContents contents;
    SqliteStatement &counts = database.run("SELECT count(*), count(*) - count(resolved_at),"
                                           " (SELECT count(*) FROM events) FROM incidents",
        {});
    if (counts.next()) {
        contents.incidents = counts.value(0).toLongLong();
        contents.openIncidents = counts.value(1).toLongLong();
        contents.events = counts.value(2).toLongLong();
    }
    counts.finish();
    SqliteStatement &rooms = database.run("SELECT name, head FROM rooms ORDER BY name", {});
    while (rooms.next())
        contents.heads.append({rooms.value(0).toString(), rooms.value(1).toLongLong()});
    rooms.finish();
    return contents;
}

/// That the file is whole, and a log that this program can take over.
Expected<LogContents> checkLog(const QString &fileName)
{
    return reading(fileName, [&](SqliteDatabase &database) {
        static_cast<void>(knownSchema(database, fileName));
        const QString found = database.runOnce("PRAGMA integrity_check(1)").toString();
        if (found != u"ok") {
            throw SqlFailure{{ErrorCode::StorageFailed,
                QStringLiteral("%1 is damaged: %2.").arg(fileName, found.simplified()), {}}};
        }
        return readContents(database);
    });
}

// VACUUM INTO and not SQLite's backup functions: it reads one state in one transaction, where they
// begin anew whenever the gateway commits, so that a busy one would never be copied; and the copy
// needs no -wal. A gateway that writes ahead is not held up by a reader: the -wal only grows until
// it is done.
Expected<void> copyLog(const QString &from, const QString &to)
{
    return reading(from, [&](SqliteDatabase &database) {
        static_cast<void>(knownSchema(database, from));
        database.run("VACUUM INTO ?", {to});
        return true;
    }).map([](bool) {});
}

/// Which file it is that has this name now.
std::pair<dev_t, ino_t> identity(const QString &fileName)
{
    struct stat status{};
    if (::stat(QFile::encodeName(fileName).constData(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino};
}

/// Makes the copy of an older program's log, and of an earlier life of it, one of ours that begins.
Expected<void> beginAnew(const QString &fileName)
{
    // As at the gateway's start: it brings the schema up to date.
    if (const auto log = SqliteIncidentLog::open(fileName, 1); !log)
        return tl::unexpected<Error>(log.error());
    SqliteDatabase database;
    return database
        .guarded([&] {
            database.open(fileName);
            database.run("UPDATE meta SET value = ? WHERE key = 'epoch'", {newEpoch()});
            // Nothing may be left beside the file, which is renamed.
            if (database.runOnce("PRAGMA journal_mode = DELETE").toString() != u"delete") {
                throw SqlFailure{{ErrorCode::StorageFailed,
                    QStringLiteral("%1 cannot be written as one file.").arg(fileName), {}}};
            }
            return true;
        })
        .map([](bool) {});
}

Expected<void> refuseExisting(const QString &dataDirectory)
{
    const QString log = logFileName(dataDirectory);
    if (!QFile::exists(log))
        return {};
    const auto incidents = reading(log, [](SqliteDatabase &database) {
        return database.runOnce("SELECT count(*) FROM incidents").toLongLong();
    });
    if (!incidents) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("There is a log already, which --replace puts aside: %1")
                .arg(incidents.error().message));
    }
    if (*incidents == 0)
        return {};
    return makeError(ErrorCode::Conflict,
        QStringLiteral("%1 holds %2 already, which --replace puts aside.")
            .arg(log, counted(*incidents, QStringLiteral("incident"))));
}

} // namespace

QString LogContents::toString() const
{
    QStringList named;
    for (const Head &head : heads.first(std::min(heads.size(), mostHeadsNamed)))
        named.append(QStringLiteral("%1 %2").arg(head.room).arg(head.seq));
    if (heads.size() > mostHeadsNamed) {
        named.append(QStringLiteral("and %1 more")
                .arg(counted(heads.size() - mostHeadsNamed, QStringLiteral("room"))));
    }
    const QString text = QStringLiteral("%1 (%2 open) and %3")
                             .arg(counted(incidents, QStringLiteral("incident")))
                             .arg(openIncidents)
                             .arg(counted(events, QStringLiteral("event")));
    return named.isEmpty() ? text
                           : text + QStringLiteral(", up to ") + named.join(QStringLiteral(", "));
}

Expected<LogContents> backUpLog(const QString &dataDirectory, const QString &fileName)
{
    const QString log = logFileName(dataDirectory);
    if (!QDir(dataDirectory).exists()) {
        return makeError(ErrorCode::NotFound,
            QStringLiteral("There is no data directory %1.").arg(dataDirectory));
    }
    if (QFileInfo::exists(fileName)) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("%1 exists already, and is not overwritten.").arg(fileName));
    }
    const auto underWay = [&] {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("A restore into %1 is under way, or was broken off: start the gateway or"
                           " restore again, and back up then.")
                .arg(dataDirectory));
    };
    // The gateway's lock is not ours to take. Which file is read, and what is written ahead of it,
    // must belong together all the same.
    const auto before = identity(log);
    if (isRestoreUnderWay(dataDirectory))
        return underWay();
    if (!QFile::exists(log)) {
        return makeError(
            ErrorCode::NotFound, QStringLiteral("There is no incident log %1.").arg(log));
    }
    const auto made = makeFileBeside(fileName);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const PartFile part(*made);
    if (const auto copied = copyLog(log, part.name()); !copied)
        return tl::unexpected<Error>(copied.error());
    if (isRestoreUnderWay(dataDirectory) || identity(log) != before)
        return underWay();
    auto contents = checkLog(part.name());
    if (!contents)
        return contents;
    if (const auto kept
        = syncFile(part.name()).and_then([&] { return renameToNewName(part.name(), fileName); });
        !kept)
        return tl::unexpected<Error>(kept.error());
    return contents;
}

Expected<RestoredLog> restoreLog(
    const QString &dataDirectory, const QString &fileName, ExistingIncidents existing)
{
    if (!QFileInfo(fileName).isFile())
        return makeError(ErrorCode::NotFound, QStringLiteral("There is no file %1.").arg(fileName));
    // A file that is refused makes no directory.
    if (!QDir(dataDirectory).exists()) {
        if (const auto checked = checkLog(fileName); !checked)
            return tl::unexpected<Error>(checked.error());
        if (existing == ExistingIncidents::Replace) {
            return makeError(ErrorCode::NotFound,
                QStringLiteral("There is no directory %1, in which something would be replaced: is"
                               " it the gateway's?")
                    .arg(dataDirectory));
        }
    }
    const auto directory = DataDirectory::hold(dataDirectory);
    if (!directory)
        return tl::unexpected<Error>(directory.error());
    if (existing == ExistingIncidents::Refuse) {
        if (const auto nothing = refuseExisting(dataDirectory); !nothing)
            return tl::unexpected<Error>(nothing.error());
    }
    if (const auto checked = checkLog(fileName); !checked)
        return tl::unexpected<Error>(checked.error());
    const auto made = makeFileBeside(logFileName(dataDirectory));
    if (!made)
        return tl::unexpected<Error>(made.error());
    const PartFile part(*made);
    const auto contents = copyLog(fileName, part.name())
                              .and_then([&] { return beginAnew(part.name()); })
                              .and_then([&] { return checkLog(part.name()); });
    if (!contents)
        return tl::unexpected<Error>(contents.error());
    const QString date = newRestoreDate(dataDirectory);
    if (const auto placed = giveToOwnerOfDirectory(part.name())
            .and_then([&] { return syncFile(part.name()); })
            .and_then([&] { return putInPlace(part.name(), dataDirectory, date); });
        !placed)
        return tl::unexpected<Error>(placed.error());
    const QString replaced = replacedFileName(dataDirectory, date);
    return RestoredLog{*contents, QFile::exists(replaced) ? replaced : QString()};
}

} // namespace tocsin
