// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/doorkeeper_p.h"

#include <QByteArray>

#include <array>
#include <atomic>
#include <chrono>

namespace tocsin {

/// A number that several threads count up or down; nobody waits for anybody.
class Count
{
public:
    void set(qint64 value) { m_value.store(value, std::memory_order_relaxed); }
    void add(qint64 amount = 1) { m_value.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] qint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<qint64> m_value = 0;
};

/// How long something took, in the buckets of a Prometheus histogram.
class DurationHistogram
{
public:
    void add(std::chrono::nanoseconds duration);
    void write(QByteArray &to, const QByteArray &name, const QByteArray &help) const;

private:
    // Seconds; a last bucket holds the rest.
    static constexpr std::array bounds{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5};
    std::array<Count, bounds.size() + 1> m_buckets;
    Count m_nanoseconds;
};

enum class IngestSource { Alertmanager, Grafana, UptimeKuma, CloudEvents, Native };
enum class IngestResult { Accepted, Refused, Failed };

/// What the gateway counts of itself (docs/gateway.md, "Metrics"). From any thread.
struct GatewayMetrics {
    Count httpConnections;
    Count sessions;
    Count messagesReceived;
    Count messagesSent;
    Count bytesSent;
    Count slowConsumers;
    Count rateLimited;
    // In the order of Doorkeeper::Verdict, from TooManyOfAddress.
    std::array<Count, 3> refusedConnections;
    Count reports;
    Count replays;
    Count snapshots;
    Count joinsRefused;
    Count logQueue;
    Count logFailures;
    Count silentSources;
    Count readings;
    Count failedReadings;
    Count reconciledOpened;
    Count reconciledEnded;
    DurationHistogram commits;
    std::array<std::array<Count, 3>, 5> ingest;

    Count &ingested(IngestSource source, IngestResult result)
    {
        return ingest[std::size_t(source)][std::size_t(result)];
    }
    /// `verdict` is not Serve.
    Count &refused(Doorkeeper::Verdict verdict)
    {
        return refusedConnections[std::size_t(verdict) - 1];
    }
    /// In Prometheus' text format, 0.0.4, with what the system knows of the process.
    [[nodiscard]] QByteArray text() const;
};

} // namespace tocsin
