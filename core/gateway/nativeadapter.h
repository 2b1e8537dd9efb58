// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>

namespace tocsin {

/// Whether a name may be a room's: 1 to 200 characters, none of them a control character.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT bool isRoomName(QStringView name);

/// The first thing wrong with a report that comes from outside: no fingerprint, a firing one
/// without a title, a link that may not be opened, a room that can be none.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<void> checkReport(const IncidentReport &report);

/// The reports in a body of Tocsin's own form, one object or an array of them (docs/gateway.md,
/// "Native JSON"), or the first thing wrong with it. `receivedAt` is the `startsAt` of a report
/// that has none.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QList<IncidentReport>> reportsFromNative(
    QByteArrayView body, const IngestContext &context);

} // namespace tocsin
