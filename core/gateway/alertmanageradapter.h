// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>

namespace tocsin {

/// The reports in the body of an Alertmanager webhook, version 4
/// (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config), or the first thing
/// wrong with it. A group of which Alertmanager left alerts out (`truncatedAlerts`) is a report
/// too, until a whole one comes.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QList<IncidentReport>> reportsFromAlertmanager(
    QByteArrayView body, const IngestContext &context);

/// The name that Alertmanager itself gives to an alert with these labels: the 64-bit FNV-1a hash of
/// its labels, sorted by name, as 16 hexadecimal digits.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QString alertmanagerFingerprint(
    const QMap<QString, QString> &labels);

} // namespace tocsin
