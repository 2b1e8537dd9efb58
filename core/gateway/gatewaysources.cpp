// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What a gateway knows of its sources beyond their posts.
#include "gateway/gateway_p.h"

namespace tocsin {

namespace {

// How long a silence goes unnoticed.
constexpr std::chrono::milliseconds sourcesInterval{500};

} // namespace

// The log remembers when each was last heard, so that a gateway that is started often does not
// forget to miss a source that is heard seldom.
Expected<void> Gateway::Private::beginSources()
{
    QStringList expected;
    for (const IncidentSource &source : std::as_const(configuration.sources)) {
        reconcilers.insert(source.name, std::make_shared<Reconciler>(source.name));
        if (source.expectEvery > std::chrono::milliseconds(0))
            expected.append(source.name);
    }
    auto [future, done] = promised<QHash<QString, Timestamp>>();
    writer->readLastHeard(expected, std::move(done));
    const auto told = future.result();
    if (!told)
        return tl::unexpected<Error>(told.error());
    heard = *told;
    sources
        = std::make_unique<SourceWatch>(configuration.sources, heard, SourceWatch::Moment::now());
    // Never heard yet: expected from now on.
    expected.removeIf([&](const QString &name) { return heard.contains(name); });
    auto [openFuture, openDone] = promised<QStringList>();
    writer->readOpen(gatewaySource.toString(), std::move(openDone));
    const auto open = openFuture.result();
    if (!open)
        return tl::unexpected<Error>(open.error());
    const auto abandoned = sources->abandoned(*open);
    if (expected.isEmpty() && abandoned.isEmpty())
        return {};
    writer->post(
        [expected, abandoned]() -> Expected<LogWriter::Post> {
            return LogWriter::Post{.reports = abandoned, .heard = expected};
        },
        [](const Expected<int> &) {});
    return {};
}

void Gateway::Private::watchSources()
{
    if (configuration.sources.isEmpty())
        return;
    listener->loop().after(sourcesInterval, [this] {
        lookAtSources();
        watchSources();
    });
}

void Gateway::Private::tellOfSources(SourceWatch::Moment knownUntil)
{
    auto reports = sources->untold(knownUntil);
    metrics.silentSources.set(sources->silentCount());
    if (reports.isEmpty() || isTellingOfSources)
        return;
    for (IncidentReport &report : reports) {
        if (report.rooms.isEmpty())
            report.rooms = roomsFor(report, configuration.routes);
    }
    isTellingOfSources = true;
    writer->postState(reports, [this, reports](const Expected<int> &written) {
        listener->loop().post([this, reports, isTold = written.has_value()] {
            isTellingOfSources = false;
            if (isTold)
                sources->told(reports);
        });
    });
}

// What this gateway has not heard, another one may have: of a shared log, nobody is silent beyond
// the moment at which it was last asked with success.
void Gateway::Private::lookAtSources()
{
    const auto now = SourceWatch::Moment::now();
    QStringList expected;
    for (const IncidentSource &source : std::as_const(configuration.sources)) {
        if (source.expectEvery > std::chrono::milliseconds(0))
            expected.append(source.name);
    }
    if (configuration.redisUrl.isEmpty() || expected.isEmpty())
        return tellOfSources(now);
    if (std::exchange(isLookingAtHeard, true))
        return;
    writer->readLastHeard(expected, [this, now](const Expected<QHash<QString, Timestamp>> &read) {
        listener->loop().post([this, now, read] {
            isLookingAtHeard = false;
            if (!read)
                return;
            // By the clock here: those of two machines may differ.
            for (auto it = read->cbegin(); it != read->cend(); ++it) {
                if (heard.value(it.key()) != *it)
                    sources->heard(it.key(), SourceWatch::Moment::now());
            }
            heard = *read;
            tellOfSources(now);
        });
    });
}

// In the reader's thread.
void Gateway::Private::takeReading(const QString &source, Expected<SourceReading> reading)
{
    const std::optional<Error> failure
        = reading ? reading->missing : std::optional<Error>(reading.error());
    listener->loop().post(
        [=, this] { sources->asked(source, failure, SourceWatch::Moment::now()); });
    if (failure) {
        metrics.failedReadings.add();
        if (!std::exchange(failingSources[source], true)) {
            logbook.write(LogLevel::Warning, "source.unreadable",
                {{"source", source}, {"error", failure->message}});
        }
        if (!reading)
            return;
    } else if (std::exchange(failingSources[source], false)) {
        logbook.write(LogLevel::Info, "source.readable", {{"source", source}});
    }
    if (!failure)
        metrics.readings.add();
    writer->reconcile(reconcilers.value(source), *std::move(reading),
        [this, source](const Expected<LogWriter::Reconciled> &result) {
            if (!result)
                return;
            metrics.reconciledOpened.add(result->opened);
            metrics.reconciledEnded.add(result->ended);
            if (result->opened + result->ended > 0) {
                logbook.write(LogLevel::Info, "source.reconciled",
                    {{"source", source}, {"opened", result->opened}, {"ended", result->ended}});
            }
        });
}

} // namespace tocsin
