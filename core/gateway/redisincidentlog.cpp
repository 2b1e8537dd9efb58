// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// RedisIncidentLog's connection, and what it writes.
#include "gateway/redisincidentlog_p.h"

#include "gateway/incidentlog_p.h"
#include "gateway/logline.h"
#include "gateway/redisplace_p.h"
#include "protocol/messages.h"

#include <algorithm>
#include <thread>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr int mostTimelineEntries = 500;
constexpr const char *metaKey = "{tocsin}:meta";
constexpr const char *presentKey = "{tocsin}:gateway:";
// A Redis that is only started anew is back within this; posts wait for it.
constexpr auto patience = 2s;
constexpr auto attemptPause = 50ms;
// While it is away: how often a call tries whether it is back.
constexpr auto awayPause = 500ms;

QByteArray asNumber(qint64 number)
{
    return QByteArray::number(number);
}

QByteArray asNumber(Timestamp time)
{
    return QByteArray::number(toMilliseconds(time));
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

void append(QList<QByteArray> &words, const QStringList &texts)
{
    words.append(asNumber(qint64(texts.size())));
    for (const QString &text : texts)
        words.append(text.toUtf8());
}

QByteArray activityField(Timestamp at, int kind)
{
    return asNumber(quarterOf(at)) + ':' + asNumber(qint64(kind));
}

QByteArray newBatchId()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

} // namespace

Expected<void> RedisIncidentLog::Private::connect()
{
    auto connected = connection.open().and_then([this] { return prepare(); });
    if (!connected) {
        connection.close();
        nextAttempt = Clock::now() + awayPause;
        away = connected.error();
    }
    return connected;
}

Expected<void> RedisIncidentLog::Private::prepare()
{
    const auto reply = connection.run(redis::prepareScript(), metaKey,
        {asNumber(qint64(redis::schemaVersion)), newEpoch().toUtf8(), connection.server().identity,
            epoch.toUtf8(), generation, token, connection.server().keepsWhatItAnswers ? "1" : ""});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if ((*reply)[0].view() == "unfinished") {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("What %1 holds is an unfinished migration from %2: run `tocsin-gateway"
                           " migrate` again, which begins it over.")
                .arg(connection.name(), (*reply)[1].string()));
    }
    if ((*reply)[0].view() != "ok") {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("Redis holds a log of schema version %1, and this program knows %2: use"
                           " the version of Tocsin that wrote it, or a newer one.")
                .arg((*reply)[1].string())
                .arg(redis::schemaVersion));
    }
    generation = (*reply)[1].bytes();
    token = (*reply)[2].bytes();
    const QString found = (*reply)[3].string();
    if (!epoch.isEmpty() && epoch != found)
        logEvent(LogLevel::Warning, "redis.renewed",
            {{"consequence",
                "What Redis holds is not what it held: every client gets a snapshot."}});
    epoch = found;
    return {};
}

// A batch that was written already is answered with the state of then.
void RedisIncidentLog::Private::noteState(
    const RedisValue &newGeneration, const RedisValue &newToken)
{
    if (newGeneration.number() <= generation.toLongLong())
        return;
    generation = newGeneration.bytes();
    token = newToken.bytes();
}

Expected<RedisReply> RedisIncidentLog::Private::runOnce(const RedisScript &script,
    const QList<QByteArray> &arguments, const std::optional<QString> &restsOn)
{
    const bool wasAway = !connection.isOpen();
    if (wasAway && Clock::now() < nextAttempt)
        return tl::unexpected<Error>(away);
    std::optional<Clock::time_point> deadline;
    for (;;) {
        Expected<void> connected = connection.isOpen() ? Expected<void>() : connect();
        if (connected) {
            auto reply = connection.run(script, metaKey,
                QList<QByteArray>{restsOn.value_or(epoch).toUtf8(), generation} + arguments);
            if (reply && (*reply)[0].view() == "ok") {
                noteState((*reply)[1], (*reply)[2]);
            } else if (reply && (*reply)[0].view() == "other") {
                if (const auto settled = prepare(); !settled)
                    return tl::unexpected<Error>(settled.error());
            }
            if (reply || connection.isOpen())
                return reply;
            connected = tl::unexpected<Error>(reply.error());
        }
        if (wasAway)
            return tl::unexpected<Error>(connected.error());
        // It was there a moment ago: what broke may be only the connection.
        if (!deadline)
            deadline = Clock::now() + patience;
        else if (Clock::now() >= *deadline)
            return tl::unexpected<Error>(connected.error());
        else
            std::this_thread::sleep_for(attemptPause);
    }
}

Expected<RedisReply> RedisIncidentLog::Private::run(
    const RedisScript &script, const QList<QByteArray> &arguments)
{
    auto reply = runOnce(script, arguments);
    if (reply && (*reply)[0].view() == "other")
        reply = runOnce(script, arguments);
    if (reply && (*reply)[0].view() == "other") {
        return makeError(
            ErrorCode::StorageFailed, QStringLiteral("What Redis holds changes again and again."));
    }
    return reply;
}

