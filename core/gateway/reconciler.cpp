// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/reconciler_p.h"

#include "gateway/alertmanageralert_p.h"
#include "gateway/batchbuilder_p.h"

namespace tocsin {

Reconciler::Reconciler(QString source)
    : m_source(std::move(source))
{
}

QList<IncidentReport> Reconciler::compare(
    const QList<OpenIncident> &open, const SourceReading &reading)
{
    QSet<QString> there = reading.quiet;
    for (const IncidentReport &report : reading.active)
        there.insert(report.fingerprint);

    QList<IncidentReport> reports;
    QSet<QString> here;
    QHash<QString, Seen> missing;
    for (const OpenIncident &incident : open) {
        here.insert(incident.fingerprint);
        const bool isGroupWarning = incident.fingerprint.startsWith(groupWarningPrefix);
        if (!reading.isSettled || there.contains(incident.fingerprint)
            || (isGroupWarning && !there.isEmpty()) || incident.fingerprint.contains(ownersMark))
            continue;
        const Seen seen{incident.uuid, incident.version};
        if (m_missing.value(incident.fingerprint) == seen) {
            IncidentReport end;
            end.source = m_source;
            end.fingerprint = incident.fingerprint;
            end.status = ReportStatus::Resolved;
            // Named as the end of an earlier one, so that the same beginning may open it again.
            end.startsAt = incident.startsAt - std::chrono::milliseconds(1);
            reports.append(std::move(end));
        }
        missing.insert(incident.fingerprint, seen);
    }
    m_missing = std::move(missing);
    for (const IncidentReport &report : reading.active) {
        if (!here.contains(report.fingerprint))
            reports.append(report);
    }
    return reports;
}

} // namespace tocsin
