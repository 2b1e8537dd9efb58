// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logmigration.h"

#include "gateway/datadirectory_p.h"
#include "gateway/durablefile_p.h"
#include "gateway/logdigest_p.h"
#include "gateway/logswap_p.h"
#include "gateway/redisplace_p.h"
#include "gateway/redistransfer_p.h"
#include "gateway/sqlitetransfer_p.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace tocsin {

namespace {

using Tell = std::function<void(const MigrationProgress &)>;

constexpr QLatin1StringView sqlitePrefix{"sqlite:"};
constexpr const char *migrationName = "tocsin-migrate";
// A sentence with more is not read.
constexpr qsizetype mostDifferences = 5;

/// Reads a log to its end, digests it and hands it on.
Expected<LogDigest> digest(
    LogReader &reader, MigrationProgress progress, const Tell &tell,
    const TakeRecords &handOn = [](const QList<LogRecord> &) { return Expected<void>(); })
{
    LogDigest found;
    return reader
        .read([&](const QList<LogRecord> &records) {
            for (const LogRecord &record : records)
                found.add(record);
            progress.done = found.contents().incidents + found.contents().events;
            tell(progress);
            return handOn(records);
        })
        .map([&] { return std::move(found); });
}

Expected<void> compare(const LogDigest &source, const LogDigest &copy)
{
    QStringList differences = source.differences(copy);
    if (differences.isEmpty())
        return {};
    const qsizetype count = differences.size();
    differences = differences.first(std::min(count, mostDifferences));
    if (count > mostDifferences)
        differences.append(QStringLiteral("%1 more").arg(count - mostDifferences));
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("The copy is not what it was made of, and is not used. What differs: %1.")
            .arg(differences.join(QStringLiteral("; "))));
}

/// Copies, reads back and compares.
Expected<MigratedLog> copy(
    LogReader &source, const LogOutline &outline, LogFiller &filler, const Tell &tell)
{
    const qint64 all = outline.incidents + outline.events;
    const auto read = digest(source, {MigrationProgress::Step::Copying, 0, all}, tell,
        [&](const QList<LogRecord> &records) { return filler.take(records); });
    if (!read)
        return tl::unexpected<Error>(read.error());
    const auto written = filler.written();
    if (!written)
        return tl::unexpected<Error>(written.error());
    const auto readBack = digest(**written, {MigrationProgress::Step::Checking, 0, all}, tell);
    if (!readBack)
        return tl::unexpected<Error>(readBack.error());
    return compare(*read, *readBack).map([&] {
        return MigratedLog{.contents = read->contents(), .digest = read->toString()};
    });
}

/// Where an earlier migration has come to its end, and was killed before it could say so.
Expected<std::optional<MigratedLog>> findEarlier(
    LogReader &source, const LogOutline &outline, LogReader &destination, const Tell &tell)
{
    const auto held = destination.outline();
    if (!held || held->epoch != outline.movedEpoch)
        return std::nullopt;
    const qint64 all = outline.incidents + outline.events;
    const MigrationProgress progress{MigrationProgress::Step::Checking, 0, all};
    const auto here = digest(source, progress, tell);
    if (!here)
        return tl::unexpected<Error>(here.error());
    const auto there = digest(destination, progress, tell);
    if (!there)
        return tl::unexpected<Error>(there.error());
    if (const auto same = here->differences(*there); !same.isEmpty()) {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("This log was moved there before, and the two have gone on since, each"
                           " for itself: nothing is put over it."));
    }
    return MigratedLog{
        .contents = there->contents(), .digest = there->toString(), .wasThere = true};
}

Expected<MigratedLog> toRedis(const SqliteLogPlace &from, const RedisLogPlace &to, const Tell &tell)
{
    const QString file = logFileName(from.directory);
    if (!QDir(from.directory).exists()) {
        return makeError(ErrorCode::NotFound,
            QStringLiteral("There is no data directory %1.").arg(from.directory));
    }
    const auto directory = DataDirectory::hold(from.directory);
    if (!directory)
        return tl::unexpected<Error>(directory.error());
    if (!QFile::exists(file)) {
        return makeError(
            ErrorCode::NotFound, QStringLiteral("There is no incident log %1.").arg(file));
    }
    const auto source = SqliteLogReader::open(file);
    if (!source)
        return tl::unexpected<Error>(source.error());
    const auto outline = (*source)->outline();
    if (!outline)
        return tl::unexpected<Error>(outline.error());
    const auto login = loginOf(to, migrationName);
    if (!login)
        return tl::unexpected<Error>(login.error());
    const auto connection = connectForMigration(*login);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    RedisLogReader destination(*connection);
    auto earlier = findEarlier(**source, *outline, destination, tell);
    if (!earlier)
        return tl::unexpected<Error>(earlier.error());
    if (*earlier)
        return **earlier;
    const auto filler = RedisLogFiller::begin(*connection, *outline, sqlitePrefix + from.directory);
    if (!filler)
        return tl::unexpected<Error>(filler.error());
    auto migrated = copy(**source, *outline, **filler, tell);
    if (!migrated)
        return migrated;
    migrated->isBegunOver = (*filler)->isBegunOver();
    // In this order: at no moment are there two logs of one epoch that gateways open.
    return (*source)
        ->giveEpochAway()
        .and_then([&] { return (*filler)->finish(outline->epoch); })
        .map([&] { return *migrated; });
}

