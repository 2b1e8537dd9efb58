// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What RedisIncidentLog reads.
#include "gateway/redisincidentlog_p.h"

#include "gateway/incidentlog_p.h"
#include "protocol/messages.h"

#include <QSet>

#include <map>

namespace tocsin {

namespace {

// Of a history, and of identities: so many at once, that Redis has its turn for others between.
constexpr qint64 mostAtOnce = 1000;

QByteArray identityKey(const IncidentIdentity &identity)
{
    const QByteArray source = identity.source.toUtf8();
    return QByteArray::number(source.size()) + ':' + source + ':' + identity.fingerprint.toUtf8();
}

tl::unexpected<Error> unreadable(const QString &what)
{
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("The incident log holds what cannot be read: %1.").arg(what));
}

} // namespace

// `incident`: fingerprint, startsAt, rooms and json.
Expected<StoredIncident> RedisIncidentLog::Private::stored(const RedisValue &incident)
{
    auto decoded = decode<Incident>(reader, incident[3].view());
    if (!decoded)
        return unreadable(decoded.error().where + QStringLiteral(": ") + decoded.error().message);
    return StoredIncident{.incident = *std::move(decoded),
        .fingerprint = incident[0].string(),
        .startsAt = timestampFromMilliseconds(incident[1].number()),
        .rooms = splitRooms(incident[2].string())};
}

void RedisIncidentLog::beginBatch()
{
    d->readIn = d->epoch;
    d->latest.clear();
}

Expected<void> RedisIncidentLog::prefetch(const QList<IncidentIdentity> &identities)
{
    QList<IncidentIdentity> unknown;
    QSet<IncidentIdentity> asked;
    for (const IncidentIdentity &identity : identities) {
        if (!d->latest.contains(identity) && !asked.contains(identity)) {
            asked.insert(identity);
            unknown.append(identity);
        }
    }
    for (qsizetype first = 0; first < unknown.size(); first += mostAtOnce) {
        const auto some = unknown.mid(first, mostAtOnce);
        QList<QByteArray> keys;
        for (const IncidentIdentity &identity : some)
            keys.append(identityKey(identity));
        const auto reply = d->run(redis::latestScript(), keys);
        if (!reply)
            return tl::unexpected<Error>(reply.error());
        for (qsizetype i = 0; i < some.size(); ++i) {
            const RedisValue incident = (*reply)[3][i];
            std::optional<StoredIncident> found;
            if (incident.isList()) {
                auto stored = d->stored(incident);
                if (!stored)
                    return tl::unexpected<Error>(stored.error());
                found = *std::move(stored);
            }
            d->latest.insert(some[i], found);
        }
    }
    return {};
}

Expected<std::optional<StoredIncident>> RedisIncidentLog::latest(
    const QString &source, const QString &fingerprint)
{
    const IncidentIdentity identity{source, fingerprint};
    if (const auto fetched = prefetch({identity}); !fetched)
        return tl::unexpected<Error>(fetched.error());
    return d->latest.value(identity);
}

