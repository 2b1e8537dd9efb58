// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqliteincidentlog_p.h"

#include "gateway/incidentlog_p.h"
#include "protocol/messages.h"

#include <QSet>
#include <QUuid>

#include <algorithm>

namespace tocsin {

namespace {

constexpr qint64 mostTimelineEntries = 500;

// In the table of what the file says of itself: a handful of rows.
QString heardKey(const QString &source)
{
    return QStringLiteral("heard:") + source;
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

} // namespace

std::optional<RoomRow> SqliteIncidentLog::Private::findRoom(const QString &name)
{
    if (const auto it = rooms.constFind(name); it != rooms.cend())
        return *it;
    SqliteStatement &query
        = database.run("SELECT id, oldest, head FROM rooms WHERE name = ?", {name});
    std::optional<RoomRow> row;
    if (query.next()) {
        row = RoomRow{query.value(0).toLongLong(),
            {query.value(1).toLongLong(), query.value(2).toLongLong()}};
        rooms.insert(name, *row);
    }
    query.finish();
    return row;
}

RoomRow &SqliteIncidentLog::Private::makeRoom(const QString &name)
{
    if (!findRoom(name)) {
        const SqliteStatement &query
            = database.run("INSERT INTO rooms (name, oldest, head) VALUES (?, 1, 0)", {name});
        rooms.insert(name, {query.lastInsertId(), {}});
    }
    return rooms[name];
}

std::optional<StoredIncident> SqliteIncidentLog::Private::readIncident(SqliteStatement &query)
{
    std::optional<StoredIncident> stored;
    if (query.next()) {
        stored.emplace();
        stored->fingerprint = query.value(0).toString();
        stored->startsAt = timestampFromMilliseconds(query.value(1).toLongLong());
        stored->rooms = splitRooms(query.value(2).toString());
        const QByteArray json = query.value(3).toByteArray();
        auto incident = decode<Incident>(reader, view(json));
        query.finish();
        if (!incident)
            throw SqlFailure{{ErrorCode::StorageFailed,
                QStringLiteral("The incident log holds an incident that cannot be read:"
                               " %1: %2.")
                    .arg(incident.error().where, incident.error().message),
                {}}};
        stored->incident = std::move(*incident);
    }
    query.finish();
    return stored;
}

void SqliteIncidentLog::Private::write(const IncidentWrite &write)
{
    const StoredIncident &stored = write.stored;
    const Incident &incident = stored.incident;
    const bool isResolved = incident.status == IncidentStatus::Resolved;
    const SqliteValue resolvedAt = isResolved
        ? SqliteValue(toMilliseconds(incident.resolvedAt.value_or(Timestamp())))
        : SqliteValue();
    const qint64 startsAt = toMilliseconds(stored.startsAt);
    const QByteArray json = write.json.isEmpty() ? encode(incident) : write.json;
    if (write.basedOn == 0) {
        const SqliteStatement &query
            = database.run("INSERT INTO incidents (uuid, source, fingerprint, starts_at, version,"
                           " resolved_at, rooms, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                {incident.uuid, incident.source, stored.fingerprint, startsAt, incident.version,
                    resolvedAt, joinedRooms(stored.rooms), json});
        const qint64 id = query.lastInsertId();
        countOpened(stored.rooms, incident);
        if (isResolved) {
            countResolved(stored.rooms, incident.resolvedAt.value_or(Timestamp()));
            return;
        }
        for (const QString &room : stored.rooms)
            database.run(
                "INSERT OR IGNORE INTO open_incidents VALUES (?, ?)", {makeRoom(room).id, id});
        return;
    }
    const SqliteStatement &query
        = database.run("UPDATE incidents SET starts_at = ?, version = ?, resolved_at = ?,"
                       " json = ? WHERE uuid = ? AND version = ?",
            {startsAt, incident.version, resolvedAt, json, incident.uuid, write.basedOn});
    if (query.numRowsAffected() != 1) {
        throw SqlFailure{{ErrorCode::Conflict,
            QStringLiteral("The incident was changed by somebody else at the same time."),
            QStringLiteral("uuid")}};
    }
    if (!isResolved)
        return;
    bool wasOpen = false;
    for (const QString &room : stored.rooms) {
        const SqliteStatement &removal
            = database.run("DELETE FROM open_incidents WHERE room = ?"
                           " AND incident = (SELECT id FROM incidents WHERE uuid = ?)",
                {makeRoom(room).id, incident.uuid});
        wasOpen = wasOpen || removal.numRowsAffected() > 0;
    }
    if (wasOpen)
        countResolved(stored.rooms, incident.resolvedAt.value_or(Timestamp()));
}

void SqliteIncidentLog::Private::write(const EventWrite &event, QList<LogEvent> &events)
{
    for (const QString &name : event.rooms) {
        RoomRow &room = makeRoom(name);
        const qint64 sequence = ++room.extent.head;
        const QByteArray frame
            = encodeEnvelope({event.name, event.timestamp, name, sequence}, view(event.data));
        database.run("INSERT INTO events VALUES (?, ?, ?, ?)",
            {room.id, sequence, frame, toMilliseconds(event.timestamp)});
        events.append({name, sequence, frame});
    }
}

void SqliteIncidentLog::Private::write(const TimelineWrite &write)
{
    SqliteStatement &query
        = database.run("SELECT incidents.id, coalesce(max(place), 0) FROM incidents"
                       " LEFT JOIN timeline ON timeline.incident = incidents.id"
                       " WHERE uuid = ? GROUP BY incidents.id",
            {write.uuid});
    if (!query.next()) {
        query.finish();
        throw SqlFailure{{ErrorCode::Conflict,
            QStringLiteral("The incident was removed by somebody else at the same time."),
            QStringLiteral("uuid")}};
    }
    const qint64 incident = query.value(0).toLongLong();
    const qint64 place = query.value(1).toLongLong() + 1;
    query.finish();
    const TimelineEntry &entry = write.entry;
    database.run("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?)",
        {incident, place, toMilliseconds(entry.at), enumQString(entry.kind), entry.by, entry.text,
            entry.id});
    database.run("DELETE FROM timeline WHERE incident = ? AND place <= ?",
        {incident, place - mostTimelineEntries});
}

void SqliteIncidentLog::Private::finishRooms(const QSet<QString> &names)
{
    for (const QString &name : names) {
        RoomRow &room = makeRoom(name);
        trim(room);
        database.run("UPDATE rooms SET oldest = ?, head = ? WHERE id = ?",
            {room.extent.oldest, room.extent.head, room.id});
    }
}

void SqliteIncidentLog::Private::trim(RoomRow &room)
{
    // In strides, so that the work is small beside that of the appends between two of them.
    const qint64 stride = std::clamp<qint64>(historyLength / 10, 1, 1000);
    if (room.extent.head - room.extent.oldest + 1 < historyLength + stride)
        return;
    room.extent.oldest = room.extent.head - historyLength + 1;
    database.run("DELETE FROM events WHERE room = ? AND seq < ?", {room.id, room.extent.oldest});
}

SqliteIncidentLog::SqliteIncidentLog(std::unique_ptr<Private> opened)
    : d(std::move(opened))
{
}

SqliteIncidentLog::~SqliteIncidentLog() = default;

Expected<std::unique_ptr<SqliteIncidentLog>> SqliteIncidentLog::open(
    const QString &fileName, qint64 historyLength)
{
    auto d = std::make_unique<Private>();
    d->fileName = fileName;
    d->historyLength = historyLength;
    const auto prepared = d->database.guarded([&] {
        d->prepare();
        return true;
    });
    if (!prepared)
        return tl::unexpected<Error>(prepared.error());
    return std::unique_ptr<SqliteIncidentLog>(new SqliteIncidentLog(std::move(d)));
}

QString SqliteIncidentLog::epoch() const
{
    return d->epoch;
}

Expected<std::optional<StoredIncident>> SqliteIncidentLog::latest(
    const QString &source, const QString &fingerprint)
{
    return d->database.guarded([&] {
        return d->readIncident(
            d->database.run("SELECT fingerprint, starts_at, rooms, json FROM incidents"
                            " WHERE source = ? AND fingerprint = ? ORDER BY id DESC LIMIT 1",
                {source, fingerprint}));
    });
}

Expected<std::optional<StoredIncident>> SqliteIncidentLog::find(const QString &uuid)
{
    return d->database.guarded([&] {
        return d->readIncident(d->database.run(
            "SELECT fingerprint, starts_at, rooms, json FROM incidents WHERE uuid = ?", {uuid}));
    });
}

Expected<StoredTimeline> SqliteIncidentLog::timeline(const QString &uuid)
{
    return d->database.guarded([&] {
        StoredTimeline timeline;
        SqliteStatement &query
            = d->database.run("SELECT place, at, kind, by, text, id FROM timeline WHERE incident ="
                              " (SELECT id FROM incidents WHERE uuid = ?) ORDER BY place",
                {uuid});
        while (query.next()) {
            if (timeline.entries.isEmpty())
                timeline.complete = query.value(0).toLongLong() == 1;
            const QByteArray kind = query.value(2).toString().toUtf8();
            timeline.entries.append(
                {enumFromName<TimelineKind>(view(kind)).value_or(TimelineKind::Unknown),
                    timestampFromMilliseconds(query.value(1).toLongLong()),
                    query.value(3).toString(), query.value(4).toString(),
                    query.value(5).toString()});
        }
        query.finish();
        return timeline;
    });
}

Expected<QList<LogEvent>> SqliteIncidentLog::append(const LogBatch &batch)
{
    return d->inTransaction([&] {
        QList<LogEvent> events;
        QSet<QString> touched;
        for (const IncidentWrite &write : batch.incidents)
            d->write(write);
        for (const EventWrite &event : batch.events) {
            d->write(event, events);
            for (const QString &room : event.rooms)
                touched.insert(room);
        }
        for (const TimelineWrite &write : batch.timeline)
            d->write(write);
        QSet<QString> watched;
        for (const MonitorWrite &write : batch.monitors) {
            d->write(write);
            watched.unite({write.rooms.begin(), write.rooms.end()});
        }
        d->trimMonitors(watched);
        for (auto it = batch.heard.cbegin(); it != batch.heard.cend(); ++it)
            d->database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)",
                {heardKey(it.key()), QString::number(toMilliseconds(*it))});
        d->finishRooms(touched);
        return events;
    });
}

