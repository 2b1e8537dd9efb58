// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What SqliteIncidentLog deletes: a source without trace, and what is too old to be kept.
#include "gateway/sqliteincidentlog_p.h"

#include "gateway/incidentlog_p.h"
#include "protocol/messages.h"

namespace tocsin {

Expected<Removal> SqliteIncidentLog::removeSource(const QString &source, Timestamp now)
{
    const auto secured
        = d->database.guarded([&] { return d->database.runOnce("PRAGMA secure_delete = ON"); });
    if (!secured)
        return tl::unexpected<Error>(secured.error());
    auto removal = d->inTransaction([&] {
        Removal result;
        QSet<QString> touched;
        QList<EventWrite> farewells;
        SqliteStatement &query
            = d->database.run("SELECT uuid, version, resolved_at, rooms, json FROM incidents"
                              " WHERE source = ? ORDER BY id",
                {source});
        while (query.next()) {
            ++result.incidents;
            const QStringList rooms = splitRooms(query.value(3).toString());
            touched.unite(QSet<QString>(rooms.begin(), rooms.end()));
            d->count(rooms, query.value(4).toByteArray(), -1);
            if (!query.value(2).isNull())
                continue;
            const IncidentResolvedData data{.uuid = query.value(0).toString(),
                .resolvedAt = now,
                .resolvedBy = {},
                .version = query.value(1).toLongLong() + 1};
            farewells.append({rooms, IncidentResolved.name.toString(), encode(data), now});
        }
        query.finish();
        for (const EventWrite &farewell : farewells)
            d->write(farewell, result.events);
        d->removeMonitors(source, now, touched, result.events);
        d->database.run("DELETE FROM open_incidents WHERE incident IN"
                        " (SELECT id FROM incidents WHERE source = ?)",
            {source});
        d->database.run("DELETE FROM timeline WHERE incident IN"
                        " (SELECT id FROM incidents WHERE source = ?)",
            {source});
        d->database.run("DELETE FROM incidents WHERE source = ?", {source});
        for (const QString &name : std::as_const(touched)) {
            RoomRow &room = d->makeRoom(name);
            d->database.run("DELETE FROM events WHERE room = ?", {room.id});
            room.extent.oldest = room.extent.head + 1;
        }
        d->finishRooms(touched);
        return result;
    });
    // The write-ahead log still holds the old pages; what cannot be emptied now is at the next
    // checkpoint, so a failure here is none of the removal.
    static_cast<void>(d->database.guarded(
        [&] { return d->database.runOnce("PRAGMA wal_checkpoint(TRUNCATE)"); }));
    static_cast<void>(
        d->database.guarded([&] { return d->database.runOnce("PRAGMA secure_delete = OFF"); }));
    return removal;
}

Expected<Pruning> SqliteIncidentLog::prune(const PruneLimits &limits)
{
    return d->inTransaction([&] {
        Pruning result;
        const int events = d->pruneEvents(limits);
        const int incidents = d->pruneResolved(limits);
        d->database.run("DELETE FROM activity WHERE quarter < ?",
            {toMilliseconds(limits.activityBefore)
                / std::chrono::milliseconds(activityQuarter).count()});
        const int monitors = d->pruneMonitors(limits, result.events);
        result.isMore = std::max({events, incidents, monitors}) >= limits.mostRows;
        return result;
    });
}

int SqliteIncidentLog::Private::pruneEvents(const PruneLimits &limits)
{
    QStringList names;
    SqliteStatement &query = database.run("SELECT name FROM rooms", {});
    while (query.next())
        names.append(query.value(0).toString());
    query.finish();
    int left = limits.mostRows;
    for (const QString &name : std::as_const(names)) {
        RoomRow &room = makeRoom(name);
        // The oldest that is to be kept; the ones before it are all that is looked at.
        SqliteStatement &young
            = database.run("SELECT seq FROM events WHERE room = ? AND seq < ? AND at"
                           " >= ? ORDER BY seq LIMIT 1",
                {room.id, room.extent.oldest + left, toMilliseconds(limits.eventsBefore)});
        const qint64 end = std::min(room.extent.head + 1, room.extent.oldest + left);
        const qint64 oldest = young.next() ? young.value(0).toLongLong() : end;
        young.finish();
        if (oldest == room.extent.oldest)
            continue;
        left -= int(oldest - room.extent.oldest);
        room.extent.oldest = oldest;
        database.run("DELETE FROM events WHERE room = ? AND seq < ?", {room.id, oldest});
        database.run("UPDATE rooms SET oldest = ? WHERE id = ?", {oldest, room.id});
        if (left <= 0)
            break;
    }
    return limits.mostRows - left;
}

int SqliteIncidentLog::Private::pruneResolved(const PruneLimits &limits)
{
    QList<qint64> ids;
    // The latest of an identity goes too, with which the next report of it is compared: what is
    // still reported as firing so long after somebody resolved it opens again.
    SqliteStatement &query
        = database.run("SELECT id FROM incidents WHERE resolved_at IS NOT NULL AND resolved_at < ?"
                       " ORDER BY resolved_at LIMIT ?",
            {toMilliseconds(limits.resolvedBefore), limits.mostRows});
    while (query.next())
        ids.append(query.value(0).toLongLong());
    query.finish();
    for (const qint64 id : std::as_const(ids)) {
        database.run("DELETE FROM timeline WHERE incident = ?", {id});
        database.run("DELETE FROM incidents WHERE id = ?", {id});
    }
    return int(ids.size());
}

} // namespace tocsin
