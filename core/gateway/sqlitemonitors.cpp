// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The monitors that SqliteIncidentLog knows: how each is, in every room that was told of it.
#include "gateway/sqliteincidentlog_p.h"

#include "protocol/messages.h"

namespace tocsin {

namespace {

// `query`: the room's name and the monitor's uuid.
QList<WatchedMonitor> readWatched(SqliteStatement &query)
{
    QList<WatchedMonitor> monitors;
    while (query.next())
        monitors.append({query.value(0).toString(), query.value(1).toString()});
    query.finish();
    return monitors;
}

} // namespace

void SqliteIncidentLog::Private::write(const MonitorWrite &write)
{
    const MonitorStatus &status = write.status;
    const qint64 changedAt = toMilliseconds(status.changedAt);
    const QByteArray json = encode(status);
    for (const QString &name : write.rooms) {
        const qint64 room = makeRoom(name).id;
        database.run("INSERT INTO monitors VALUES (?, ?, ?, ?, ?, ?, ?)"
                     " ON CONFLICT (room, uuid) DO UPDATE SET heard_at = excluded.heard_at",
            {room, status.monitorUuid, write.source, write.fingerprint, changedAt,
                toMilliseconds(write.heardAt), json});
        if (write.kind == MonitorWrite::Kind::HeardAgain)
            continue;
        // A change of the future is one by a clock that was set back since.
        database.run("UPDATE monitors SET changed_at = ?, json = ?"
                     " WHERE room = ? AND uuid = ? AND (changed_at <= ? OR changed_at > ?)",
            {changedAt, json, room, status.monitorUuid, changedAt, toMilliseconds(write.heardAt)});
    }
}

void SqliteIncidentLog::Private::trimMonitors(const QSet<QString> &names)
{
    for (const QString &name : names) {
        const qint64 room = makeRoom(name).id;
        SqliteStatement &query
            = database.run("SELECT count(*) FROM monitors WHERE room = ?", {room});
        const qint64 count = query.next() ? query.value(0).toLongLong() : 0;
        query.finish();
        if (count <= mostMonitors)
            continue;
        database.run("DELETE FROM monitors WHERE room = ? AND uuid IN (SELECT uuid FROM monitors"
                     " WHERE room = ? ORDER BY heard_at, uuid LIMIT ?)",
            {room, room, count - mostMonitors});
    }
}

QList<QByteArray> SqliteIncidentLog::Private::monitorsOf(const RoomRow &room)
{
    QList<QByteArray> monitors;
    SqliteStatement &query
        = database.run("SELECT json FROM monitors WHERE room = ? ORDER BY uuid", {room.id});
    while (query.next())
        monitors.append(query.value(0).toByteArray());
    query.finish();
    return monitors;
}

void SqliteIncidentLog::Private::tellRemoved(
    const QList<WatchedMonitor> &monitors, Timestamp now, QList<LogEvent> &events)
{
    for (const WatchedMonitor &monitor : monitors) {
        write({{monitor.room}, MonitorRemoved.name.toString(),
                  encode(MonitorReference{monitor.uuid}), now},
            events);
    }
}

void SqliteIncidentLog::Private::removeMonitors(
    const QString &source, Timestamp now, QSet<QString> &touched, QList<LogEvent> &events)
{
    const auto monitors
        = readWatched(database.run("SELECT name, uuid FROM monitors JOIN rooms ON id = room"
                                   " WHERE source = ? ORDER BY room, uuid",
            {source}));
    for (const WatchedMonitor &monitor : monitors)
        touched.insert(monitor.room);
    tellRemoved(monitors, now, events);
    database.run("DELETE FROM monitors WHERE source = ?", {source});
}

int SqliteIncidentLog::Private::pruneMonitors(const PruneLimits &limits, QList<LogEvent> &events)
{
    // Many senders tell of changes only, so that silence is no news; but one that was removed there
    // must not stand here for ever. What is down as long as its incident is open is not forgotten.
    const auto forgotten
        = readWatched(database.run("SELECT name, uuid FROM monitors JOIN rooms ON id = room"
                                   " WHERE heard_at < ? AND NOT EXISTS (SELECT 1 FROM incidents"
                                   " WHERE incidents.source = monitors.source"
                                   " AND incidents.fingerprint = monitors.fingerprint"
                                   " AND resolved_at IS NULL) LIMIT ?",
            {toMilliseconds(limits.monitorsHeardBefore), limits.mostRows}));
    QSet<QString> touched;
    for (const WatchedMonitor &monitor : forgotten) {
        database.run("DELETE FROM monitors WHERE room = ? AND uuid = ?",
            {makeRoom(monitor.room).id, monitor.uuid});
        touched.insert(monitor.room);
    }
    tellRemoved(forgotten, limits.now, events);
    finishRooms(touched);
    return int(forgotten.size());
}

} // namespace tocsin
