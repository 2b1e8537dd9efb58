// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway_p.h"

#include "gateway/logswap_p.h"
#include "gateway/nativeadapter.h"
#include "gateway/redisplace_p.h"
#include "gateway/sqliteincidentlog.h"
#include "gateway/tlscontext_p.h"

#include <QCoreApplication>
#include <QFile>

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds filesInterval{1'000};
constexpr std::chrono::milliseconds suppressedInterval{10'000};
constexpr std::chrono::milliseconds followedInterval{60'000};
constexpr std::chrono::milliseconds presenceInterval{1'000};

Error asConfigurationError(const QString &message)
{
    return {ErrorCode::BadConfiguration, message, {}};
}

/// As a post of it to `/ingest/incident` would be taken.
Expected<IncidentReport> asPosted(
    const IncidentReport &report, Timestamp now, const QList<Route> &routes)
{
    IncidentReport posted = report;
    posted.title = report.title.trimmed();
    if (posted.source == gatewaySource) {
        return makeError(ErrorCode::InvalidPayload,
            QStringLiteral("source: \"%1\" is the gateway itself").arg(gatewaySource),
            QStringLiteral("source"));
    }
    if (const auto right = checkReport(posted); !right)
        return tl::unexpected<Error>(right.error());
    if (posted.status == ReportStatus::Firing && posted.startsAt == Timestamp())
        posted.startsAt = now;
    if (posted.rooms.isEmpty())
        posted.rooms = roomsFor(posted, routes);
    return bounded(std::move(posted));
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

RedisLogPlace placeOf(const GatewayConfiguration &configuration)
{
    return {.url = configuration.redisUrl,
        .user = configuration.redisUser,
        .passwordFile = configuration.redisPasswordFile,
        .sentinelUser = configuration.redisSentinelUser,
        .sentinelPasswordFile = configuration.redisSentinelPasswordFile,
        .tls = {.authorities = configuration.redisTlsCa,
            .certificate = configuration.redisTlsCertificate,
            .key = configuration.redisTlsKey},
        .historyLength = configuration.historyLength};
}

Expected<void> checkRedis(const GatewayConfiguration &configuration)
{
    if (configuration.redisUrl.isEmpty()) {
        for (const QString &given : {configuration.redisUser, configuration.redisPasswordFile,
                 configuration.redisSentinelUser, configuration.redisSentinelPasswordFile,
                 configuration.redisTlsCa, configuration.redisTlsCertificate,
                 configuration.redisTlsKey}) {
            if (!given.isEmpty()) {
                return tl::unexpected<Error>(asConfigurationError(
                    QStringLiteral("There is something for Redis in the configuration (\"%1\"), but"
                                   " not which Redis: give redis.url, or --log.")
                        .arg(given)));
            }
        }
        return {};
    }
    const auto login = loginOf(placeOf(configuration));
    if (!login)
        return tl::unexpected<Error>(login.error());
    if (const auto usable = RedisTls::check(login->tls); !usable)
        return usable;
    for (const auto &[fileName, of] :
        {std::pair(configuration.redisPasswordFile, QStringLiteral("Redis")),
            std::pair(configuration.redisSentinelPasswordFile, QStringLiteral("the Sentinels"))}) {
        QFile file(fileName);
        if (fileName.isEmpty() || file.open(QIODevice::ReadOnly))
            continue;
        return tl::unexpected<Error>(
            asConfigurationError(QStringLiteral("The password file %1 of %2 cannot be read: %3.")
                    .arg(fileName, of, file.errorString())));
    }
    return {};
}

Expected<std::unique_ptr<IncidentLog>> openLog(const GatewayConfiguration &configuration)
{
    const auto asLog = [](auto log) { return std::unique_ptr<IncidentLog>(std::move(log)); };
    if (!configuration.redisUrl.isEmpty())
        return RedisIncidentLog::open(placeOf(configuration)).map(asLog);
    return SqliteIncidentLog::open(
        logFileName(configuration.dataDirectory), configuration.historyLength)
        .map(asLog);
}

} // namespace

void Gateway::Private::lookAtFiles(bool forced)
{
    const Timestamp now = timestampNow();
    if (tokens && tokens->look(now, forced))
        listener->recheckTokens();
    listener->lookAtCertificate(now, forced);
}

void Gateway::Private::watchFiles()
{
    listener->loop().after(filesInterval, [this] {
        lookAtFiles(false);
        watchFiles();
    });
}

void Gateway::Private::watchSuppressed()
{
    listener->loop().after(suppressedInterval, [this] {
        logbook.tellSuppressed();
        watchSuppressed();
    });
}

void Gateway::Private::watchFollowed()
{
    listener->loop().after(followedInterval, [this] {
        writer->readFollowed([this](const Expected<QHash<QString, qint64>> &followed) {
            // Behind the answers to those who had come by then.
            hub->inOrder([this, rooms = followed.value_or(QHash<QString, qint64>())]() mutable {
                rooms.removeIf([this](QHash<QString, qint64>::iterator it) {
                    return hub->isAnybodyIn(it.key());
                });
                writer->leave(rooms);
            });
        });
        watchFollowed();
    });
}

void Gateway::Private::watchPresence()
{
    if (configuration.presenceRooms.isEmpty())
        return;
    listener->loop().after(presenceInterval, [this] {
        if (!isExchangingPresence) {
            isExchangingPresence = true;
            writer->exchangePresence(
                presence->takeHere(), [this](const Expected<QList<PresenceData>> &told) {
                    listener->loop().post([this, told] {
                        isExchangingPresence = false;
                        if (told)
                            presence->setElsewhere(*told);
                    });
                });
        }
        watchPresence();
    });
}

void Gateway::Private::followMaster()
{
    writer->connectAnew();
    feed->connectAnew();
}

QUrl Gateway::Private::url(const QString &scheme) const
{
    QUrl url;
    url.setScheme(scheme + (listener->isTls() ? QStringLiteral("s") : QString()));
    url.setHost(listener->reachableHost());
    url.setPort(listener->port());
    return url;
}

void Gateway::Private::tellOfStart()
{
    logbook.write(LogLevel::Info, "gateway.starting",
        {{"version", QCoreApplication::applicationVersion()},
            {"address", configuration.listenAddress}, {"port", configuration.port},
            {"data_directory", configuration.dataDirectory}, {"redis", configuration.redisUrl},
            {"tokens", tokens ? "on" : "off"},
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
    if (const auto usable = checkRedis(configuration); !usable)
        return tl::unexpected<Error>(usable.error());
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
    auto writer = LogWriter::start([configuration] { return openLog(configuration); },
        [hub = d->hub.get()](QList<LogEvent> events) { hub->publish(std::move(events)); },
        [d = d.get()] {
            // In order: nobody is told of the new history who is given it as the old one.
            d->hub->inOrder([d] { d->listener->restartSessions(); });
        },
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
    d->watchFiles();
    d->watchSources();
    d->watchSuppressed();
    const bool isShared = !configuration.redisUrl.isEmpty();
    if (isShared) {
        d->watchFollowed();
        d->watchPresence();
    }
    d->listener->serve(*d->services);
    if (isShared) {
        d->feed = std::make_unique<RedisFeed>(
            placeOf(configuration), [writer = d->writer.get()] { writer->follow(); });
        const auto login = loginOf(placeOf(configuration));
        if (login && login->address.hasSentinels()) {
            d->masterWatch
                = std::make_unique<RedisMasterWatch>(*login, [d = d.get()] { d->followMaster(); });
        }
    }
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
    if (const auto redis = checkRedis(configuration); !redis)
        return redis;
    if (const auto usable = Listener::check(*address, configuration); !usable)
        return usable;
    // It would serve all the same, until somebody has seen to it.
    return checkExpiry(configuration, timestampNow());
}

Gateway::~Gateway()
{
    using std::chrono::duration_cast;
    const auto began = std::chrono::steady_clock::now();
    d->reader.reset();
    d->masterWatch.reset();
    d->feed.reset();
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
        [reports = std::move(reports), now = timestampNow(),
            &routes = d->configuration.routes]() -> Expected<LogWriter::Post> {
            LogWriter::Post post;
            post.reports.reserve(reports.size());
            for (const IncidentReport &report : reports) {
                auto taken = asPosted(report, now, routes);
                if (!taken)
                    return tl::unexpected<Error>(taken.error());
                post.reports.append(*std::move(taken));
            }
            return post;
        },
        std::move(done));
    return future;
}

QFuture<void> Gateway::reload()
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    d->listener->loop().post([this, promise] {
        d->lookAtFiles(true);
        promise->finish();
    });
    return promise->future();
}

Gateway::Turns Gateway::turns()
{
    d->listener->loop().post([this] { ++d->socketTurns; });
    return {.sockets = d->socketTurns, .log = d->writer->turns()};
}

QFuture<Expected<int>> Gateway::forgetSource(const QString &source)
{
    auto [future, done] = promised<int>();
    d->writer->removeSource(source, std::move(done));
    return future;
}

} // namespace tocsin
