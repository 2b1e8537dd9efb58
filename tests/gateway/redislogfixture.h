// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"
#include "logwrites.h"
#include "redisserver.h"

namespace tocsin::test {

inline LogBatch created(int number)
{
    return write(incident(u"i%1"_s.arg(number), u"f%1"_s.arg(number)));
}

/// A test of the log in a Redis, each function with a Redis of its own.
class RedisLogFixture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!event=redis.renewed).*"_s));
        m_redis = std::make_unique<RedisServer>();
        QVERIFY(m_redis->start());
    }

protected:
    static constexpr int patience = 10'000;

    std::unique_ptr<RedisIncidentLog> open(const QString &url = {})
    {
        auto log = RedisIncidentLog::open(
            {.url = url.isEmpty() ? m_redis->url() : url, .historyLength = 1000});
        return log ? std::move(*log) : nullptr;
    }
    bool restart(const QStringList &options = {})
    {
        m_redis->kill();
        return m_redis->start(options);
    }
    quint16 port() const { return quint16(QUrl(m_redis->url()).port()); }

    std::unique_ptr<RedisServer> m_redis;
};

} // namespace tocsin::test
