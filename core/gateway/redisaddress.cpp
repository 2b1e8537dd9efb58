// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisaddress_p.h"

#include <QStringList>
#include <QUrl>

namespace tocsin {

namespace {

constexpr int highestDatabase = 1'000'000;
constexpr quint16 redisPort = 6379;
constexpr quint16 sentinelPort = 26379;
constexpr qsizetype mostSentinels = 32;
constexpr QLatin1StringView plainSentinels{"redis-sentinel://"};
constexpr QLatin1StringView sentinelsOverTls{"rediss-sentinel://"};

tl::unexpected<Error> unusable(const QString &message)
{
    return makeError(ErrorCode::BadConfiguration, message);
}

tl::unexpected<Error> malformed()
{
    return unusable(
        QStringLiteral("The address of Redis must be redis://HOST:PORT/DATABASE, as"
                       " redis://127.0.0.1:6379/0, or"
                       " redis-sentinel://HOST:PORT,HOST:PORT,HOST:PORT/MASTER/DATABASE; over TLS"
                       " rediss: and rediss-sentinel:."));
}

tl::unexpected<Error> holdsSecret()
{
    return unusable(
        QStringLiteral("The address of Redis must not hold a user or a password: give redis.user"
                       " and redis.password_file in the configuration."));
}

std::optional<RedisHost> hostIn(const QUrl &url, quint16 defaultPort)
{
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return std::nullopt;
    return RedisHost{url.host(QUrl::FullyDecoded), quint16(url.port(defaultPort))};
}

std::optional<int> databaseIn(const QString &text)
{
    bool isNumber = false;
    const int database = text.toInt(&isNumber);
    if (!isNumber || database < 0 || database > highestDatabase)
        return std::nullopt;
    return database;
}

// What stands behind the scheme.
Expected<RedisAddress> parseSentinels(const QString &rest)
{
    if (rest.contains(u'@'))
        return holdsSecret();
    if (rest.contains(u'?') || rest.contains(u'#'))
        return malformed();
    const QStringList parts = rest.split(u'/');
    const QStringList hosts = parts.constFirst().split(u',');
    if (parts.size() < 2 || parts.size() > 3 || parts[1].isEmpty() || hosts.size() > mostSentinels)
        return malformed();
    RedisAddress address{.masterName = parts[1]};
    for (const QString &host : hosts) {
        const QUrl url(QStringLiteral("redis://") + host, QUrl::StrictMode);
        const auto sentinel = hostIn(url, sentinelPort);
        if (!sentinel)
            return malformed();
        address.sentinels.append(*sentinel);
    }
    const QString database = parts.value(2);
    if (database.isEmpty())
        return address;
    const auto number = databaseIn(database);
    if (!number)
        return malformed();
    address.database = *number;
    return address;
}

} // namespace

QString RedisHost::toString() const
{
    return (name.contains(u':') ? u'[' + name + u']' : name) + u':' + QString::number(port);
}

Expected<RedisAddress> RedisAddress::parse(const QString &text)
{
    if (text.startsWith(plainSentinels))
        return parseSentinels(text.sliced(plainSentinels.size()));
    if (text.startsWith(sentinelsOverTls)) {
        return parseSentinels(text.sliced(sentinelsOverTls.size())).map([](RedisAddress address) {
            address.isOverTls = true;
            return address;
        });
    }
    const QUrl url(text, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return holdsSecret();
    const auto host = hostIn(url, redisPort);
    const bool isOverTls = url.scheme() == u"rediss";
    const bool isKnown = isOverTls || url.scheme() == u"redis";
    if (!host || !isKnown || url.hasQuery() || url.hasFragment())
        return malformed();
    RedisAddress address{.host = *host, .isOverTls = isOverTls};
    const QString path = url.path();
    if (path.isEmpty() || path == u"/")
        return address;
    const auto database = databaseIn(path.sliced(1));
    if (!database)
        return malformed();
    address.database = *database;
    return address;
}

QString RedisAddress::toString() const
{
    if (!hasSentinels()) {
        return QStringLiteral("%1://%2/%3")
            .arg(isOverTls ? QStringLiteral("rediss") : QStringLiteral("redis"), host.toString())
            .arg(database);
    }
    QStringList hosts;
    for (const RedisHost &sentinel : sentinels)
        hosts.append(sentinel.toString());
    return (isOverTls ? sentinelsOverTls : plainSentinels) + hosts.join(u',') + u'/' + masterName
        + u'/' + QString::number(database);
}

} // namespace tocsin
