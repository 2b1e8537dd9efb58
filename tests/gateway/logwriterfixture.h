// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "fakelog.h"
#include "gateway/logwriter_p.h"

#include <memory>

namespace tocsin::test {

/// A writer of this log, which nothing disturbs by itself; null where it does not start.
template <typename Log>
std::unique_ptr<LogWriter> startOn(
    std::unique_ptr<Log> log, LogWriter::Publish publish = [](const QList<LogEvent> &) { })
{
    using namespace std::chrono_literals;
    static GatewayMetrics metrics;
    static Logbook logbook;
    const auto opened = std::make_shared<std::unique_ptr<Log>>(std::move(log));
    auto writer = LogWriter::start(
        [opened]() -> Expected<std::unique_ptr<IncidentLog>> { return std::move(*opened); },
        std::move(publish), [] {}, {1h, 1h}, metrics, logbook);
    return writer ? *std::move(writer) : nullptr;
}

inline LogWriter::Post onePost()
{
    return {.reports = {{.source = u"s"_s, .fingerprint = u"f"_s, .title = u"t"_s}}};
}

} // namespace tocsin::test
