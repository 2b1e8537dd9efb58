// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>

namespace tocsin {

/// The report in the body of Uptime Kuma's webhook notification (content type JSON), or the first
/// thing wrong with it. A monitor that is down is a critical incident; it ends when the monitor is
/// up. Of a monitor that is neither it says nothing, and a test message (`heartbeat` and `monitor`
/// null) holds no report.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QList<IncidentReport>> reportsFromUptimeKuma(
    QByteArrayView body, const IngestContext &context);

} // namespace tocsin
