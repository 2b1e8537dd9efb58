// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include "protocol/messages.h"

/// What tests write to a log.
namespace tocsin::test {

using namespace Qt::StringLiterals;

inline constexpr auto now = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

inline StoredIncident incident(
    const QString &uuid, const QString &fingerprint, const QStringList &rooms = {u"r"_s})
{
    StoredIncident stored{
        .incident = {}, .fingerprint = fingerprint, .startsAt = now, .rooms = rooms};
    stored.incident.uuid = uuid;
    stored.incident.title = u"Title of "_s + uuid;
    stored.incident.source = u"s"_s;
    stored.incident.createdAt = now;
    stored.incident.updatedAt = now;
    return stored;
}

inline StoredIncident resolved(StoredIncident stored)
{
    stored.incident.status = IncidentStatus::Resolved;
    stored.incident.resolvedAt = now;
    ++stored.incident.version;
    return stored;
}

inline EventWrite event(const StoredIncident &stored)
{
    return {stored.rooms, IncidentUpdated.name.toString(), encode(stored.incident), now};
}

inline LogBatch remark(const QString &uuid, const QString &text)
{
    return {.incidents = {},
        .events = {},
        .timeline = {{uuid, {TimelineKind::Commented, now, u"ann"_s, text}}}};
}

/// As if it had happened then.
inline LogBatch at(LogBatch batch, Timestamp time)
{
    for (EventWrite &event : batch.events)
        event.timestamp = time;
    for (IncidentWrite &write : batch.incidents) {
        if (write.stored.incident.resolvedAt)
            write.stored.incident.resolvedAt = time;
    }
    return batch;
}

inline PruneLimits limits(Timestamp before, int mostRows = 1000)
{
    return {.eventsBefore = before,
        .resolvedBefore = before,
        .monitorsHeardBefore = before,
        .mostRows = mostRows};
}

/// A monitor that has been so since `changedAt` (seconds), as heard then.
inline LogBatch monitor(const QString &key, MonitorState status, int changedAt,
    MonitorWrite::Kind kind = MonitorWrite::Kind::Changed)
{
    const Timestamp at = now + std::chrono::seconds(changedAt);
    return {.incidents = {},
        .events = {},
        .monitors = {{.rooms = {u"r"_s, u"q"_s},
            .source = u"s"_s,
            .fingerprint = key,
            .status
            = {.monitorUuid = u"s:"_s + key, .name = key, .status = status, .changedAt = at},
            .heardAt = at,
            .kind = kind}}};
}

/// Of each monitor of a room, in order: "key down 5", with the seconds.
inline QStringList monitors(IncidentLog &log, const QString &roomName = u"r"_s)
{
    QStringList found;
    const auto state = log.state(roomName);
    for (const QByteArray &json : state->monitors) {
        JsonReader reader;
        const auto status
            = decode<MonitorStatus>(reader, {json.constData(), std::size_t(json.size())});
        const auto since
            = std::chrono::duration_cast<std::chrono::seconds>(status.value().changedAt - now);
        found.append(u"%1 %2 %3"_s.arg(
            status->name, enumQString(status->status), QString::number(since.count())));
    }
    return found;
}

inline LogBatch write(const StoredIncident &stored)
{
    return {.incidents = {{stored, stored.incident.version - 1}}, .events = {event(stored)}};
}

} // namespace tocsin::test
