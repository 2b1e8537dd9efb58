// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <QHash>

namespace tocsin {

/// The unit separator: between a fingerprint and the rooms that its sender is for.
inline constexpr QChar ownersMark = u'\x1f';

/// Folds reports and commands, one after the other, into one batch for the log: each sees what
/// those before it did, though nothing is written yet.
///
/// An error of StorageFailed means that the batch is not to be written; any other error left the
/// batch as it was.
class BatchBuilder
{
public:
    explicit BatchBuilder(IncidentLog &log);

    /// These are about to be folded: what they need of the log is read at once.
    [[nodiscard]] Expected<void> prefetch(
        const QList<IncidentReport> &reports, const QStringList &patterns = {});
    /// `patterns`: the rooms that the sender is for (see allowsRoom()); empty for all. An incident
    /// in none of them is another one, whatever its identity: two senders that do not know of each
    /// other may have the same names for theirs.
    [[nodiscard]] Expected<void> report(
        const IncidentReport &report, Timestamp now, const QStringList &patterns = {});
    /// As report(), but what is open already and fires is nothing new, and changes nothing.
    [[nodiscard]] Expected<void> reportState(const IncidentReport &report, Timestamp now);
    /// What is open of a source.
    [[nodiscard]] Expected<QList<OpenIncident>> openIncidents(const QString &source);
    void heard(const QString &source, Timestamp now) { m_batch.heard.insert(source, now); }

    /// `rooms`: those that the user may see; empty for all. An incident in none of them is as one
    /// that does not exist. A comment that is there already, by its id, is nothing new; another one
    /// with the same id is a Conflict.
    [[nodiscard]] Expected<StoredIncident> act(const QString &uuid, const IncidentAction &action,
        const QString &userName, const QStringList &rooms, Timestamp now);

    /// For a command that only reads: NotFound, too, for an incident in none of `rooms`.
    [[nodiscard]] Expected<StoredIncident> find(const QString &uuid, const QStringList &rooms);

    [[nodiscard]] const LogBatch &batch() const;
    /// To fold anew.
    void clear();

private:
    using Identity = std::pair<QString, QString>;

    [[nodiscard]] Expected<std::optional<StoredIncident>> latest(const IncidentReport &report);
    /// As this batch will leave the timeline.
    [[nodiscard]] Expected<std::optional<TimelineEntry>> findEntry(
        const QString &uuid, const QString &id);
    /// With the fingerprint that is the sender's own.
    [[nodiscard]] Expected<IncidentReport> within(
        const QStringList &patterns, const IncidentReport &report);
    [[nodiscard]] Expected<void> fold(const IncidentReport &report, Timestamp now);
    void apply(FoldResult result, const QString &uuid, const QString &userName, Timestamp now);

    IncidentLog &m_log;
    LogBatch m_batch;
    // Places in m_batch.incidents. An identity's is that of its latest incident.
    QHash<Identity, qsizetype> m_byIdentity;
    QHash<QString, qsizetype> m_byUuid;
};

} // namespace tocsin
