// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/report.h"

#include <QUuid>

#include <algorithm>

namespace tocsin {

namespace {

constexpr qsizetype longestTitle = 1000;
constexpr qsizetype longestName = 500;
constexpr qsizetype longestTexts = 64 * 1024;
constexpr qsizetype mostLinks = 20;
constexpr qsizetype longestUrl = 2000;
constexpr qsizetype longestComment = 4000;
constexpr qsizetype longestAssignee = 200;

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
    incident.acknowledgedBy.clear();
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

// The longest first: what is short is what is searched, and routed by.
void cutLongest(IncidentReport &report)
{
    QList<QString *> values;
    qsizetype keys = 0;
    for (auto *const texts : {&report.labels, &report.annotations}) {
        for (auto it = texts->begin(); it != texts->end(); ++it) {
            keys += it.key().size();
            values.append(&*it);
        }
    }
    std::ranges::sort(values, {}, [](const QString *value) { return value->size(); });
    qsizetype left = longestTexts - keys;
    for (qsizetype i = 0; i < values.size() && left > 0; ++i) {
        cut(*values[i], std::max<qsizetype>(left / (values.size() - i), 1));
        left -= values[i]->size();
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
        if (latest && report.asOf && *report.asOf <= latest->incident.updatedAt.value_or(now))
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
    std::optional<TimelineEntry> entry;
    if (report.severity != stored.incident.severity) {
        entry = TimelineEntry{TimelineKind::SeverityChanged, now, {}, enumQString(report.severity)};
    }
    describe(stored.incident, report);
    return {std::move(stored), IncidentChange::Updated, std::move(entry)};
}

namespace {

using Kind = IncidentAction::Kind;

Expected<QString> textOf(const IncidentAction &action)
{
    QString text = action.text.trimmed();
    if (action.kind == Kind::Comment && (text.isEmpty() || text.size() > longestComment)) {
        return makeError(ErrorCode::InvalidPayload,
            QStringLiteral("A comment has 1 to %1 characters.").arg(longestComment),
            QStringLiteral("text"));
    }
    if (action.kind == Kind::Assign && text.size() > longestAssignee) {
        return makeError(ErrorCode::InvalidPayload,
            QStringLiteral("An assignee's name has at most %1 characters.").arg(longestAssignee),
            QStringLiteral("assignee"));
    }
    return text;
}

// Written in one way, however it was written; empty where there is none.
Expected<QString> idOf(const IncidentAction &action)
{
    if (action.id.isEmpty())
        return QString();
    const QUuid id = QUuid::fromString(action.id);
    if (id.isNull()) {
        return makeError(ErrorCode::InvalidPayload, QStringLiteral("A comment's id is a UUID."),
            QStringLiteral("id"));
    }
    return id.toString(QUuid::WithoutBraces);
}

// Changes the incident, and says what its timeline is to say; nothing where it is so already.
std::optional<TimelineKind> change(
    Incident &incident, Kind kind, const QString &text, const QString &userName, Timestamp now)
{
    switch (kind) {
    case Kind::Acknowledge:
        if (incident.status == IncidentStatus::Acknowledged)
            return std::nullopt;
        incident.status = IncidentStatus::Acknowledged;
        incident.acknowledgedBy = userName;
        touch(incident, now);
        return TimelineKind::Acknowledged;
    case Kind::Unacknowledge:
        if (incident.status == IncidentStatus::Open)
            return std::nullopt;
        incident.status = IncidentStatus::Open;
        incident.acknowledgedBy.clear();
        touch(incident, now);
        return TimelineKind::Unacknowledged;
    case Kind::Assign:
        if (incident.assignee == text)
            return std::nullopt;
        incident.assignee = text;
        touch(incident, now);
        return TimelineKind::Assigned;
    case Kind::Comment: touch(incident, now); return TimelineKind::Commented;
    case Kind::Resolve: close(incident, now, now); return TimelineKind::Resolved;
    }
    return std::nullopt;
}

} // namespace

Expected<FoldResult> foldAction(const StoredIncident &stored, const IncidentAction &action,
    const QString &userName, Timestamp now)
{
    auto text = textOf(action);
    if (!text)
        return tl::unexpected<Error>(text.error());
    auto id = idOf(action);
    if (!id)
        return tl::unexpected<Error>(id.error());
    if (stored.incident.status == IncidentStatus::Resolved) {
        if (action.kind == Kind::Resolve)
            return FoldResult{};
        if (action.kind == Kind::Comment)
            return FoldResult{
                {}, {}, TimelineEntry{TimelineKind::Commented, now, userName, *text, *id}};
        return makeError(ErrorCode::Conflict, QStringLiteral("The incident is resolved already."),
            QStringLiteral("uuid"));
    }
    FoldResult result{stored, IncidentChange::Updated};
    const auto kind = change(result.stored->incident, action.kind, *text, userName, now);
    if (!kind)
        return FoldResult{};
    if (action.kind == Kind::Resolve)
        result.change = IncidentChange::Resolved;
    result.entry = TimelineEntry{*kind, now, userName, *std::move(text), *std::move(id)};
    return result;
}

IncidentTimeline wholeTimeline(const Incident &incident, StoredTimeline written)
{
    IncidentTimeline timeline{incident.uuid, std::move(written.entries), written.complete};
    if (timeline.complete && incident.createdAt)
        timeline.entries.prepend({TimelineKind::Created, *incident.createdAt, {}, {}});
    const bool saysWhoResolved = std::ranges::any_of(timeline.entries,
        [](const TimelineEntry &entry) { return entry.kind == TimelineKind::Resolved; });
    if (incident.resolvedAt && !saysWhoResolved) {
        // Remarks may have come after it.
        const auto after = std::ranges::find_if(timeline.entries,
            [&](const TimelineEntry &entry) { return entry.at > *incident.resolvedAt; });
        timeline.entries.insert(after, {TimelineKind::Resolved, *incident.resolvedAt, {}, {}});
    }
    return timeline;
}

IncidentReport bounded(IncidentReport report)
{
    cut(report.title, longestTitle);
    cut(report.service, longestName);
    cutLongest(report);
    // Where there are too many even so.
    qsizetype left = longestTexts;
    cutAll(report.labels, left);
    cutAll(report.annotations, left);
    report.links.removeIf([](const Link &link) { return link.url.size() > longestUrl; });
    if (report.links.size() > mostLinks)
        report.links.resize(mostLinks);
    for (Link &link : report.links)
        cut(link.title, longestName);
    if (report.monitor)
        cut(report.monitor->name, longestName);
    return report;
}

} // namespace tocsin
