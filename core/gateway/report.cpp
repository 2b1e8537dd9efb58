// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/report.h"

#include <algorithm>

namespace tocsin {

namespace {

constexpr qsizetype longestTitle = 1000;
constexpr qsizetype longestName = 500;
constexpr qsizetype longestTexts = 64 * 1024;
constexpr qsizetype mostLinks = 20;
constexpr qsizetype longestUrl = 2000;

void describe(Incident &incident, const IncidentReport &report)
{
    incident.title = report.title;
    incident.severity = report.severity;
    incident.service = report.service;
    incident.labels = report.labels;
    incident.annotations = report.annotations;
    incident.links = report.links;
}

void touch(Incident &incident, Timestamp now)
{
    ++incident.version;
    incident.updatedAt = std::max(now, incident.updatedAt.value_or(now));
}

void close(Incident &incident, Timestamp endedAt, Timestamp now)
{
    touch(incident, now);
    incident.status = IncidentStatus::Resolved;
    incident.resolvedAt = endedAt;
}

FoldResult open(const IncidentReport &report, Timestamp now, const QString &uuid)
{
    StoredIncident stored{.incident = {},
        .fingerprint = report.fingerprint,
        .startsAt = report.startsAt,
        .rooms = report.rooms};
    if (stored.rooms.isEmpty())
        stored.rooms = {defaultRoom.toString()};
    stored.rooms.removeDuplicates();
    stored.incident.uuid = uuid;
    stored.incident.source = report.source;
    stored.incident.createdAt = report.startsAt;
    stored.incident.updatedAt = now;
    describe(stored.incident, report);
    return {std::move(stored), IncidentChange::Created};
}

void cut(QString &text, qsizetype longest)
{
    if (text.size() <= longest)
        return;
    text.truncate(longest - 1);
    if (text.back().isHighSurrogate())
        text.chop(1);
    text.append(u'…');
}

void cutAll(QMap<QString, QString> &texts, qsizetype &left)
{
    for (auto it = texts.begin(); it != texts.end();) {
        if (it.key().size() >= left) {
            it = texts.erase(it);
            continue;
        }
        left -= it.key().size();
        cut(*it, std::max<qsizetype>(left, 1));
        left -= it->size();
        ++it;
    }
}

} // namespace

FoldResult foldReport(const std::optional<StoredIncident> &latest, const IncidentReport &report,
    Timestamp now, const QString &newUuid)
{
    const bool isOpen = latest && latest->incident.status != IncidentStatus::Resolved;
    if (!isOpen) {
        if (report.status == ReportStatus::Resolved)
            return {};
        if (latest && report.startsAt <= latest->startsAt)
            return {};
        return open(report, now, newUuid);
    }

    StoredIncident stored = *latest;
    if (report.status == ReportStatus::Resolved) {
        // The end of an earlier one, told late: to close this one for it would be a false calm.
        if (report.endsAt && *report.endsAt < stored.startsAt)
            return {};
        stored.startsAt = std::min(stored.startsAt, report.startsAt);
        close(stored.incident, report.endsAt.value_or(now), now);
        return {std::move(stored), IncidentChange::Resolved};
    }
    stored.startsAt = std::max(stored.startsAt, report.startsAt);
    ++stored.incident.count;
    touch(stored.incident, now);
    describe(stored.incident, report);
    return {std::move(stored), IncidentChange::Updated};
}

Expected<FoldResult> foldAction(
    const StoredIncident &stored, IncidentAction action, const QString &userName, Timestamp now)
{
    const IncidentStatus status = stored.incident.status;
    if (action == IncidentAction::Resolve) {
        if (status == IncidentStatus::Resolved)
            return FoldResult{};
        FoldResult result{stored, IncidentChange::Resolved};
        close(result.stored->incident, now, now);
        return result;
    }
    if (status == IncidentStatus::Resolved) {
        return makeError(ErrorCode::Conflict, QStringLiteral("The incident is resolved already."),
            QStringLiteral("uuid"));
    }
    const auto wanted = action == IncidentAction::Acknowledge ? IncidentStatus::Acknowledged
                                                              : IncidentStatus::Open;
    if (status == wanted)
        return FoldResult{};
    FoldResult result{stored, IncidentChange::Updated};
    Incident &incident = result.stored->incident;
    touch(incident, now);
    incident.status = wanted;
    incident.acknowledgedBy = wanted == IncidentStatus::Acknowledged ? userName : QString();
    return result;
}

IncidentReport bounded(IncidentReport report)
{
    cut(report.title, longestTitle);
    cut(report.service, longestName);
    qsizetype left = longestTexts;
    cutAll(report.labels, left);
    cutAll(report.annotations, left);
    report.links.removeIf([](const Link &link) { return link.url.size() > longestUrl; });
    if (report.links.size() > mostLinks)
        report.links.resize(mostLinks);
    for (Link &link : report.links)
        cut(link.title, longestName);
    return report;
}

} // namespace tocsin