Expected<QList<OpenIncident>> SqliteIncidentLog::openIncidents(const QString &source)
{
    return d->database.guarded([&] {
        QList<OpenIncident> incidents;
        SqliteStatement &query
            = d->database.run("SELECT fingerprint, uuid, version, starts_at FROM"
                              " incidents WHERE source = ? AND resolved_at IS NULL",
                {source});
        while (query.next()) {
            incidents.append(
                {query.value(0).toString(), query.value(1).toString(), query.value(2).toLongLong(),
                    timestampFromMilliseconds(query.value(3).toLongLong())});
        }
        query.finish();
        return incidents;
    });
}

Expected<std::optional<Timestamp>> SqliteIncidentLog::lastHeard(const QString &source)
{
    return d->database.guarded([&] {
        std::optional<Timestamp> at;
        SqliteStatement &query
            = d->database.run("SELECT value FROM meta WHERE key = ?", {heardKey(source)});
        if (query.next())
            at = timestampFromMilliseconds(query.value(0).toLongLong());
        query.finish();
        return at;
    });
}

Expected<void> SqliteIncidentLog::probe()
{
    const auto written = d->inTransaction([&] {
        // As much as a report or two: a page of room may be left where they have none.
        d->database.run("INSERT OR REPLACE INTO meta VALUES ('probe', hex(zeroblob(16384)))", {});
        return true;
    });
    if (!written)
        return tl::unexpected<Error>(written.error());
    const auto removed = d->inTransaction([&] {
        d->database.run("DELETE FROM meta WHERE key = 'probe'", {});
        return true;
    });
    if (!removed)
        return tl::unexpected<Error>(removed.error());
    return {};
}

