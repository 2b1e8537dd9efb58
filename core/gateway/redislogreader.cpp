// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redistransfer_p.h"

#include "gateway/incidentlog_p.h"
#include "gateway/redisscripts_p.h"
#include "gateway/redistransferscripts_p.h"
#include "protocol/messages.h"

#include <QMap>

#include <algorithm>

namespace tocsin {

namespace {

constexpr const char *metaKey = "{tocsin}:meta";
constexpr const char *eventsAtOnce = "1000";

QByteArray key(const char *name, const QByteArray &of = {})
{
    return QByteArrayLiteral("{tocsin}:") + name + of;
}

tl::unexpected<Error> unreadable(const QString &what)
{
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("The incident log holds what cannot be read: %1.").arg(what));
}

} // namespace

RedisLogReader::RedisLogReader(std::shared_ptr<RedisConnection> connection)
    : m_connection(std::move(connection))
{
}

Expected<LogOutline> RedisLogReader::outline()
{
    const auto meta = m_connection->call(
        {"HMGET", metaKey, "epoch", "generation", "schema", "moved", "migration-from"});
    if (!meta)
        return tl::unexpected<Error>(meta.error());
    const QString where = m_connection->name();
    if ((*meta)[0].isNull()) {
        return makeError(
            ErrorCode::NotFound, QStringLiteral("There is no incident log in %1.").arg(where));
    }
    if (!(*meta)[4].isNull()) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("What %1 holds is an unfinished migration from %2: finish that first.")
                .arg(where, (*meta)[4].string()));
    }
    if ((*meta)[2].number() != redis::schemaVersion) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("%1 holds a log of schema version %2, and this program knows %3: use the"
                           " version of Tocsin that wrote it, or a newer one.")
                .arg(where, (*meta)[2].string())
                .arg(redis::schemaVersion));
    }
    m_epoch = (*meta)[0].bytes();
    m_generation = (*meta)[1].bytes();
    LogOutline outline{.epoch = QString::fromUtf8(m_epoch), .movedEpoch = (*meta)[3].string()};
    const auto all = incidents();
    if (!all)
        return tl::unexpected<Error>(all.error());
    outline.incidents = qint64(all->size());
    const auto found = rooms();
    if (!found)
        return tl::unexpected<Error>(found.error());
    for (const Room &room : *found)
        outline.events += room.extent.head - room.extent.oldest + 1;
    return outline;
}

Expected<void> RedisLogReader::read(const TakeRecords &take)
{
    RecordBuffer buffer(take);
    const auto found = rooms();
    if (!found)
        return tl::unexpected<Error>(found.error());
    for (const Room &room : *found) {
        if (auto added = buffer.add(RoomRecord{QString::fromUtf8(room.name), room.extent}); !added)
            return added;
    }
    for (const Room &room : *found) {
        if (auto done = readEvents(room, buffer); !done)
            return done;
    }
    if (auto done = readIncidents(buffer); !done)
        return done;
    const auto watched = members(key("watched"));
    if (!watched)
        return tl::unexpected<Error>(watched.error());
    for (const QByteArray &room : *watched) {
        if (auto done = readMonitors(room, buffer); !done)
            return done;
    }
    return readCounts(buffer).and_then([&] { return readHeard(buffer); }).and_then([&] {
        return buffer.flush();
    });
}

Expected<std::vector<RedisLogReader::Room>> RedisLogReader::rooms()
{
    const auto heads = m_connection->call({"HGETALL", key("heads")});
    if (!heads)
        return tl::unexpected<Error>(heads.error());
    const auto oldest = m_connection->call({"HGETALL", key("oldest")});
    if (!oldest)
        return tl::unexpected<Error>(oldest.error());
    QMap<QByteArray, RoomExtent> extents;
    for (qsizetype i = 0; i + 1 < heads->value().size(); i += 2)
        extents[(*heads)[i].bytes()].head = (*heads)[i + 1].number();
    for (qsizetype i = 0; i + 1 < oldest->value().size(); i += 2)
        extents[(*oldest)[i].bytes()].oldest = (*oldest)[i + 1].number();
    std::vector<Room> found;
    for (auto it = extents.cbegin(); it != extents.cend(); ++it) {
        if (it->head > 0)
            found.push_back({it.key(), *it});
    }
    return found;
}

