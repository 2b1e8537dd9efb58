// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/incident.h"
#include "protocol/monitor.h"
#include "protocol/timeline.h"

#include <QStringList>

namespace tocsin {

enum class ReportStatus { Firing, Resolved };

/// Where an incident is shown when its sender names no room.
inline constexpr QStringView defaultRoom = u"account:default";

/// What a sender says of one of its alerts: the form that every adapter brings a payload into.
struct IncidentReport {
    /// The kind of sender, and the sender's own name for the alert: together its identity.
    QString source;
    QString fingerprint;
    ReportStatus status = ReportStatus::Firing;
    QString title;
    Severity severity = Severity::Unknown;
    QString service = {};
    Timestamp startsAt = {};
    /// When it ended, where the sender says so; otherwise the time of the report counts.
    std::optional<Timestamp> endsAt = {};
    QMap<QString, QString> labels = {};
    QMap<QString, QString> annotations = {};
    QList<Link> links = {};
    /// Empty: `defaultRoom`.
    QStringList rooms = {};
    /// What is looked at, where the sender is one that looks at things all the time.
    std::optional<MonitorStatus> monitor = {};
    /// Not one of the sender's alerts, but about its sending.
    bool isAboutSource = false;
    /// When the sender was asked, where it did not tell of it by itself: what was done to the
    /// incident later is newer. By the gateway's clock.
    std::optional<Timestamp> asOf = {};

    friend bool operator==(const IncidentReport &, const IncidentReport &) = default;
};

/// An incident with what only the gateway needs to know of it.
struct StoredIncident {
    Incident incident;
    QString fingerprint;
    /// While open, the latest beginning that was reported; once resolved, a firing that did not
    /// begin after it is one that is over.
    Timestamp startsAt;
    QStringList rooms;

    friend bool operator==(const StoredIncident &, const StoredIncident &) = default;
};

enum class IncidentChange { Created, Updated, Resolved };

/// An incident's new state, and what happened to it. Both, or neither: the report was ignored.
struct FoldResult {
    std::optional<StoredIncident> stored;
    std::optional<IncidentChange> change;
    /// What the incident's timeline says of it, where that is more than the incident itself says:
    /// when it was created, and that its source resolved it.
    std::optional<TimelineEntry> entry = {};
};

/// What was written to an incident's timeline, oldest first; only the newest 500 are kept.
struct StoredTimeline {
    QList<TimelineEntry> entries;
    bool complete = true;
};

/// Folds a report into the latest incident of its identity (source, fingerprint), open or resolved.
///
/// For any sequence of reports of one identity, folded in order:
/// - at most one incident is open at any time;
/// - a report is ignored exactly when it is *resolved* and nothing is open, or *resolved* with an
///   `endsAt` before the open incident began, or *firing* and not after the `startsAt` of the
///   latest, resolved incident, or *firing* as of a moment before that one was resolved;
/// - `created` comes with a new uuid, version 1 and count 1; every later change of that uuid has
///   the next version, and `resolved` is its last;
/// - another severity is an entry of the timeline, and nothing else that a report changes is;
/// - the count is the number of firing reports that were folded into the incident;
/// - an acknowledgement survives updates; rooms and createdAt never change; updatedAt never goes
///   back, and resolvedAt is set exactly when the incident is resolved;
/// - a firing is never hidden by the end of an earlier one: when *resolved* names an earlier
///   `startsAt` than the open incident has, that is the one that the next firing is compared with.
///
/// `newUuid` is used only when an incident is created.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT FoldResult foldReport(
    const std::optional<StoredIncident> &latest, const IncidentReport &report, Timestamp now,
    const QString &newUuid);

/// What a person does to an incident.
struct IncidentAction {
    enum class Kind { Acknowledge, Unacknowledge, Resolve, Comment, Assign } kind;
    /// The comment, or the assignee's name (empty: nobody).
    QString text = {};
    /// The comment's own, where it has one.
    QString id = {};
};

/// Folds a person's command into an incident. Every change is an entry of the timeline, with the
/// person's name and the time. What is so already is no change, no entry and no error.
///
/// A comment is a change of the incident too (its version rises), so that whoever looks at it asks
/// for the timeline anew; a comment on a resolved incident, whose last version has been told, is an
/// entry only. Nothing else can be done to a resolved incident (Conflict), but for resolving it,
/// which is so already. An empty comment, one of more than 4000 characters, one whose id is no
/// UUID, or an assignee's name of more than 200: InvalidPayload.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<FoldResult> foldAction(const StoredIncident &stored,
    const IncidentAction &action, const QString &userName, Timestamp now);

/// The whole timeline of an incident: `written`, and what the incident itself says.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT IncidentTimeline wholeTimeline(
    const Incident &incident, StoredTimeline written);

/// Cuts what is longer than anybody reads, so that an incident always fits a message: texts that
/// are cut end in an ellipsis. At most 64 Ki characters of labels and annotations are kept.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT IncidentReport bounded(IncidentReport report);

} // namespace tocsin
