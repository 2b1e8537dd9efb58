// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "demonstration.h"

#include "qml/livefeed.h"

#include <array>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

struct Alert {
    QStringView fingerprint;
    Severity severity;
    QStringView title;
    QStringView service;
};

constexpr std::array alerts{
    Alert{u"checkout-errors", Severity::Critical, u"Checkout: 7 % of payments fail", u"checkout"},
    Alert{u"db-replica", Severity::Warning, u"Replica db-4 is 45 s behind", u"orders-db"},
    Alert{u"disk", Severity::Warning, u"Disk on build-7 will be full in 6 hours", u"ci"},
    Alert{u"certificate", Severity::Info, u"Certificate of shop.example.com ends in 20 days",
        u"edge"},
    Alert{u"queue", Severity::Warning, u"Order queue: 12,400 messages wait", u"orders"},
    Alert{u"db-down", Severity::Critical, u"Database connection timeout on db-3", u"orders-db"},
    Alert{u"backup", Severity::Info, u"Nightly backup took 3 h 10 min", u"backup"},
    Alert{u"latency", Severity::Warning, u"Search answers in 1.8 s (99th percentile)", u"search"},
    Alert{u"probe", Severity::Unknown, u"Probe fra-2 reports a state nobody knows", u"probes"},
};

struct Step {
    int alert;
    ReportStatus status;
};
constexpr auto Firing = ReportStatus::Firing;
constexpr auto Resolved = ReportStatus::Resolved;

constexpr std::array steps{
    Step{1, Firing},
    Step{3, Firing},
    Step{2, Firing},
    Step{8, Firing},
    Step{0, Firing},
    Step{4, Firing},
    Step{0, Firing},
    Step{5, Firing},
    Step{4, Firing},
    Step{5, Firing},
    Step{0, Firing},
    Step{7, Firing},
    Step{8, Resolved},
    Step{5, Firing},
    Step{6, Firing},
    Step{1, Resolved},
    Step{5, Resolved},
    Step{4, Firing},
    Step{0, Resolved},
    Step{7, Resolved},
    Step{4, Resolved},
    Step{2, Resolved},
    Step{6, Resolved},
    Step{3, Resolved},
};

} // namespace

IncidentReport demonstrationReport(int number, Timestamp now)
{
    const Step &step = steps[std::size_t(number) % steps.size()];
    const Alert &alert = alerts[std::size_t(step.alert)];
    // The repeats of an alert say when it began, as Alertmanager's do; the gateway only asks that
    // a new round begins later than the last one ended.
    return {.source = LiveFeed::demonstrationSource.toString(),
        .fingerprint = alert.fingerprint.toString(),
        .status = step.status,
        .title = alert.title.toString(),
        .severity = alert.severity,
        .service = alert.service.toString(),
        .startsAt = now};
}

int demonstrationLength()
{
    return int(steps.size());
}

Demonstration::Demonstration(Gateway &gateway, QObject *parent)
    : QObject(parent)
    , m_gateway(gateway)
{
    connect(&m_timer, &QTimer::timeout, this, &Demonstration::step);
    m_gateway.forgetSource(LiveFeed::demonstrationSource.toString());
}

Demonstration::~Demonstration()
{
    m_timer.stop();
    m_gateway.forgetSource(LiveFeed::demonstrationSource.toString()).waitForFinished();
}

bool Demonstration::isRunning() const
{
    return m_timer.isActive();
}

void Demonstration::start()
{
    if (isRunning())
        return;
    m_step = 0;
    m_timer.start(pace);
    for (int i = 0; i < openingSteps; ++i)
        step();
    Q_EMIT runningChanged();
}

void Demonstration::stop()
{
    if (!isRunning())
        return;
    m_timer.stop();
    // Behind the last report in the gateway's queue, so nothing comes after it.
    m_gateway.forgetSource(LiveFeed::demonstrationSource.toString())
        .then(this, [this](const Expected<int> &removed) {
            if (!removed)
                Q_EMIT failed(removed.error().message);
        });
    Q_EMIT runningChanged();
}

void Demonstration::step()
{
    m_gateway.ingest({demonstrationReport(m_step++, timestampNow())})
        .then(this, [this](const Expected<int> &taken) {
            if (taken)
                return;
            stop();
            Q_EMIT failed(taken.error().message);
        });
}

} // namespace tocsin
