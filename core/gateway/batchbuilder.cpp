// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/batchbuilder_p.h"

#include "gateway/tokens.h"
#include "protocol/messages.h"

#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>

namespace tocsin {

namespace {

// RFC 9562, version 7: begins with the time, so that what was opened together stands together in
// the log's index, and a commit of many writes one of its pages and not one for each.
QString newUuid(Timestamp now)
{
    constexpr quint64 versionBits = 0x7000;
    constexpr quint64 variantBits = 0x8000'0000'0000'0000;
    auto *const random = QRandomGenerator::global();
    const quint64 high
        = quint64(toMilliseconds(now)) << 16 | versionBits | (random->generate() & 0x0FFF);
    const quint64 low = variantBits | (random->generate64() & ~0xC000'0000'0000'0000);
    const auto byte = [](quint64 bits, int shift) { return uchar(bits >> shift); };
    return QUuid(uint(high >> 32), ushort(high >> 16), ushort(high), byte(low, 56), byte(low, 48),
        byte(low, 40), byte(low, 32), byte(low, 24), byte(low, 16), byte(low, 8), byte(low, 0))
        .toString(QUuid::WithoutBraces);
}

// Of an alert of a sender that is for these rooms only.
QString ownFingerprint(const QString &fingerprint, QStringList patterns)
{
    patterns.sort();
    return fingerprint + ownersMark + patterns.join(ownersMark);
}

} // namespace

BatchBuilder::BatchBuilder(IncidentLog &log)
    : m_log(log)
{
    m_log.beginBatch();
}

Expected<std::optional<StoredIncident>> BatchBuilder::latest(const IncidentReport &report)
{
    const auto it = m_byIdentity.constFind({report.source, report.fingerprint});
    if (it != m_byIdentity.cend())
        return m_batch.incidents.at(*it).stored;
    return m_log.latest(report.source, report.fingerprint);
}

Expected<void> BatchBuilder::prefetch(
    const QList<IncidentReport> &reports, const QStringList &patterns)
{
    QList<IncidentIdentity> identities;
    const auto need = [&](const QString &source, const QString &fingerprint) {
        if (!m_byIdentity.contains({source, fingerprint}))
            identities.append({source, fingerprint});
    };
    for (const IncidentReport &report : reports) {
        need(report.source, report.fingerprint);
        if (!patterns.isEmpty())
            need(report.source, ownFingerprint(report.fingerprint, patterns));
    }
    return m_log.prefetch(identities);
}

Expected<IncidentReport> BatchBuilder::within(
    const QStringList &patterns, const IncidentReport &report)
{
    if (patterns.isEmpty())
        return report;
    IncidentReport own = report;
    own.fingerprint = ownFingerprint(report.fingerprint, patterns);
    const auto ownLatest = latest(own);
    if (!ownLatest)
        return tl::unexpected<Error>(ownLatest.error());
    // Once it has one of its own, that is it.
    if (*ownLatest)
        return own;
    const auto common = latest(report);
    if (!common)
        return tl::unexpected<Error>(common.error());
    const bool isForeign = *common
        && std::ranges::none_of(
            (*common)->rooms, [&](const QString &room) { return allowsRoom(patterns, room); });
    return isForeign ? own : report;
}

Expected<void> BatchBuilder::report(
    const IncidentReport &report, Timestamp now, const QStringList &patterns)
{
    const auto own = within(patterns, report);
    return own ? fold(*own, now) : tl::unexpected<Error>(own.error());
}

Expected<void> BatchBuilder::fold(const IncidentReport &report, Timestamp now)
{
    const auto found = latest(report);
    if (!found)
        return tl::unexpected<Error>(found.error());
    auto result = foldReport(*found, report, now, newUuid(now));
    const QString uuid = result.stored ? result.stored->incident.uuid : QString();
    // A reminder of what is known is no change of a monitor.
    const bool isReminder = result.change == std::optional(IncidentChange::Updated);
    QStringList rooms = result.stored ? result.stored->rooms : report.rooms;
    if (rooms.isEmpty())
        rooms = {defaultRoom.toString()};
    apply(std::move(result), uuid, {}, now);
    if (!report.monitor)
        return {};
    if (!isReminder)
        m_batch.events.append({.rooms = rooms,
            .name = MonitorStatusChanged.name.toString(),
            .data = encode(*report.monitor),
            .timestamp = now});
    m_batch.monitors.append({.rooms = rooms,
        .source = report.source,
        .fingerprint = report.fingerprint,
        .status = *report.monitor,
        .heardAt = now,
        .kind = isReminder ? MonitorWrite::Kind::HeardAgain : MonitorWrite::Kind::Changed});
    return {};
}

Expected<void> BatchBuilder::reportState(const IncidentReport &report, Timestamp now)
{
    const auto found = latest(report);
    if (!found)
        return tl::unexpected<Error>(found.error());
    const bool isOpen = *found && (*found)->incident.status != IncidentStatus::Resolved;
    if (report.status != ReportStatus::Firing)
        return this->report(report, now);
    if (isOpen)
        return {};
    // It is so now, whatever the clock said when it was so before.
    IncidentReport current = report;
    if (*found)
        current.startsAt
            = std::max(current.startsAt, (*found)->startsAt + std::chrono::milliseconds(1));
    return this->report(current, now);
}

Expected<QList<OpenIncident>> BatchBuilder::openIncidents(const QString &source)
{
    auto found = m_log.openIncidents(source);
    if (!found)
        return found;
    // As this batch will leave them.
    QList<OpenIncident> incidents = *std::move(found);
    incidents.removeIf([this](const OpenIncident &open) { return m_byUuid.contains(open.uuid); });
    for (const IncidentWrite &write : std::as_const(m_batch.incidents)) {
        const Incident &incident = write.stored.incident;
        if (incident.source == source && incident.status != IncidentStatus::Resolved)
            incidents.append(
                {write.stored.fingerprint, incident.uuid, incident.version, write.stored.startsAt});
    }
    return incidents;
}

Expected<StoredIncident> BatchBuilder::find(const QString &uuid, const QStringList &rooms)
{
    std::optional<StoredIncident> stored;
    if (const auto it = m_byUuid.constFind(uuid); it != m_byUuid.cend()) {
        stored = m_batch.incidents.at(*it).stored;
    } else {
        auto found = m_log.find(uuid);
        if (!found)
            return tl::unexpected<Error>(found.error());
        stored = std::move(*found);
    }
    const bool isVisible = stored && std::ranges::any_of(stored->rooms, [&](const QString &room) {
        return allowsRoom(rooms, room);
    });
    if (!isVisible) {
        return makeError(ErrorCode::NotFound, QStringLiteral("There is no such incident."),
            QStringLiteral("uuid"));
    }
    return *std::move(stored);
}

Expected<std::optional<TimelineEntry>> BatchBuilder::findEntry(
    const QString &uuid, const QString &id)
{
    for (const TimelineWrite &write : std::as_const(m_batch.timeline)) {
        if (write.uuid == uuid && write.entry.id == id)
            return write.entry;
    }
    const auto timeline = m_log.timeline(uuid);
    if (!timeline)
        return tl::unexpected<Error>(timeline.error());
    const auto it = std::ranges::find(timeline->entries, id, &TimelineEntry::id);
    return it == timeline->entries.cend() ? std::nullopt : std::optional(*it);
}

Expected<StoredIncident> BatchBuilder::act(const QString &uuid, const IncidentAction &action,
    const QString &userName, const QStringList &rooms, Timestamp now)
{
    auto stored = find(uuid, rooms);
    if (!stored)
        return stored;
    auto result = foldAction(*stored, action, userName, now);
    if (!result)
        return tl::unexpected<Error>(result.error());
    if (result->entry && !result->entry->id.isEmpty()) {
        const auto earlier = findEntry(uuid, result->entry->id);
        if (!earlier)
            return tl::unexpected<Error>(earlier.error());
        if (*earlier) {
            if ((*earlier)->by == result->entry->by && (*earlier)->text == result->entry->text)
                return stored;
            return makeError(ErrorCode::Conflict,
                QStringLiteral("Another comment has this id already."), QStringLiteral("id"));
        }
    }
    StoredIncident after = result->stored.value_or(*std::move(stored));
    apply(*std::move(result), uuid, userName, now);
    return after;
}

void BatchBuilder::apply(
    FoldResult result, const QString &uuid, const QString &userName, Timestamp now)
{
    if (result.entry)
        m_batch.timeline.append({uuid, *std::move(result.entry)});
    if (!result.stored)
        return;
    const StoredIncident &stored = *result.stored;
    const Incident &incident = stored.incident;
    QByteArray json = encode(incident);
    EventWrite event{.rooms = stored.rooms, .name = {}, .data = json, .timestamp = now};
    switch (*result.change) {
    case IncidentChange::Created: event.name = IncidentCreated.name.toString(); break;
    case IncidentChange::Updated: event.name = IncidentUpdated.name.toString(); break;
    case IncidentChange::Resolved:
        event.name = IncidentResolved.name.toString();
        event.data = encode(IncidentResolvedData{.uuid = incident.uuid,
            .resolvedAt = incident.resolvedAt,
            .resolvedBy = userName,
            .version = incident.version});
        break;
    }
    m_batch.events.append(std::move(event));

    const Identity identity{incident.source, stored.fingerprint};
    if (const auto it = m_byUuid.constFind(uuid); it != m_byUuid.cend()) {
        IncidentWrite &write = m_batch.incidents[*it];
        write.stored = std::move(*result.stored);
        write.json = std::move(json);
        return;
    }
    const qsizetype place = m_batch.incidents.size();
    const qint64 basedOn = incident.version - 1;
    m_batch.incidents.append({std::move(*result.stored), basedOn, std::move(json)});
    m_byUuid.insert(uuid, place);
    // A command may be about an incident that is not the latest of its identity; but then it is
    // resolved, and nothing was applied.
    m_byIdentity.insert(identity, place);
}

void BatchBuilder::clear()
{
    m_batch = {};
    m_byIdentity.clear();
    m_byUuid.clear();
    m_log.beginBatch();
}

const LogBatch &BatchBuilder::batch() const
{
    return m_batch;
}

} // namespace tocsin
