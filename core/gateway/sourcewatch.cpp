// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sourcewatch_p.h"

#include <QSet>

#include <algorithm>

namespace tocsin {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr int failuresInARow = 3;
// While the gateway was down nobody could be heard: senders get so long to come back.
constexpr milliseconds mostGrace = 10min;

const QString silentPrefix = QStringLiteral("silent:");
const QString unreachablePrefix = QStringLiteral("unreachable:");

QString inWords(milliseconds duration)
{
    for (const auto &[unit, one, many] : {std::tuple(milliseconds(24h), "day", "days"),
             std::tuple(milliseconds(1h), "hour", "hours"),
             std::tuple(milliseconds(1min), "minute", "minutes")}) {
        if (duration >= unit && duration % unit == 0ms) {
            const qint64 count = duration / unit;
            return QStringLiteral("%1 %2").arg(count).arg(
                QLatin1StringView(count == 1 ? one : many));
        }
    }
    const double seconds = double(duration.count()) / 1000;
    return QStringLiteral("%1 %2").arg(seconds).arg(
        QLatin1StringView(seconds == 1 ? "second" : "seconds"));
}

IncidentReport aboutSource(
    const IncidentSource &source, const QString &prefix, bool isFiring, Timestamp since)
{
    IncidentReport report;
    report.source = gatewaySource.toString();
    report.fingerprint = prefix + source.name;
    report.isAboutSource = true;
    report.status = isFiring ? ReportStatus::Firing : ReportStatus::Resolved;
    report.service = source.name;
    report.startsAt = since;
    report.labels.insert(QStringLiteral("source"), source.name);
    report.rooms = source.rooms;
    return report;
}

} // namespace

SourceWatch::Moment SourceWatch::Moment::now()
{
    return {std::chrono::steady_clock::now(), timestampNow()};
}

SourceWatch::SourceWatch(
    const QList<IncidentSource> &sources, const QHash<QString, Timestamp> &lastHeard, Moment start)
{
    for (const IncidentSource &source : sources) {
        State state{
            .source = source, .deadline = {}, .failingSince = {}, .silence = {}, .unreachable = {}};
        milliseconds left = source.expectEvery;
        if (const auto heard = lastHeard.constFind(source.name); heard != lastHeard.cend()) {
            // The clock may have been put back since.
            const milliseconds grace = std::min(source.expectEvery, mostGrace);
            left = std::clamp(*heard + source.expectEvery - start.wall, grace, source.expectEvery);
        }
        state.deadline = start.steady + left;
        m_states.append(std::move(state));
    }
}

SourceWatch::State *SourceWatch::find(const QString &source)
{
    const auto it = std::ranges::find_if(
        m_states, [&](const State &state) { return state.source.name == source; });
    return it == m_states.end() ? nullptr : &*it;
}

void SourceWatch::heard(const QString &source, Moment now)
{
    State *const state = find(source);
    if (!state)
        return;
    state->deadline = now.steady + state->source.expectEvery;
    state->silence.is = false;
    state->silence.since = now.wall;
}

void SourceWatch::asked(const QString &source, const std::optional<Error> &failure, Moment now)
{
    State *const state = find(source);
    if (!state)
        return;
    if (!failure) {
        state->failures = 0;
        state->unreachable.is = false;
        state->unreachable.since = now.wall;
        return;
    }
    if (state->failures++ == 0)
        state->failingSince = now.wall;
    if (state->failures == failuresInARow) {
        state->unreachable.is = true;
        state->unreachable.since = state->failingSince;
        state->unreachable.detail = failure->message;
    }
}

QList<IncidentReport> SourceWatch::untold(Moment now)
{
    QList<IncidentReport> reports;
    for (State &state : m_states) {
        const IncidentSource &source = state.source;
        if (source.expectEvery > 0ms && now.steady >= state.deadline
            && state.silence.is != std::optional(true)) {
            state.silence.is = true;
            state.silence.since = now.wall;
        }
        if (state.silence.isUntold()) {
            auto report = aboutSource(source, silentPrefix, *state.silence.is, state.silence.since);
            report.severity = source.silenceSeverity;
            report.title = QStringLiteral(
                "Nothing has been heard from %1 for more than %2: its alerts may be"
                " missing")
                               .arg(source.name, inWords(source.expectEvery));
            report.annotations.insert(QStringLiteral("description"),
                QStringLiteral("The gateway expects a post of this source every %1 (expect_every)."
                               " Its sender, or the way from there to the gateway, may be down.")
                    .arg(inWords(source.expectEvery)));
            reports.append(bounded(std::move(report)));
        }
        if (state.unreachable.isUntold()) {
            auto report = aboutSource(
                source, unreachablePrefix, *state.unreachable.is, state.unreachable.since);
            report.severity = Severity::Warning;
            report.title = QStringLiteral("%1 cannot be asked what is active: what it ends without"
                                          " saying so stays open")
                               .arg(source.name);
            report.annotations.insert(QStringLiteral("description"), state.unreachable.detail);
            reports.append(bounded(std::move(report)));
        }
    }
    return reports;
}

void SourceWatch::told(const QList<IncidentReport> &reports)
{
    for (const IncidentReport &report : reports) {
        State *const state = find(report.service);
        if (!state)
            continue;
        Trouble &trouble
            = report.fingerprint.startsWith(silentPrefix) ? state->silence : state->unreachable;
        trouble.told = report.status == ReportStatus::Firing;
    }
}

QList<IncidentReport> SourceWatch::abandoned(const QStringList &openFingerprints) const
{
    QSet<QString> watched;
    for (const State &state : m_states) {
        if (state.source.expectEvery > 0ms)
            watched.insert(silentPrefix + state.source.name);
        if (!state.source.apiUrls.isEmpty())
            watched.insert(unreachablePrefix + state.source.name);
    }
    QList<IncidentReport> reports;
    for (const QString &fingerprint : openFingerprints) {
        if (watched.contains(fingerprint))
            continue;
        IncidentReport report;
        report.source = gatewaySource.toString();
        report.fingerprint = fingerprint;
        report.status = ReportStatus::Resolved;
        report.isAboutSource = true;
        reports.append(std::move(report));
    }
    return reports;
}

int SourceWatch::silentCount() const
{
    return int(std::ranges::count_if(
        m_states, [](const State &state) { return state.silence.is == std::optional(true); }));
}

} // namespace tocsin
