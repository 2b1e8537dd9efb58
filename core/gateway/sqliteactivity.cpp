// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What SqliteIncidentLog counts: what was opened and resolved, by quarters of an hour.
#include "gateway/sqliteincidentlog_p.h"

#include "gateway/incidentlog_p.h"

#include <algorithm>

namespace tocsin {

void SqliteIncidentLog::Private::loadRoomSets()
{
    if (!roomSets.isEmpty())
        return;
    SqliteStatement &query = database.run("SELECT rooms, id FROM room_sets", {});
    while (query.next())
        roomSets.insert(query.value(0).toString(), query.value(1).toLongLong());
    query.finish();
}

qint64 SqliteIncidentLog::Private::roomSet(const QStringList &names)
{
    loadRoomSets();
    QStringList sorted = names;
    sorted.sort();
    const QString joined = joinedRooms(sorted);
    if (const auto it = roomSets.constFind(joined); it != roomSets.cend())
        return *it;
    const SqliteStatement &query
        = database.run("INSERT INTO room_sets (rooms) VALUES (?)", {joined});
    return *roomSets.insert(joined, query.lastInsertId());
}

void SqliteIncidentLog::Private::countOpened(
    const QStringList &names, const Incident &incident, int times)
{
    if (incident.createdAt) {
        counted[{roomSet(names), quarterOf(*incident.createdAt), int(incident.severity)}] += times;
    }
}

void SqliteIncidentLog::Private::countResolved(const QStringList &names, Timestamp at, int times)
{
    counted[{roomSet(names), quarterOf(at), resolvedKind}] += times;
}

void SqliteIncidentLog::Private::count(const QStringList &names, const QByteArray &json, int times)
{
    const auto incident
        = decode<Incident>(reader, std::string_view(json.constData(), std::size_t(json.size())));
    if (!incident)
        return;
    countOpened(names, *incident, times);
    if (incident->status == IncidentStatus::Resolved && incident->resolvedAt)
        countResolved(names, *incident->resolvedAt, times);
}

void SqliteIncidentLog::Private::writeCounted()
{
    for (const auto &[key, count] : counted) {
        if (count > 0) {
            database.run("INSERT INTO activity VALUES (?, ?, ?, ?)"
                         " ON CONFLICT DO UPDATE SET count = count + excluded.count",
                {key.roomSet, key.quarter, key.kind, count});
        } else if (count < 0) {
            // Its severity may have changed since it was counted.
            database.run("UPDATE activity SET count = max(0, count + ?) WHERE room_set = ?"
                         " AND quarter = ? AND kind = ?",
                {count, key.roomSet, key.quarter, key.kind});
        }
    }
    counted.clear();
}

void SqliteIncidentLog::Private::countAll()
{
    SqliteStatement &query = database.run("SELECT rooms, json FROM incidents", {});
    while (query.next()) {
        count(splitRooms(query.value(0).toString()), query.value(1).toByteArray(), 1);
    }
    query.finish();
}

Expected<RoomCounts> SqliteIncidentLog::activity(const QStringList &rooms, Timestamp from)
{
    return d->database.guarded([&] {
        d->loadRoomSets();
        std::map<qint64, ActivityQuarter> quarters;
        for (auto it = d->roomSets.cbegin(); it != d->roomSets.cend(); ++it) {
            const QStringList names = it.key().split(u'\n');
            const bool isAsked = std::ranges::any_of(
                rooms, [&](const QString &room) { return names.contains(room); });
            if (!isAsked)
                continue;
            SqliteStatement &query = d->database.run(
                "SELECT quarter, kind, count FROM activity WHERE room_set = ? AND quarter >= ?",
                {*it, quarterOf(from)});
            while (query.next()) {
                const qint64 number = query.value(0).toLongLong();
                ActivityQuarter &quarter = quarters[number];
                quarter.at = beginOfQuarter(number);
                addTo(quarter, query.value(1).toLongLong(), query.value(2).toLongLong());
            }
            query.finish();
        }
        RoomCounts counts;
        for (const auto &[number, quarter] : quarters)
            counts.quarters.append(quarter);
        return counts;
    });
}

} // namespace tocsin