RedisIncidentLog::RedisIncidentLog(std::unique_ptr<Private> opened)
    : d(std::move(opened))
{
}

RedisIncidentLog::~RedisIncidentLog()
{
    // Nobody is here any more: told now, rather than when it is no longer believed.
    if (d->isPresentTold && d->connection.isOpen())
        static_cast<void>(d->connection.call({"DEL", presentKey + d->gatewayId}));
}

Expected<std::unique_ptr<RedisIncidentLog>> RedisIncidentLog::open(const RedisLogPlace &place)
{
    const auto login = loginOf(place);
    if (!login)
        return tl::unexpected<Error>(login.error());
    auto d = std::make_unique<Private>(*login);
    d->historyLength = place.historyLength;
    if (const auto connected = d->connect(); !connected)
        return tl::unexpected<Error>(connected.error());
    if (!d->connection.server().writesAheadToDisk) {
        logEvent(LogLevel::Warning, "redis.volatile",
            {{"consequence",
                "Redis does not write ahead to its disk (appendonly no): what was"
                " accepted is lost when it ends."}});
    }
    return std::unique_ptr<RedisIncidentLog>(new RedisIncidentLog(std::move(d)));
}

void RedisIncidentLog::connectAnew()
{
    d->connection.close();
    d->nextAttempt = {};
}

QString RedisIncidentLog::epoch() const
{
    return d->epoch;
}

void RedisIncidentLog::Private::describe(QList<QByteArray> &words, const IncidentWrite &write) const
{
    const StoredIncident &stored = write.stored;
    const Incident &incident = stored.incident;
    const bool isResolved = incident.status == IncidentStatus::Resolved;
    const Timestamp resolvedAt = incident.resolvedAt.value_or(Timestamp());
    QByteArray latestUuid = "?";
    if (const auto it = latest.constFind({incident.source, stored.fingerprint});
        it != latest.cend())
        latestUuid = *it ? (*it)->incident.uuid.toUtf8() : QByteArray();
    QStringList sorted = stored.rooms;
    sorted.sort();
    words.append({incident.uuid.toUtf8(), asNumber(write.basedOn), asNumber(incident.version),
        incident.source.toUtf8(), stored.fingerprint.toUtf8(), latestUuid,
        asNumber(stored.startsAt), isResolved ? asNumber(resolvedAt) : QByteArray(),
        joinedRooms(stored.rooms).toUtf8(), write.json.isEmpty() ? encode(incident) : write.json,
        joinedRooms(sorted).toUtf8(),
        incident.createdAt ? activityField(*incident.createdAt, int(incident.severity))
                           : QByteArray(),
        isResolved ? activityField(resolvedAt, resolvedKind) : QByteArray()});
}

QList<QByteArray> RedisIncidentLog::Private::describe(const LogBatch &batch) const
{
    // Trimmed in strides, so that the work is small beside that of the appends between two of them.
    const qint64 stride = std::clamp<qint64>(historyLength / 10, 1, 1000);
    QList<QByteArray> words{asNumber(historyLength), asNumber(stride),
        asNumber(qint64(mostTimelineEntries)), asNumber(qint64(mostMonitors))};
    words.append(asNumber(qint64(batch.incidents.size())));
    for (const IncidentWrite &write : batch.incidents)
        describe(words, write);
    words.append(asNumber(qint64(batch.timeline.size())));
    for (const TimelineWrite &write : batch.timeline)
        words.append({write.uuid.toUtf8(), write.entry.id.toUtf8(), encode(write.entry)});
    words.append(asNumber(qint64(batch.events.size())));
    for (const EventWrite &event : batch.events) {
        tocsin::append(words, event.rooms);
        words.append({event.name.toUtf8(), event.data, asNumber(event.timestamp)});
    }
    words.append(asNumber(qint64(batch.heard.size())));
    for (auto it = batch.heard.cbegin(); it != batch.heard.cend(); ++it)
        words.append({it.key().toUtf8(), asNumber(*it)});
    words.append(asNumber(qint64(batch.monitors.size())));
    for (const MonitorWrite &write : batch.monitors) {
        tocsin::append(words, write.rooms);
        words.append({write.status.monitorUuid.toUtf8(), write.source.toUtf8(),
            write.fingerprint.toUtf8(), asNumber(write.status.changedAt), asNumber(write.heardAt),
            encode(write.status), write.kind == MonitorWrite::Kind::Changed ? "changed" : "again"});
    }
    return words;
}

QList<LogEvent> numbered(const QList<EventWrite> &events, const RedisReply &answer, qsizetype place)
{
    QHash<QString, qint64> next;
    for (; place + 1 < answer.value().size(); place += 2)
        next.insert(answer[place].string(), answer[place + 1].number());
    QList<LogEvent> result;
    for (const EventWrite &event : events) {
        for (const QString &room : event.rooms) {
            const qint64 sequence = next[room]++;
            result.append({room, sequence,
                encodeEnvelope({event.name, event.timestamp, room, sequence}, view(event.data))});
        }
    }
    return result;
}

