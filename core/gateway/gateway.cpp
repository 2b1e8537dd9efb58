// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"

#include "gateway/datadirectory_p.h"
#include "gateway/listener_p.h"
#include "gateway/logbook_p.h"
#include "gateway/logswap_p.h"
#include "gateway/sourcereader_p.h"
#include "gateway/sqliteincidentlog.h"
#include "gateway/tokenwatch_p.h"

#include <QCoreApplication>
#include <QPromise>

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds tokensInterval{1'000};
// How long a silence goes unnoticed.
constexpr std::chrono::milliseconds sourcesInterval{500};
constexpr std::chrono::milliseconds suppressedInterval{10'000};

Error asConfigurationError(const QString &message)
{
    return {ErrorCode::BadConfiguration, message, {}};
}

// A promise that the log's thread keeps.
template <typename T>
std::pair<QFuture<Expected<T>>, LogWriter::Done<T>> promised()
{
    auto promise = std::make_shared<QPromise<Expected<T>>>();
    promise->start();
    return {promise->future(), [promise](Expected<T> result) {
                promise->addResult(std::move(result));
                promise->finish();
            }};
}

Expected<std::optional<TokenStore>> loadTokens(
    const GatewayConfiguration &configuration, const ListenAddress &address)
{
    if (configuration.tokensFile.isEmpty()) {
        if (!address.isLoopback()) {
            return tl::unexpected<Error>(asConfigurationError(
                QStringLiteral("Listening on %1 would let in anybody who reaches this machine: give"
                               " a tokens file, or listen on 127.0.0.1.")
                    .arg(configuration.listenAddress)));
        }
        return std::nullopt;
    }
    auto tokens = TokenStore::load(configuration.tokensFile);
    if (!tokens)
        return tl::unexpected<Error>(tokens.error());
    return std::optional(std::move(*tokens));
}

} // namespace

struct Gateway::Private {
    GatewayConfiguration configuration;
    const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    Logbook logbook;
    // In the order in which each needs those before it; ends in the reverse.
    GatewayMetrics metrics;
    std::unique_ptr<DataDirectory> directory;
    /// Of the loop's thread, once it runs.
    std::optional<TokenWatch> tokens;
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Hub> hub;
    std::unique_ptr<PresenceBoard> presence;
    std::unique_ptr<LogWriter> writer;
    /// Of the loop's thread, once it runs.
    std::unique_ptr<SourceWatch> sources;
    bool isTellingOfSources = false;
    /// By source. Not changed after the start; what each remembers is the writer's thread's.
    QHash<QString, std::shared_ptr<Reconciler>> reconcilers;
    std::unique_ptr<GatewayServices> services;
    /// Of the reader's thread.
    QHash<QString, bool> failingSources;
    std::unique_ptr<SourceReader> reader;

    void lookAtTokens(bool forced)
    {
        if (tokens && tokens->look(timestampNow(), forced))
            listener->recheckTokens();
    }
    void watchTokens()
    {
        listener->loop().after(tokensInterval, [this] {
            lookAtTokens(false);
            watchTokens();
        });
    }
    void watchSuppressed()
    {
        listener->loop().after(suppressedInterval, [this] {
            logbook.tellSuppressed();
            watchSuppressed();
        });
    }
    void tellOfStart();
    void tellOfReadiness();
    [[nodiscard]] Expected<void> beginSources();
    void watchSources();
    void tellOfSources();
    void takeReading(const QString &source, Expected<SourceReading> reading);
    QUrl url(const QString &scheme) const
    {
        QUrl url;
        url.setScheme(scheme + (listener->isTls() ? QStringLiteral("s") : QString()));
        url.setHost(listener->reachableHost());
        url.setPort(listener->port());
        return url;
    }
};

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
    const auto heard = future.result();
    if (!heard)
        return tl::unexpected<Error>(heard.error());
    sources
        = std::make_unique<SourceWatch>(configuration.sources, *heard, SourceWatch::Moment::now());
    // Never heard yet: expected from now on.
    expected.removeIf([&](const QString &name) { return heard->contains(name); });
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
        tellOfSources();
        watchSources();
    });
}

