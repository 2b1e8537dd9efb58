// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisincidentlog.h"
#include "logwrites.h"
#include "redisserver.h"

#include <QRegularExpression>

using namespace tocsin;
using namespace tocsin::test;

/// How a log in Redis is found: by Sentinels that ask who one is, and by addresses of IPv6.
class RedisSentinelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void logsInAtBoth();
    void saysWhoRefused_data();
    void saysWhoRefused();
    void goesOnWithANewPassword();
    void takesAddressesOfIpv6();

private:
    QString file(const QString &name, const QByteArray &text) const
    {
        QFile file(m_directory->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("%s", qPrintable(file.errorString()));
        return file.fileName();
    }
    /// Redis and Sentinel, each with a password of its own.
    bool startWithPasswords()
    {
        m_redis = std::make_unique<RedisServer>();
        m_redis->setPassword(u"secret-of-redis"_s);
        m_sentinel = std::make_unique<RedisServer>();
        m_sentinel->setPassword(u"secret-of-sentinel"_s);
        return m_redis->start({u"--requirepass"_s, u"secret-of-redis"_s})
            && m_sentinel->startAsSentinel({u"requirepass secret-of-sentinel"_s,
                u"user watcher on >secret-of-watcher ~* &* +@all"_s,
                u"sentinel monitor alerts 127.0.0.1 %1 1"_s.arg(m_redis->port()),
                u"sentinel auth-pass alerts secret-of-redis"_s});
    }
    RedisLogPlace place() const
    {
        return {.url = u"redis-sentinel://%1/alerts/0"_s.arg(m_sentinel->address()),
            .passwordFile = file(u"redis"_s, "secret-of-redis\n"),
            .sentinelPasswordFile = file(u"sentinel"_s, "secret-of-sentinel\n")};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<RedisServer> m_sentinel;
};

void RedisSentinelsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!event=redis.renewed).*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void RedisSentinelsTest::logsInAtBoth()
{
    QVERIFY(startWithPasswords());
    const auto log = RedisIncidentLog::open(place());
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    QVERIFY((*log)->append(write(incident(u"i"_s, u"f"_s))));
    QVERIFY(m_redis->command({u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s}).toInt() > 0);
    QCOMPARE((*log)->extent(u"r"_s)->head, 1);
    // As somebody with a name.
    RedisLogPlace named = place();
    named.sentinelUser = u"watcher"_s;
    named.sentinelPasswordFile = file(u"watcher"_s, "secret-of-watcher");
    const auto again = RedisIncidentLog::open(named);
    QVERIFY2(again, qPrintable(again ? QString() : again.error().message));
}

void RedisSentinelsTest::saysWhoRefused_data()
{
    QTest::addColumn<QByteArray>("ofRedis");
    QTest::addColumn<QByteArray>("ofSentinel");
    QTest::addColumn<QString>("why");
    QTest::newRow("no password for the Sentinel")
        << QByteArray("secret-of-redis") << QByteArray() << u"it refused: NOAUTH"_s;
    QTest::newRow("a wrong one for the Sentinel")
        << QByteArray("secret-of-redis") << QByteArray("secret-of-redis")
        << u"it refused: WRONGPASS"_s;
    QTest::newRow("no password for Redis")
        << QByteArray() << QByteArray("secret-of-sentinel") << u", refused: NOAUTH"_s;
    QTest::newRow("a wrong one for Redis")
        << QByteArray("secret-of-sentinel") << QByteArray("secret-of-sentinel")
        << u", refused: WRONGPASS"_s;
}

void RedisSentinelsTest::saysWhoRefused()
{
    QFETCH(const QByteArray, ofRedis);
    QFETCH(const QByteArray, ofSentinel);
    QFETCH(const QString, why);
    QVERIFY(startWithPasswords());
    RedisLogPlace other = place();
    other.passwordFile = ofRedis.isEmpty() ? QString() : file(u"redis"_s, ofRedis);
    other.sentinelPasswordFile = ofSentinel.isEmpty() ? QString() : file(u"sentinel"_s, ofSentinel);
    const auto log = RedisIncidentLog::open(other);
    QVERIFY(!log);
    QCOMPARE(log.error().code, ErrorCode::StorageFailed);
    QVERIFY2(log.error().message.contains(why), qPrintable(log.error().message));
    QVERIFY2(!log.error().message.contains(u"secret-of"_s), qPrintable(log.error().message));
}

void RedisSentinelsTest::goesOnWithANewPassword()
{
    QVERIFY(startWithPasswords());
    const auto log = RedisIncidentLog::open(place());
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    QCOMPARE(m_sentinel->command(
                 {u"SENTINEL"_s, u"SET"_s, u"alerts"_s, u"auth-pass"_s, u"newer-secret"_s}),
        "OK");
    QCOMPARE(m_redis->command({u"CONFIG"_s, u"SET"_s, u"requirepass"_s, u"newer-secret"_s}), "OK");
    m_redis->setPassword(u"newer-secret"_s);
    file(u"redis"_s, "newer-secret\n");
    QVERIFY(m_redis->command({u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s}).toInt() > 0);
    const auto extent = (*log)->extent(u"r"_s);
    QVERIFY2(extent, qPrintable(extent ? QString() : extent.error().message));
}

void RedisSentinelsTest::takesAddressesOfIpv6()
{
    if (QTcpServer probe; !probe.listen(QHostAddress::LocalHostIPv6))
        QSKIP("This machine has no IPv6.");
    m_redis = std::make_unique<RedisServer>(u"::1"_s);
    QVERIFY(m_redis->start());
    QCOMPARE(m_redis->url(), u"redis://[::1]:%1/0"_s.arg(m_redis->port()));
    {
        const auto log = RedisIncidentLog::open({.url = m_redis->url()});
        QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
        QVERIFY((*log)->append(write(incident(u"i"_s, u"f"_s))));
    }
    m_sentinel = std::make_unique<RedisServer>(u"::1"_s);
    QVERIFY(
        m_sentinel->startAsSentinel({u"sentinel monitor alerts ::1 %1 1"_s.arg(m_redis->port())}));
    const QString url = u"redis-sentinel://%1/alerts/0"_s.arg(m_sentinel->address());
    const auto log = RedisIncidentLog::open({.url = url});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    QCOMPARE((*log)->extent(u"r"_s)->head, 1);
    m_redis->kill();
    const auto lost = RedisIncidentLog::open({.url = url});
    QVERIFY(!lost);
    QVERIFY2(lost.error().message.contains(u"%1, at %2,"_s.arg(url, m_redis->address())),
        qPrintable(lost.error().message));
}

QTEST_GUILESS_MAIN(RedisSentinelsTest)
#include "tst_redissentinels.moc"
