// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisaddress_p.h"

#include <QUrl>

namespace tocsin {

namespace {

constexpr int highestDatabase = 1'000'000;

tl::unexpected<Error> unusable(const QString &message)
{
    return makeError(ErrorCode::BadConfiguration, message);
}

} // namespace

Expected<RedisAddress> RedisAddress::parse(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == u"rediss") {
        return unusable(
            QStringLiteral("Redis cannot be reached over TLS (rediss:) yet: use redis:, over a"
                           " network or a tunnel that nobody else can read."));
    }
    if (!url.userInfo().isEmpty()) {
        return unusable(
            QStringLiteral("The address of Redis must not hold a user or a password: give"
                           " redis.user and redis.password_file in the configuration."));
    }
    const auto malformed = [] {
        return unusable(QStringLiteral("The address of Redis must be redis://HOST:PORT/DATABASE, "
                                       "as redis://127.0.0.1:6379/0."));
    };
    if (!url.isValid() || url.scheme() != u"redis" || url.host().isEmpty() || url.hasQuery()
        || url.hasFragment() || url.port() == 0)
        return malformed();
    RedisAddress address{.host = url.host(QUrl::FullyDecoded)};
    address.port = quint16(url.port(address.port));
    const QString path = url.path();
    if (!path.isEmpty() && path != u"/") {
        bool isNumber = false;
        address.database = path.sliced(1).toInt(&isNumber);
        if (!isNumber || address.database < 0 || address.database > highestDatabase)
            return malformed();
    }
    return address;
}

QString RedisAddress::toString() const
{
    QUrl url;
    url.setScheme(QStringLiteral("redis"));
    url.setHost(host);
    url.setPort(port);
    url.setPath(u'/' + QString::number(database));
    return url.toString();
}

} // namespace tocsin