Expected<void> RedisLogReader::readEvents(const Room &room, RecordBuffer &buffer)
{
    const QString name = QString::fromUtf8(room.name);
    qint64 next = room.extent.oldest;
    while (next <= room.extent.head) {
        const auto entries = m_connection->call({"XRANGE", key("events:", room.name),
            QByteArray::number(next), "+", "COUNT", eventsAtOnce});
        if (!entries)
            return tl::unexpected<Error>(entries.error());
        if (entries->value().size() == 0)
            break;
        for (qsizetype i = 0; i < entries->value().size(); ++i) {
            const QByteArray id = (*entries)[i][0].bytes();
            const RedisValue fields = (*entries)[i][1];
            if (fields.size() != 6)
                return unreadable(QStringLiteral("an event of ") + name);
            const qint64 sequence = id.left(id.indexOf('-')).toLongLong();
            next = sequence + 1;
            auto added = buffer.add(EventRecord{.room = name,
                .sequence = sequence,
                .name = fields[1].string(),
                .data = fields[3].bytes(),
                .timestamp = timestampFromMilliseconds(fields[5].number())});
            if (!added)
                return added;
        }
    }
    return {};
}

Expected<RedisLogReader::Scored> RedisLogReader::scored(const QByteArray &setKey)
{
    const auto reply = m_connection->call({"ZRANGE", setKey, "0", "-1", "WITHSCORES"});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    Scored found;
    found.reserve(reply->value().size() / 2);
    for (qsizetype i = 0; i + 1 < reply->value().size(); i += 2)
        found.append({qint64((*reply)[i + 1].bytes().toDouble()), (*reply)[i].bytes()});
    return found;
}

Expected<QList<QByteArray>> RedisLogReader::members(const QByteArray &setKey)
{
    const auto reply = m_connection->call({"SMEMBERS", setKey});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    QList<QByteArray> found;
    for (qsizetype i = 0; i < reply->value().size(); ++i)
        found.append((*reply)[i].bytes());
    std::ranges::sort(found);
    return found;
}

Expected<RedisLogReader::Scored> RedisLogReader::incidents()
{
    // There is no list of the sources; what is gone through twice is found once.
    QMap<QByteArray, Scored> bySource;
    QByteArray cursor = "0";
    do {
        const auto page = m_connection->call(
            {"SCAN", cursor, "MATCH", key("source:*"), "COUNT", "1000", "TYPE", "zset"});
        if (!page)
            return tl::unexpected<Error>(page.error());
        cursor = (*page)[0].bytes();
        const RedisValue keys = (*page)[1];
        for (qsizetype i = 0; i < keys.size(); ++i) {
            auto found = scored(keys[i].bytes());
            if (!found)
                return found;
            bySource.insert(keys[i].bytes(), *std::move(found));
        }
    } while (cursor != "0");
    Scored all;
    for (const Scored &of : std::as_const(bySource))
        all += of;
    std::ranges::sort(all);
    return all;
}

Expected<void> RedisLogReader::readIncidents(RecordBuffer &buffer)
{
    const auto all = incidents();
    if (!all)
        return tl::unexpected<Error>(all.error());
    for (qsizetype first = 0; first < all->size(); first += recordsAtOnce) {
        const Scored some = all->mid(first, recordsAtOnce);
        QList<QByteArray> uuids;
        for (const auto &[order, uuid] : some)
            uuids.append(uuid);
        const auto reply = m_connection->run(redis::readIncidentsScript(), metaKey, uuids);
        if (!reply)
            return tl::unexpected<Error>(reply.error());
        for (qsizetype i = 0; i < some.size(); ++i) {
            const RedisValue known = (*reply)[i][0];
            const RedisValue entries = (*reply)[i][1];
            const QString uuid = QString::fromUtf8(some[i].second);
            if (known[6].isNull())
                return unreadable(QStringLiteral("the incident ") + uuid);
            IncidentRecord incident{.order = some[i].first,
                .uuid = uuid,
                .source = known[0].string(),
                .fingerprint = known[1].string(),
                .startsAt = known[2].number(),
                .version = known[3].number(),
                .resolvedAt = {},
                .rooms = known[5].string(),
                .json = known[6].bytes(),
                .timeline = {},
                .entries = known[7].number()};
            if (!known[4].view().empty())
                incident.resolvedAt = known[4].number();
            for (qsizetype n = 0; n < entries.size(); ++n) {
                auto entry = decode<TimelineEntry>(m_reader, entries[n].view());
                if (!entry)
                    return unreadable(entry.error().message);
                incident.timeline.append(*std::move(entry));
            }
            if (auto added = buffer.add(std::move(incident)); !added)
                return added;
        }
    }
    return {};
}