Expected<RoomExtent> SqliteIncidentLog::extent(const QString &room)
{
    return d->database.guarded([&] { return d->findRoom(room).value_or(RoomRow{}).extent; });
}

Expected<QList<QByteArray>> SqliteIncidentLog::readSince(const QString &room, qint64 after)
{
    return d->database.guarded([&] {
        QList<QByteArray> frames;
        const auto row = d->findRoom(room);
        if (!row)
            return frames;
        SqliteStatement &query = d->database.run(
            "SELECT frame FROM events WHERE room = ? AND seq > ? ORDER BY seq", {row->id, after});
        while (query.next())
            frames.append(query.value(0).toByteArray());
        query.finish();
        return frames;
    });
}

Expected<RoomState> SqliteIncidentLog::state(const QString &room)
{
    return d->database.guarded([&] {
        RoomState state;
        const auto row = d->findRoom(room);
        if (!row)
            return state;
        state.seq = row->extent.head;
        SqliteStatement &query
            = d->database.run("SELECT json FROM open_incidents JOIN incidents"
                              " ON incidents.id = open_incidents.incident"
                              " WHERE open_incidents.room = ? ORDER BY incidents.id",
                {row->id});
        while (query.next())
            state.incidents.append(query.value(0).toByteArray());
        query.finish();
        state.monitors = d->monitorsOf(*row);
        return state;
    });
}

} // namespace tocsin
