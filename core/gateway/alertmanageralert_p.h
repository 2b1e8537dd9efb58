// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/reportedtime_p.h"

namespace tocsin {

/// One alert in the webhooks of Alertmanager, and of Grafana, which has a few addresses more.
struct AlertmanagerAlert {
    ReportStatus status = ReportStatus::Firing;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
    TextTime startsAt;
    TextTime endsAt;
    QString generatorUrl;
    QString dashboardUrl;
    QString panelUrl;
    QString silenceUrl;
    QString fingerprint;
};

template <>
struct Schema<AlertmanagerAlert> {
    static constexpr auto fields = std::tuple{
        required("status", &AlertmanagerAlert::status),
        required("labels", &AlertmanagerAlert::labels),
        optional("annotations", &AlertmanagerAlert::annotations),
        required("startsAt", &AlertmanagerAlert::startsAt),
        optional("endsAt", &AlertmanagerAlert::endsAt),
        optional("generatorURL", &AlertmanagerAlert::generatorUrl),
        optional("dashboardURL", &AlertmanagerAlert::dashboardUrl),
        optional("panelURL", &AlertmanagerAlert::panelUrl),
        optional("silenceURL", &AlertmanagerAlert::silenceUrl),
        optional("fingerprint", &AlertmanagerAlert::fingerprint),
    };
};

[[nodiscard]] IncidentReport reportFromAlert(
    const AlertmanagerAlert &alert, const QString &source, const IngestContext &context);

/// With what the fingerprints of such warnings begin; no alert's does.
inline constexpr QStringView groupWarningPrefix = u"truncated:";
/// A warning about a sender that left out alerts (`truncatedAlerts`), or its end.
[[nodiscard]] IncidentReport truncationReport(
    const QString &source, const QString &groupKey, qint64 truncated, const IngestContext &context);

} // namespace tocsin