/// That nothing is lost when another log takes its place.
Expected<void> refuseFilled(const QString &file, LogReader &log)
{
    const auto held = digest(log, {}, [](const MigrationProgress &) { });
    if (!held)
        return tl::unexpected<Error>(held.error());
    if (held->differences({}).isEmpty())
        return {};
    return makeError(ErrorCode::Conflict,
        QStringLiteral("%1 holds a log already (%2), and nothing is put over it: name another"
                       " directory, or move that file away first.")
            .arg(file, held->contents().toString()));
}

Expected<MigratedLog> toSqlite(
    const RedisLogPlace &from, const SqliteLogPlace &to, const Tell &tell)
{
    const auto login = loginOf(from, migrationName);
    if (!login)
        return tl::unexpected<Error>(login.error());
    const auto connection = connectForMigration(*login);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    RedisLogReader source(*connection);
    const auto outline = source.outline();
    if (!outline)
        return tl::unexpected<Error>(outline.error());
    const auto directory = DataDirectory::hold(to.directory);
    if (!directory)
        return tl::unexpected<Error>(directory.error());
    const QString file = logFileName(to.directory);
    if (QFile::exists(file)) {
        const auto destination = SqliteLogReader::open(file);
        if (!destination)
            return tl::unexpected<Error>(destination.error());
        auto earlier = findEarlier(source, *outline, **destination, tell);
        if (!earlier)
            return tl::unexpected<Error>(earlier.error());
        if (*earlier)
            return **earlier;
        if (const auto isFree = refuseFilled(file, **destination); !isFree)
            return tl::unexpected<Error>(isFree.error());
    }
    const auto made = makeFileBeside(file);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const PartFile part(*made);
    const auto filler = SqliteLogFiller::make(part.name());
    if (!filler)
        return tl::unexpected<Error>(filler.error());
    auto migrated = copy(source, *outline, **filler, tell);
    if (!migrated)
        return migrated;
    const QString date = newRestoreDate(to.directory);
    const QString replaced = replacedFileName(to.directory, date);
    return (*filler)
        ->finish(outline->epoch)
        .and_then([&] { return giveToOwnerOfDirectory(part.name()); })
        .and_then([&] { return syncFile(part.name()); })
        .and_then([&] { return source.giveEpochAway(); })
        .and_then([&] { return putInPlace(part.name(), to.directory, date); })
        .map([&] {
            migrated->replaced = QFile::exists(replaced) ? replaced : QString();
            return *migrated;
        });
}

} // namespace

Expected<MigratedLog> migrateLog(const LogPlace &from, const LogPlace &to, const Tell &tell)
{
    const auto *const fromFile = std::get_if<SqliteLogPlace>(&from);
    const auto *const toFile = std::get_if<SqliteLogPlace>(&to);
    if (fromFile && !toFile)
        return toRedis(*fromFile, std::get<RedisLogPlace>(to), tell);
    if (!fromFile && toFile)
        return toSqlite(std::get<RedisLogPlace>(from), *toFile, tell);
    return makeError(ErrorCode::BadConfiguration,
        fromFile
            ? QStringLiteral("A log moves from one data directory to another by `tocsin-gateway"
                             " backup` and `restore`.")
            : QStringLiteral("A log moves from one Redis to another by Redis' own means: its"
                             " replication, or a copy of its files."));
}

Expected<LogPlace> parseLogPlace(const QString &text)
{
    if (text.startsWith(sqlitePrefix) && text.size() > sqlitePrefix.size())
        return SqliteLogPlace{QDir(text.sliced(sqlitePrefix.size())).absolutePath()};
    if (!text.startsWith(u"redis")) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("A log is at sqlite:DIRECTORY, its data directory, or at"
                           " redis://HOST:PORT/DATABASE."));
    }
    return RedisAddress::parse(text).map(
        [&](const RedisAddress &) -> LogPlace { return RedisLogPlace{.url = text}; });
}

} // namespace tocsin
