// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingestcontext.h"
#include "gateway/report.h"

#include <QByteArrayView>

namespace tocsin {

/// The reports in CloudEvents 1.0 (https://github.com/cloudevents/spec, HTTP protocol binding): one
/// in structured mode (`application/cloudevents+json`), several
/// (`application/cloudevents-batch+json`) or one in binary mode (`ce-` headers); or the first thing
/// wrong with them.
///
/// What the event is about is its `source` and its `subject` (or its `id`, where it has none). Its
/// data may hold the fields of the native form, which then count; otherwise the title is made of
/// `type` and `subject`, and a `type` that ends in `.resolved`, `.closed` or `.recovered` is an
/// end.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<QList<IncidentReport>> reportsFromCloudEvents(
    QByteArrayView body, const IngestContext &context);

} // namespace tocsin
