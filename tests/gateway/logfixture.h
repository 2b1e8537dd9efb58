// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"
#include "gateway/sqliteincidentlog.h"
#include "redisserver.h"

namespace tocsin::test {

/// A test that every kind of log has to pass; each function with an empty one.
class LogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("isRedis");
        QTest::newRow("SQLite") << false;
        QTest::newRow("Redis") << true;
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
        if (!isRedis())
            return;
        if (!m_redis) {
            m_redis = std::make_unique<RedisServer>();
            QVERIFY(m_redis->start());
        }
        QCOMPARE(m_redis->command({u"FLUSHALL"_s}), "OK");
    }

protected:
    static bool isRedis()
    {
        QFETCH_GLOBAL(const bool, isRedis);
        return isRedis;
    }
    std::unique_ptr<IncidentLog> open(qint64 historyLength = 1000)
    {
        const auto asLog = [](auto opened) -> std::unique_ptr<IncidentLog> {
            if (!opened)
                qWarning() << opened.error().message;
            return opened ? std::move(*opened) : nullptr;
        };
        if (isRedis()) {
            return asLog(
                RedisIncidentLog::open({.url = m_redis->url(), .historyLength = historyLength}));
        }
        return asLog(
            SqliteIncidentLog::open(m_directory->filePath(u"log.sqlite"_s), historyLength));
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
};

} // namespace tocsin::test