Expected<std::optional<StoredIncident>> RedisIncidentLog::find(const QString &uuid)
{
    const auto reply = d->run(redis::findScript(), {uuid.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if ((*reply)[3][3].isNull())
        return std::nullopt;
    return d->stored((*reply)[3]).map([](StoredIncident stored) { return std::optional(stored); });
}

Expected<StoredTimeline> RedisIncidentLog::timeline(const QString &uuid)
{
    const auto reply = d->run(redis::timelineScript(), {uuid.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const RedisValue entries = (*reply)[4];
    StoredTimeline timeline{.entries = {}, .complete = (*reply)[3].number() == entries.size()};
    for (qsizetype i = 0; i < entries.size(); ++i) {
        auto entry = decode<TimelineEntry>(d->reader, entries[i].view());
        if (!entry)
            return unreadable(entry.error().message);
        timeline.entries.append(*std::move(entry));
    }
    return timeline;
}

Expected<QList<OpenIncident>> RedisIncidentLog::openIncidents(const QString &source)
{
    const auto reply = d->run(redis::openScript(), {source.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    QList<OpenIncident> incidents;
    const RedisValue found = (*reply)[3];
    for (qsizetype i = 0; i < found.size(); ++i) {
        incidents.append({found[i][0].string(), found[i][1].string(), found[i][2].number(),
            timestampFromMilliseconds(found[i][3].number())});
    }
    return incidents;
}

Expected<std::optional<Timestamp>> RedisIncidentLog::lastHeard(const QString &source)
{
    const auto reply = d->run(redis::heardScript(), {source.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if ((*reply)[3].isNull())
        return std::nullopt;
    return timestampFromMilliseconds((*reply)[3].number());
}

Expected<RoomExtent> RedisIncidentLog::extent(const QString &room)
{
    const auto reply = d->run(redis::extentScript(), {room.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    return RoomExtent{.oldest = (*reply)[4].number(), .head = (*reply)[3].number()};
}

// An entry is its id, `<sequence>-0`, and name, data and time behind the names of these fields.
Expected<QList<LogEvent>> RedisIncidentLog::Private::readEvents(
    const QString &room, const RedisValue &entries) const
{
    QList<LogEvent> events;
    events.reserve(entries.size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QByteArray id = entries[i][0].bytes();
        const qint64 sequence = id.left(id.indexOf('-')).toLongLong();
        const RedisValue fields = entries[i][1];
        if (sequence == 0 || fields.size() != 6)
            return unreadable(QStringLiteral("an event of ") + room);
        events.append({room, sequence,
            encodeEnvelope(
                {fields[1].string(), timestampFromMilliseconds(fields[5].number()), room, sequence},
                fields[3].view())});
    }
    return events;
}

Expected<QList<QByteArray>> RedisIncidentLog::readSince(const QString &room, qint64 after)
{
    QList<QByteArray> frames;
    const QString epoch = d->epoch;
    for (;;) {
        const auto reply = d->run(redis::sinceScript(),
            {room.toUtf8(), QByteArray::number(after), QByteArray::number(mostAtOnce)});
        if (!reply)
            return tl::unexpected<Error>(reply.error());
        auto events = d->readEvents(room, (*reply)[3]);
        if (!events)
            return tl::unexpected<Error>(events.error());
        const bool hasHole = !events->isEmpty() && events->first().sequence != after + 1;
        if (hasHole || epoch != d->epoch) {
            return makeError(ErrorCode::StorageFailed,
                QStringLiteral("The history of %1 went away while it was read.").arg(room));
        }
        for (LogEvent &event : *events)
            frames.append(std::move(event.frame));
        after += events->size();
        if (events->size() < mostAtOnce)
            return frames;
    }
}

Expected<RoomNews> RedisIncidentLog::readNews(const QHash<QString, qint64> &after)
{
    QList<QByteArray> words{QByteArray::number(mostAtOnce)};
    for (auto it = after.cbegin(); it != after.cend(); ++it)
        words.append({it.key().toUtf8(), QByteArray::number(*it)});
    const QString epoch = d->epoch;
    const auto reply = d->run(redis::newsScript(), words);
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    RoomNews news;
    // Another history's numbers have nothing to do with these.
    if (epoch != d->epoch)
        return news;
    const RedisValue rooms = (*reply)[3];
    for (qsizetype i = 0; i < rooms.size(); ++i) {
        const QString room = rooms[i][0].string();
        const qint64 head = rooms[i][1].number();
        auto events = d->readEvents(room, rooms[i][2]);
        if (!events)
            return tl::unexpected<Error>(events.error());
        const qint64 first = events->isEmpty() ? head + 1 : events->first().sequence;
        if (first != after.value(room) + 1)
            news.events.append({room, first - 1, {}});
        news.events += *events;
    }
    news.isMore = news.events.size() >= mostAtOnce;
    return news;
}

Expected<RoomState> RedisIncidentLog::state(const QString &room)
{
    const auto reply = d->run(redis::stateScript(), {room.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    RoomState state;
    state.seq = (*reply)[3].number();
    const RedisValue incidents = (*reply)[4];
    state.incidents.reserve(incidents.size());
    for (qsizetype i = 0; i < incidents.size(); ++i)
        state.incidents.append(incidents[i].bytes());
    std::map<QByteArray, QByteArray> monitors;
    const RedisValue found = (*reply)[5];
    for (qsizetype i = 0; i < found.size(); ++i)
        monitors.emplace(found[i][0].bytes(), found[i][1].bytes());
    for (const auto &[uuid, json] : monitors)
        state.monitors.append(json);
    return state;
}

Expected<RoomCounts> RedisIncidentLog::activity(const QStringList &rooms, Timestamp from)
{
    QList<QByteArray> words;
    for (const QString &room : rooms)
        words.append(room.toUtf8());
    const auto reply = d->run(redis::activityScript(), words);
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    std::map<qint64, ActivityQuarter> quarters;
    const RedisValue sets = (*reply)[3];
    for (qsizetype set = 0; set < sets.size(); ++set) {
        for (qsizetype i = 0; i + 1 < sets[set].size(); i += 2) {
            const auto field = sets[set][i].bytes().split(':');
            const qint64 number = field.first().toLongLong();
            if (number < quarterOf(from))
                continue;
            ActivityQuarter &quarter = quarters[number];
            quarter.at = beginOfQuarter(number);
            addTo(quarter, field.last().toLongLong(), sets[set][i + 1].number());
        }
    }
    RoomCounts counts;
    for (const auto &[number, quarter] : quarters)
        counts.quarters.append(quarter);
    const RedisValue heads = (*reply)[4];
    for (qsizetype i = 0; i < heads.size(); ++i)
        counts.heads.insert(rooms[i], heads[i].number());
    return counts;
}

} // namespace tocsin