Expected<void> RedisLogReader::readMonitors(const QByteArray &room, RecordBuffer &buffer)
{
    auto all = scored(key("monitors:", room));
    if (!all)
        return tl::unexpected<Error>(all.error());
    std::ranges::sort(*all, {}, &Scored::value_type::second);
    for (qsizetype first = 0; first < all->size(); first += recordsAtOnce) {
        const Scored some = all->mid(first, recordsAtOnce);
        QList<QByteArray> words{room};
        for (const auto &[heard, uuid] : some)
            words.append(uuid);
        const auto reply = m_connection->run(redis::readMonitorsScript(), metaKey, words);
        if (!reply)
            return tl::unexpected<Error>(reply.error());
        for (qsizetype i = 0; i < some.size(); ++i) {
            const RedisValue known = (*reply)[i];
            auto added = buffer.add(MonitorRecord{.room = QString::fromUtf8(room),
                .uuid = QString::fromUtf8(some[i].second),
                .source = known[0].string(),
                .fingerprint = known[1].string(),
                .changedAt = known[2].number(),
                .heardAt = some[i].first,
                .json = known[3].bytes()});
            if (!added)
                return added;
        }
    }
    return {};
}

Expected<void> RedisLogReader::readCounts(RecordBuffer &buffer)
{
    const auto sets = members(key("room-sets"));
    if (!sets)
        return tl::unexpected<Error>(sets.error());
    for (const QByteArray &set : *sets) {
        const auto fields = m_connection->call({"HGETALL", key("activity:", set)});
        if (!fields)
            return tl::unexpected<Error>(fields.error());
        QMap<std::pair<qint64, qint64>, qint64> counts;
        for (qsizetype i = 0; i + 1 < fields->value().size(); i += 2) {
            const auto field = (*fields)[i].bytes().split(':');
            counts.insert(
                {field.first().toLongLong(), field.last().toLongLong()}, (*fields)[i + 1].number());
        }
        for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
            if (*it <= 0)
                continue;
            auto added = buffer.add(
                CountRecord{QString::fromUtf8(set), it.key().first, it.key().second, *it});
            if (!added)
                return added;
        }
    }
    return {};
}

Expected<void> RedisLogReader::readHeard(RecordBuffer &buffer)
{
    const auto fields = m_connection->call({"HGETALL", key("heard")});
    if (!fields)
        return tl::unexpected<Error>(fields.error());
    QMap<QByteArray, qint64> heard;
    for (qsizetype i = 0; i + 1 < fields->value().size(); i += 2)
        heard.insert((*fields)[i].bytes(), (*fields)[i + 1].number());
    for (auto it = heard.cbegin(); it != heard.cend(); ++it) {
        if (auto added = buffer.add(HeardRecord{QString::fromUtf8(it.key()), *it}); !added)
            return added;
    }
    return {};
}

Expected<void> RedisLogReader::giveEpochAway()
{
    const auto reply = m_connection->run(redis::giveEpochAwayScript(), metaKey,
        {m_generation, m_epoch, newEpoch().toUtf8(), m_connection->server().identity});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if ((*reply)[0].view() == "ok")
        return {};
    return makeError(ErrorCode::Conflict,
        QStringLiteral("%1 was written to while it was read: stop every gateway that uses it, and"
                       " migrate again.")
            .arg(m_connection->name()));
}

} // namespace tocsin