void Gateway::Private::tellOfSources()
{
    auto reports = sources->untold(SourceWatch::Moment::now());
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

// In the reader's thread.
void Gateway::Private::takeReading(const QString &source, Expected<SourceReading> reading)
{
    const std::optional<Error> failure
        = reading ? std::nullopt : std::optional<Error>(reading.error());
    listener->loop().post(
        [=, this] { sources->asked(source, failure, SourceWatch::Moment::now()); });
    if (failure) {
        metrics.failedReadings.add();
        if (!std::exchange(failingSources[source], true)) {
            logbook.write(LogLevel::Warning, "source.unreadable",
                {{"source", source}, {"error", failure->message}});
        }
        return;
    }
    metrics.readings.add();
    if (std::exchange(failingSources[source], false))
        logbook.write(LogLevel::Info, "source.readable", {{"source", source}});
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

void Gateway::Private::tellOfStart()
{
    logbook.write(LogLevel::Info, "gateway.starting",
        {{"version", QCoreApplication::applicationVersion()},
            {"address", configuration.listenAddress}, {"port", configuration.port},
            {"data_directory", configuration.dataDirectory}, {"tokens", tokens ? "on" : "off"},
            {"tls", configuration.tlsCertificate.isEmpty() ? "off" : "on"}});
    if (tokens && tokens->store().isEmpty()) {
        logbook.write(LogLevel::Warning, "tokens.none",
            {{"file", configuration.tokensFile}, {"consequence", "Nobody can get in."}});
    }
}

void Gateway::Private::tellOfReadiness()
{
    const auto took = std::chrono::steady_clock::now() - began;
    logbook.write(LogLevel::Info, "gateway.ready",
        {{"url", url(QStringLiteral("http")).toString()},
            {"milliseconds", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}});
}

Gateway::Gateway(std::unique_ptr<Private> started)
    : d(std::move(started))
{
}

Expected<std::unique_ptr<Gateway>> Gateway::start(const GatewayConfiguration &configuration)
{
    const auto address = ListenAddress::parse(configuration.listenAddress);
    if (!address)
        return tl::unexpected<Error>(address.error());
    auto d = std::make_unique<Private>();
    d->configuration = configuration;

    if (const auto checked = Listener::check(*address, configuration); !checked)
        return tl::unexpected<Error>(checked.error());
    auto tokens = loadTokens(configuration, *address);
    if (!tokens)
        return tl::unexpected<Error>(tokens.error());
    if (*tokens)
        d->tokens.emplace(configuration.tokensFile, **std::move(tokens), d->logbook);

    if (const auto readable = checkSources(configuration.sources); !readable)
        return tl::unexpected<Error>(readable.error());
    auto directory = DataDirectory::hold(configuration.dataDirectory);
    if (!directory)
        return tl::unexpected<Error>(directory.error());
    d->directory = std::move(*directory);
    d->tellOfStart();

    auto listener = Listener::open(*address, d->configuration);
    if (!listener)
        return tl::unexpected<Error>(listener.error());
    d->listener = std::move(*listener);

    d->hub = std::make_unique<Hub>(d->listener->loop());
    d->presence = std::make_unique<PresenceBoard>(d->listener->loop(), configuration.presenceRooms);
    auto writer = LogWriter::start(
        [fileName = logFileName(configuration.dataDirectory),
            length = configuration.historyLength]() -> Expected<std::unique_ptr<IncidentLog>> {
            return SqliteIncidentLog::open(fileName, length).map([](auto log) {
                return std::unique_ptr<IncidentLog>(std::move(log));
            });
        },
        [hub = d->hub.get()](QList<LogEvent> events) { hub->publish(std::move(events)); },
        {.events = configuration.historyAge, .resolved = configuration.resolvedAge}, d->metrics,
        d->logbook);
    if (!writer)
        return tl::unexpected<Error>(writer.error());
    d->writer = std::move(*writer);

    if (const auto begun = d->beginSources(); !begun)
        return tl::unexpected<Error>(begun.error());

    d->services = std::make_unique<GatewayServices>(GatewayServices{
        .configuration = d->configuration,
        .loop = d->listener->loop(),
        .hub = *d->hub,
        .writer = *d->writer,
        .presence = *d->presence,
        .tokens = d->tokens ? &d->tokens->store() : nullptr,
        .metrics = d->metrics,
        .logbook = d->logbook,
        .sources = *d->sources,
        .isLoopback = address->isLoopback(),
        .reader = std::make_unique<JsonReader>(),
    });
    if (const auto announced = d->directory->announce(
            d->url(QStringLiteral("ws")).resolved(QUrl(QStringLiteral("/ws"))));
        !announced)
        return tl::unexpected<Error>(announced.error());
    if (d->tokens)
        d->watchTokens();
    d->watchSources();
    d->watchSuppressed();
    d->listener->serve(*d->services);
    d->tellOfReadiness();
    d->reader = std::make_unique<SourceReader>(configuration.sources,
        SourceReader::Context{configuration.severities, configuration.routes},
        [d = d.get()](const QString &source, Expected<SourceReading> reading) {
            d->takeReading(source, std::move(reading));
        });
    return std::unique_ptr<Gateway>(new Gateway(std::move(d)));
}

Expected<void> Gateway::check(const GatewayConfiguration &configuration)
{
    const auto address = ListenAddress::parse(configuration.listenAddress);
    if (!address)
        return tl::unexpected<Error>(address.error());
    if (const auto tokens = loadTokens(configuration, *address); !tokens)
        return tl::unexpected<Error>(tokens.error());
    if (const auto sources = checkSources(configuration.sources); !sources)
        return sources;
    return Listener::check(*address, configuration);
}

Gateway::~Gateway()
{
    using std::chrono::duration_cast;
    const auto began = std::chrono::steady_clock::now();
    d->reader.reset();
    d->listener->stopAccepting();
    // Writes what was taken; the answers to it wait in the loop.
    d->writer->stop();
    d->listener->finish();
    d->logbook.finish();
    const auto ended = std::chrono::steady_clock::now();
    logEvent(LogLevel::Info, "gateway.stopped",
        {{"milliseconds", duration_cast<std::chrono::milliseconds>(ended - began).count()},
            {"uptime_seconds", duration_cast<std::chrono::seconds>(began - d->began).count()}});
}

std::optional<QUrl> Gateway::runningIn(const QString &dataDirectory)
{
    return DataDirectory::holder(dataDirectory);
}

quint16 Gateway::port() const
{
    return d->listener->port();
}

QUrl Gateway::webSocketUrl() const
{
    return d->url(QStringLiteral("ws")).resolved(QUrl(QStringLiteral("/ws")));
}

QUrl Gateway::httpUrl() const
{
    return d->url(QStringLiteral("http"));
}

QFuture<Expected<int>> Gateway::ingest(QList<IncidentReport> reports)
{
    auto [future, done] = promised<int>();
    d->writer->post(
        [reports = std::move(reports)]() -> Expected<LogWriter::Post> {
            LogWriter::Post post;
            post.reports.reserve(reports.size());
            for (const IncidentReport &report : reports)
                post.reports.append(bounded(report));
            return post;
        },
        std::move(done));
    return future;
}

void Gateway::reloadTokens()
{
    d->listener->loop().post([this] { d->lookAtTokens(true); });
}

QFuture<Expected<int>> Gateway::forgetSource(const QString &source)
{
    auto [future, done] = promised<int>();
    d->writer->removeSource(source, std::move(done));
    return future;
}

} // namespace tocsin
