// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>
#include <QSet>

namespace tocsin {

/// What is in Alertmanager at a moment.
struct AlertmanagerAlerts {
    /// As reports that fire.
    QList<IncidentReport> active;
    /// Fingerprints of what is silenced, inhibited, or not processed yet.
    QSet<QString> quiet;
};

/// The answer to `GET /api/v2/alerts`
/// (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml).
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<AlertmanagerAlerts> readAlertmanagerAlerts(
    QByteArrayView body, const IngestContext &context);

/// From the answer to `GET /api/v2/status`: when it was started.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<Timestamp> readAlertmanagerStart(QByteArrayView body);

} // namespace tocsin
