// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqlitetransfer_p.h"

#include "gateway/incidentlog_p.h"
#include "gateway/sqliteincidentlog.h"
#include "protocol/messages.h"

namespace tocsin {

namespace {

constexpr QLatin1StringView heardPrefix{"heard:"};

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

/// What a taker failed with leaves the statements that are under way as a failure of theirs does.
void require(const Expected<void> &done)
{
    if (!done)
        throw SqlFailure{done.error()};
}

EventRecord eventOf(
    JsonReader &reader, const QString &room, qint64 sequence, const QByteArray &frame)
{
    const auto message = decodeEnvelope(reader, view(frame), Timestamp());
    if (!message) {
        throw SqlFailure{{ErrorCode::StorageFailed,
            QStringLiteral("Event %1 of %2 cannot be read: %3.")
                .arg(sequence)
                .arg(room, message.error().message),
            {}}};
    }
    return {.room = room,
        .sequence = sequence,
        .name = message->envelope.name,
        .data = QByteArray(message->data.data(), qsizetype(message->data.size())),
        .timestamp = message->envelope.timestamp};
}

} // namespace

Expected<std::unique_ptr<LogReader>> SqliteLogReader::open(const QString &fileName)
{
    // As at a gateway's start: it brings the schema up to date.
    if (const auto log = SqliteIncidentLog::open(fileName, 1); !log)
        return tl::unexpected<Error>(log.error());
    auto reader = std::make_unique<SqliteLogReader>();
    return reader->m_database
        .guarded([&] {
            reader->m_database.open(fileName);
            return true;
        })
        .map([&](bool) { return std::unique_ptr<LogReader>(std::move(reader)); });
}

Expected<LogOutline> SqliteLogReader::outline()
{
    return m_database.guarded([&] {
        m_outline.epoch
            = m_database.runOnce("SELECT value FROM meta WHERE key = 'epoch'").toString();
        m_outline.movedEpoch
            = m_database.runOnce("SELECT value FROM meta WHERE key = 'moved'").toString();
        m_outline.incidents = m_database.runOnce("SELECT count(*) FROM incidents").toLongLong();
        m_outline.events = m_database.runOnce("SELECT count(*) FROM events").toLongLong();
        return m_outline;
    });
}

Expected<void> SqliteLogReader::read(const TakeRecords &take)
{
    return m_database
        .guarded([&] {
            RecordBuffer buffer(take);
            readRooms(buffer);
            readEvents(buffer);
            readIncidents(buffer);
            readRest(buffer);
            require(buffer.flush());
            return true;
        })
        .map([](bool) {});
}

void SqliteLogReader::readRooms(RecordBuffer &buffer)
{
    SqliteStatement &query
        = m_database.run("SELECT name, oldest, head FROM rooms WHERE head > 0 ORDER BY name", {});
    while (query.next()) {
        require(buffer.add(RoomRecord{query.value(0).toString(),
            {query.value(1).toLongLong(), query.value(2).toLongLong()}}));
    }
}

void SqliteLogReader::readEvents(RecordBuffer &buffer)
{
    JsonReader reader;
    SqliteStatement &query = m_database.run("SELECT name, seq, frame FROM events JOIN rooms"
                                            " ON rooms.id = events.room ORDER BY room, seq",
        {});
    while (query.next()) {
        require(buffer.add(eventOf(reader, query.value(0).toString(), query.value(1).toLongLong(),
            query.value(2).toByteArray())));
    }
}

QList<TimelineEntry> SqliteLogReader::timeline(qint64 incident, qint64 &entries)
{
    QList<TimelineEntry> timeline;
    SqliteStatement &query = m_database.run(
        "SELECT place, at, kind, by, text, id FROM timeline WHERE incident = ? ORDER BY place",
        {incident});
    while (query.next()) {
        entries = query.value(0).toLongLong();
        const QByteArray kind = query.value(2).toByteArray();
        timeline.append({enumFromName<TimelineKind>(view(kind)).value_or(TimelineKind::Unknown),
            timestampFromMilliseconds(query.value(1).toLongLong()), query.value(3).toString(),
            query.value(4).toString(), query.value(5).toString()});
    }
    return timeline;
}

void SqliteLogReader::readIncidents(RecordBuffer &buffer)
{
    SqliteStatement &query
        = m_database.run("SELECT id, uuid, source, fingerprint, starts_at, version, resolved_at,"
                         " rooms, json FROM incidents ORDER BY id",
            {});
    while (query.next()) {
        IncidentRecord incident{.order = query.value(0).toLongLong(),
            .uuid = query.value(1).toString(),
            .source = query.value(2).toString(),
            .fingerprint = query.value(3).toString(),
            .startsAt = query.value(4).toLongLong(),
            .version = query.value(5).toLongLong(),
            .resolvedAt = {},
            .rooms = query.value(7).toString(),
            .json = query.value(8).toByteArray(),
            .timeline = {}};
        if (!query.value(6).isNull())
            incident.resolvedAt = query.value(6).toLongLong();
        incident.timeline = timeline(incident.order, incident.entries);
        require(buffer.add(std::move(incident)));
    }
}

void SqliteLogReader::readRest(RecordBuffer &buffer)
{
    SqliteStatement &monitors
        = m_database.run("SELECT name, uuid, source, fingerprint, changed_at, heard_at, json"
                         " FROM monitors JOIN rooms ON rooms.id = room ORDER BY name, uuid",
            {});
    while (monitors.next()) {
        require(buffer.add(MonitorRecord{.room = monitors.value(0).toString(),
            .uuid = monitors.value(1).toString(),
            .source = monitors.value(2).toString(),
            .fingerprint = monitors.value(3).toString(),
            .changedAt = monitors.value(4).toLongLong(),
            .heardAt = monitors.value(5).toLongLong(),
            .json = monitors.value(6).toByteArray()}));
    }
    SqliteStatement &counts
        = m_database.run("SELECT rooms, quarter, kind, count FROM activity JOIN room_sets"
                         " ON id = room_set WHERE count > 0 ORDER BY rooms, quarter, kind",
            {});
    while (counts.next()) {
        require(buffer.add(CountRecord{counts.value(0).toString(), counts.value(1).toLongLong(),
            counts.value(2).toLongLong(), counts.value(3).toLongLong()}));
    }
    SqliteStatement &heard
        = m_database.run("SELECT key, value FROM meta WHERE key LIKE 'heard:%' ORDER BY key", {});
    while (heard.next()) {
        require(buffer.add(HeardRecord{
            heard.value(0).toString().sliced(heardPrefix.size()), heard.value(1).toLongLong()}));
    }
}

Expected<void> SqliteLogReader::giveEpochAway()
{
    // The caller holds the data directory: nobody has written.
    return m_database
        .inTransaction([&] {
            m_database.run("INSERT OR REPLACE INTO meta VALUES ('moved', ?)", {m_outline.epoch});
            m_database.run("UPDATE meta SET value = ? WHERE key = 'epoch'", {newEpoch()});
            return true;
        })
        .map([](bool) {});
}

Expected<std::unique_ptr<LogFiller>> SqliteLogFiller::make(const QString &fileName)
{
    if (const auto log = SqliteIncidentLog::open(fileName, 1); !log)
        return tl::unexpected<Error>(log.error());
    auto filler = std::make_unique<SqliteLogFiller>();
    filler->m_fileName = fileName;
    SqliteDatabase &database = filler->m_database.emplace();
    return database
        .guarded([&] {
            database.open(fileName);
            // Nobody's yet: the whole of it is synchronised at the end.
            database.runOnce("PRAGMA synchronous = OFF");
            return true;
        })
        .map([&](bool) { return std::unique_ptr<LogFiller>(std::move(filler)); });
}

Expected<void> SqliteLogFiller::take(const QList<LogRecord> &records)
{
    return m_database
        ->inTransaction([&] {
            for (const LogRecord &record : records)
                std::visit([this](const auto &known) { write(known); }, record);
            return true;
        })
        .map([](bool) {});
}

Expected<std::unique_ptr<LogReader>> SqliteLogFiller::written()
{
    return SqliteLogReader::open(m_fileName);
}

Expected<void> SqliteLogFiller::finish(const QString &epoch)
{
    const auto finished = m_database->guarded([&] {
        m_database->run("UPDATE meta SET value = ? WHERE key = 'epoch'", {epoch});
        // Nothing may be left beside the file, which is renamed.
        if (m_database->runOnce("PRAGMA journal_mode = DELETE").toString() != u"delete") {
            throw SqlFailure{{ErrorCode::StorageFailed,
                QStringLiteral("%1 cannot be written as one file.").arg(m_fileName), {}}};
        }
        return true;
    });
    m_database.reset();
    return finished.map([](bool) { });
}

qint64 SqliteLogFiller::room(const QString &name)
{
    auto it = m_rooms.find(name);
    if (it == m_rooms.end()) {
        const SqliteStatement &made
            = m_database->run("INSERT INTO rooms (name, oldest, head) VALUES (?, 1, 0)", {name});
        it = m_rooms.insert(name, made.lastInsertId());
    }
    return *it;
}

qint64 SqliteLogFiller::roomSet(const QString &rooms)
{
    auto it = m_roomSets.find(rooms);
    if (it == m_roomSets.end()) {
        const SqliteStatement &made
            = m_database->run("INSERT INTO room_sets (rooms) VALUES (?)", {rooms});
        it = m_roomSets.insert(rooms, made.lastInsertId());
    }
    return *it;
}

void SqliteLogFiller::write(const RoomRecord &record)
{
    m_database->run("UPDATE rooms SET oldest = ?, head = ? WHERE id = ?",
        {record.extent.oldest, record.extent.head, room(record.name)});
}

void SqliteLogFiller::write(const EventRecord &event)
{
    m_database->run("INSERT INTO events VALUES (?, ?, ?, ?)",
        {room(event.room), event.sequence,
            encodeEnvelope(
                {event.name, event.timestamp, event.room, event.sequence}, view(event.data)),
            toMilliseconds(event.timestamp)});
}

void SqliteLogFiller::write(const IncidentRecord &incident)
{
    m_database->run("INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {incident.order, incident.uuid, incident.source, incident.fingerprint, incident.startsAt,
            incident.version,
            incident.resolvedAt ? SqliteValue(*incident.resolvedAt) : SqliteValue(), incident.rooms,
            incident.json});
    if (!incident.resolvedAt) {
        for (const QString &name : splitRooms(incident.rooms)) {
            m_database->run(
                "INSERT OR IGNORE INTO open_incidents VALUES (?, ?)", {room(name), incident.order});
        }
    }
    qint64 place = incident.entries - incident.timeline.size();
    for (const TimelineEntry &entry : incident.timeline) {
        m_database->run("INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?)",
            {incident.order, ++place, toMilliseconds(entry.at), enumQString(entry.kind), entry.by,
                entry.text, entry.id});
    }
}

void SqliteLogFiller::write(const MonitorRecord &monitor)
{
    m_database->run("INSERT INTO monitors VALUES (?, ?, ?, ?, ?, ?, ?)",
        {room(monitor.room), monitor.uuid, monitor.source, monitor.fingerprint, monitor.changedAt,
            monitor.heardAt, monitor.json});
}

void SqliteLogFiller::write(const CountRecord &count)
{
    m_database->run("INSERT INTO activity VALUES (?, ?, ?, ?)",
        {roomSet(count.rooms), count.quarter, count.kind, count.count});
}

void SqliteLogFiller::write(const HeardRecord &heard)
{
    m_database->run("INSERT OR REPLACE INTO meta VALUES (?, ?)",
        {QString(heardPrefix + heard.source), QString::number(heard.at)});
}

} // namespace tocsin