Expected<QList<LogEvent>> RedisIncidentLog::append(const LogBatch &batch)
{
    const QByteArray id = newBatchId();
    const QString restsOn = std::exchange(d->readIn, {});
    const auto reply = d->runOnce(redis::appendScript(), QList<QByteArray>{id} + d->describe(batch),
        restsOn.isEmpty() ? d->epoch : restsOn);
    d->latest.clear();
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const std::string_view word = (*reply)[0].view();
    if (word == "ok")
        return numbered(batch.events, *reply, 3);
    if (word == "removed") {
        return makeError(ErrorCode::Conflict,
            QStringLiteral("The incident was removed by somebody else at the same time."),
            QStringLiteral("uuid"));
    }
    return makeError(ErrorCode::Conflict,
        QStringLiteral("The incident was changed by somebody else at the same time."),
        QStringLiteral("uuid"));
}

Expected<void> RedisIncidentLog::probe()
{
    const auto reply = d->run(redis::probeScript(), {});
    return reply ? Expected<void>() : tl::unexpected<Error>(reply.error());
}

Expected<Pruning> RedisIncidentLog::prune(const PruneLimits &limits)
{
    const auto reply = d->run(redis::pruneScript(),
        {newBatchId(), asNumber(limits.now), asNumber(limits.eventsBefore),
            asNumber(limits.resolvedBefore), asNumber(limits.monitorsHeardBefore),
            asNumber(limits.activityBefore),
            asNumber(qint64(std::chrono::milliseconds(activityQuarter).count())),
            asNumber(qint64(limits.mostRows))});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    return Pruning{.isMore = (*reply)[3].number() > 0};
}

Expected<Removal> RedisIncidentLog::removeSource(const QString &source, Timestamp now)
{
    for (int attempt = 0; attempt < 10; ++attempt) {
        bool isConflict = false;
        auto removal = d->removeOnce(source, now, isConflict);
        if (!isConflict)
            return removal;
    }
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("The incidents of %1 change again and again.").arg(source));
}

Expected<Removal> RedisIncidentLog::Private::removeOnce(
    const QString &source, Timestamp now, bool &isConflict)
{
    const auto found = run(redis::sourceScript(), {source.toUtf8()});
    if (!found)
        return tl::unexpected<Error>(found.error());
    const QString restsOn = epoch;
    Removal removal;
    QList<EventWrite> farewells;
    QHash<QString, qint64> farewellsIn;
    QList<QByteArray> versions;
    QList<QByteArray> counts;
    const RedisValue incidents = (*found)[3];
    for (qsizetype i = 0; i < incidents.size(); ++i) {
        ++removal.incidents;
        const RedisValue incident = incidents[i];
        versions.append({incident[0].bytes(), incident[1].bytes()});
        const QStringList rooms = splitRooms(incident[3].string());
        QStringList sorted = rooms;
        sorted.sort();
        const QByteArray set = joinedRooms(sorted).toUtf8();
        for (const QString &room : rooms)
            farewellsIn[room] += 0;
        const auto known = decode<Incident>(reader, incident[4].view());
        if (known && known->createdAt)
            counts.append({set, activityField(*known->createdAt, int(known->severity))});
        if (known && known->status == IncidentStatus::Resolved && known->resolvedAt)
            counts.append({set, activityField(*known->resolvedAt, resolvedKind)});
        if (!incident[2].view().empty())
            continue;
        for (const QString &room : rooms)
            ++farewellsIn[room];
        const IncidentResolvedData data{.uuid = incident[0].string(),
            .resolvedAt = now,
            .resolvedBy = {},
            .version = incident[1].number() + 1};
        farewells.append({rooms, IncidentResolved.name.toString(), encode(data), now});
    }
    QList<QByteArray> words{newBatchId(), source.toUtf8(), asNumber(qint64(removal.incidents))};
    words += versions;
    words.append(asNumber(qint64(counts.size() / 2)));
    words += counts;
    words.append(asNumber(qint64(farewellsIn.size())));
    for (auto it = farewellsIn.cbegin(); it != farewellsIn.cend(); ++it)
        words.append({it.key().toUtf8(), asNumber(*it)});
    const auto reply = runOnce(redis::removeScript(), words, restsOn);
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    isConflict = (*reply)[0].view() != "ok";
    if (isConflict)
        return removal;
    qsizetype place = 4;
    for (qint64 monitor = 0; monitor < (*reply)[3].number(); ++monitor, place += 2) {
        farewells.append({{(*reply)[place].string()}, MonitorRemoved.name.toString(),
            encode(MonitorReference{(*reply)[place + 1].string()}), now});
    }
    removal.events = numbered(farewells, *reply, place);
    return removal;
}

} // namespace tocsin
