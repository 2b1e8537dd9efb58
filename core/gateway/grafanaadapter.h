// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>

namespace tocsin {

/// The reports in the body of Grafana's webhook contact point
/// (https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/),
/// or the first thing wrong with it. The form of its legacy alerting, gone since Grafana 11, is
/// refused by its name.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QList<IncidentReport>> reportsFromGrafana(
    QByteArrayView body, const IngestContext &context);

} // namespace tocsin
