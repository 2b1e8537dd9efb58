// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "../authority.h"
#include "gateway/gateway.h"
#include "gateway/redisincidentlog.h"
#include "gateway/sqliteincidentlog.h"
#include "logwrites.h"
#include "redisserver.h"

#include <QDir>
#include <QRegularExpression>

#include <tuple>

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr int patience = 10'000;

QString copyOf(const QString &fileName, const QString &copy)
{
    QFile::remove(copy);
    QFile::copy(fileName, copy);
    return copy;
}

} // namespace

/// A log in a Redis that is reached over TLS.
class RedisTlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsALogThere_data();
    void keepsALogThere();
    void refusesWhoIsNotRedis_data();
    void refusesWhoIsNotRedis();
    void trustsWhomTheSystemTrusts();
    void saysWhereTlsIsMissing();
    void showsItsCertificate();
    void takesRenewedCertificates();
    void asksSentinelsOverTls();
    void refusesFilesThatCannotBeUsed_data();
    void refusesFilesThatCannotBeUsed();
    void movesALogThere();

private:
    QString url(const QString &host = u"localhost"_s) const
    {
        return u"rediss://%1:%2/0"_s.arg(host).arg(m_redis->port());
    }
    QString ca() const { return m_authority->path() + u"/ca.pem"_s; }
    /// What opening says, which must fail.
    QString failure(const RedisLogPlace &place) const
    {
        const auto log = RedisIncidentLog::open(place);
        return log ? u"it was opened"_s : log.error().message;
    }

    std::unique_ptr<Authority> m_authority;
    std::unique_ptr<RedisServer> m_redis;
};

void RedisTlsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!event=redis.renewed).*"_s));
    m_authority = std::make_unique<Authority>(u"Authority of the test"_s);
    m_redis = std::make_unique<RedisServer>();
}

void RedisTlsTest::keepsALogThere_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("by its name") << u"localhost"_s;
    QTest::newRow("by its address") << u"127.0.0.1"_s;
}

void RedisTlsTest::keepsALogThere()
{
    QFETCH(const QString, host);
    std::ignore = m_authority->issue(u"DNS:localhost,IP:127.0.0.1"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const auto log = RedisIncidentLog::open({.url = url(host), .tls = {.authorities = ca()}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    // Of many records of TLS, in both directions.
    LogBatch batch;
    const QString text(2000, u'x');
    for (int i = 0; i < 300; ++i) {
        auto stored = incident(u"i%1"_s.arg(i), u"f%1"_s.arg(i));
        stored.incident.title = text;
        batch.incidents.append({stored, 0});
        batch.events.append(test::event(stored));
    }
    QCOMPARE((*log)->append(batch)->size(), 300);
    QCOMPARE((*log)->readSince(u"r"_s, 0)->size(), 300);
    QCOMPARE((*log)->state(u"r"_s)->incidents.size(), 300);
    // A connection that breaks is made anew, in TLS as well.
    QVERIFY(m_redis->command({u"CLIENT"_s, u"KILL"_s, u"TYPE"_s, u"normal"_s}).toInt() > 0);
    QCOMPARE((*log)->extent(u"r"_s)->head, 300);
}

void RedisTlsTest::refusesWhoIsNotRedis_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("from"); // days from now
    QTest::addColumn<int>("until");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<QString>("why");
    const QString here = u"DNS:localhost,IP:127.0.0.1"_s;
    const auto day = [](int days) {
        return QDateTime::currentDateTimeUtc().addDays(days).date().toString(Qt::ISODate);
    };
    QTest::newRow("of another CA")
        << here << -1 << 1 << false
        << u"its certificate is issued by \"Authority of the test\", which is not trusted here"_s;
    QTest::newRow("of another host")
        << u"DNS:other.example"_s << -1 << 1 << true << u"its certificate is not for localhost"_s;
    QTest::newRow("of part of the name")
        << u"DNS:l*t"_s << -1 << 1 << true << u"its certificate is not for localhost"_s;
    QTest::newRow("expired") << here << -9 << -2 << true
                             << u"its certificate expired on "_s + day(-2);
    QTest::newRow("of tomorrow") << here << 2 << 9 << true
                                 << u"its certificate is valid only from "_s + day(2);
}

void RedisTlsTest::refusesWhoIsNotRedis()
{
    QFETCH(const QString, names);
    QFETCH(const int, from);
    QFETCH(const int, until);
    QFETCH(const bool, isKnown);
    QFETCH(const QString, why);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::ignore = m_authority->issue(names, now.addDays(from), now.addDays(until));
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const Authority other(u"Another authority"_s);
    const QString file = m_redis->filePath(u"password"_s);
    QFile password(file);
    QVERIFY(password.open(QIODevice::WriteOnly));
    password.write("secret-of-redis");
    password.close();
    const QString said = failure({.url = url(),
        .passwordFile = file,
        .tls = {.authorities = isKnown ? ca() : other.path() + u"/ca.pem"_s}});
    QVERIFY2(
        said.startsWith(u"Redis at %1 cannot be reached: %2"_s.arg(url(), why)), qPrintable(said));
    QVERIFY2(!said.contains(u"secret-of-redis"_s), qPrintable(said));
}

void RedisTlsTest::trustsWhomTheSystemTrusts()
{
    std::ignore = m_authority->issue(u"DNS:localhost"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const QString said = failure({.url = url()});
    QVERIFY2(said.contains(u"which is not trusted here"_s), qPrintable(said));
    // Where OpenSSL is told that the system's are.
    qputenv("SSL_CERT_FILE", ca().toLocal8Bit());
    const auto log = RedisIncidentLog::open({.url = url()});
    qunsetenv("SSL_CERT_FILE");
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
}

void RedisTlsTest::saysWhereTlsIsMissing()
{
    std::ignore = m_authority->issue(u"DNS:localhost,IP:127.0.0.1"_s);
    QVERIFY(m_redis->start());
    QString said = failure({.url = url(), .tls = {.authorities = ca()}});
    QVERIFY2(
        said.contains(u"is that the port of a Redis without it (redis:)?"_s), qPrintable(said));
    m_redis->kill();
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    said = failure({.url = m_redis->url()});
    QVERIFY2(said.contains(u"does it want TLS there (rediss:)?"_s), qPrintable(said));
    // Who names a CA is not sent there in plain text.
    said = failure({.url = m_redis->url(), .tls = {.authorities = ca()}});
    QVERIFY2(said.contains(u"write rediss:"_s), qPrintable(said));
}

void RedisTlsTest::showsItsCertificate()
{
    std::ignore = m_authority->issue(u"DNS:localhost,IP:127.0.0.1"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path(), {u"--tls-auth-clients"_s, u"yes"_s}));
    const QString certificate = m_authority->path() + u"/it.pem"_s;
    const QString key = m_authority->path() + u"/it.key"_s;
    const QString wanted = u"a certificate that it knows (redis.tls_certificate)"_s;
    QString said = failure({.url = url(), .tls = {.authorities = ca()}});
    QVERIFY2(said.contains(wanted), qPrintable(said));
    const auto log = RedisIncidentLog::open(
        {.url = url(), .tls = {.authorities = ca(), .certificate = certificate, .key = key}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    const Authority other(u"Another authority"_s);
    std::ignore = other.issueSelfSigned();
    said = failure({.url = url(),
        .tls = {.authorities = ca(),
            .certificate = other.path() + u"/it.pem"_s,
            .key = other.path() + u"/it.key"_s}});
    QVERIFY2(said.contains(wanted), qPrintable(said));
}

void RedisTlsTest::takesRenewedCertificates()
{
    std::ignore = m_authority->issue(u"DNS:localhost"_s);
    const QString known = copyOf(ca(), m_redis->filePath(u"known.pem"_s));
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const auto log = RedisIncidentLog::open({.url = url(), .tls = {.authorities = known}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    m_redis->kill();
    const Authority next(u"The next authority"_s);
    std::ignore = next.issue(u"DNS:localhost"_s);
    QVERIFY(m_redis->startOverTls(next.path()));
    const auto refused = (*log)->extent(u"r"_s);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"which is not trusted here"_s),
        qPrintable(refused.error().message));
    copyOf(next.path() + u"/ca.pem"_s, known);
    QTRY_VERIFY_WITH_TIMEOUT((*log)->extent(u"r"_s), patience);
}

void RedisTlsTest::asksSentinelsOverTls()
{
    std::ignore = m_authority->issue(u"DNS:localhost"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    RedisServer sentinel;
    const QString certificate = u"its certificate is not for 127.0.0.1"_s;
    const auto sentinelUrl = [&](const QString &host) {
        return u"rediss-sentinel://%1:%2/alerts/0"_s.arg(host).arg(sentinel.port());
    };
    QVERIFY(sentinel.startAsSentinel(
        {u"sentinel resolve-hostnames yes"_s, u"sentinel announce-hostnames yes"_s,
            u"sentinel monitor alerts localhost %1 1"_s.arg(m_redis->port())},
        m_authority->path()));
    const auto log = RedisIncidentLog::open(
        {.url = sentinelUrl(u"localhost"_s), .tls = {.authorities = ca()}});
    QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
    QString said = failure({.url = sentinelUrl(u"127.0.0.1"_s), .tls = {.authorities = ca()}});
    QVERIFY2(said.contains(certificate), qPrintable(said));
    QVERIFY2(said.contains(u"Which Redis is the master"_s), qPrintable(said));
    // The master must be who the Sentinels say, as well.
    sentinel.kill();
    QVERIFY(sentinel.startAsSentinel(
        {u"sentinel monitor alerts 127.0.0.1 %1 1"_s.arg(m_redis->port())}, m_authority->path()));
    said = failure({.url = sentinelUrl(u"localhost"_s), .tls = {.authorities = ca()}});
    QVERIFY2(said.contains(certificate), qPrintable(said));
    QVERIFY2(said.contains(u"at 127.0.0.1:%1, cannot be reached"_s.arg(m_redis->port())),
        qPrintable(said));
}

void RedisTlsTest::refusesFilesThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("authorities");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("why");
    QTest::newRow("no CA") << u"none.pem"_s << QString() << QString()
                           << u"none.pem cannot be used: "_s;
    QTest::newRow("CA that is none")
        << u"index.txt"_s << QString() << QString() << u"index.txt cannot be used: "_s;
    QTest::newRow("no certificate")
        << QString() << u"none.pem"_s << u"it.key"_s << u"none.pem cannot be used: "_s;
    QTest::newRow("no key") << QString() << u"it.pem"_s << u"none.key"_s
                            << u"none.key cannot be used: "_s;
    QTest::newRow("another key") << QString() << u"it.pem"_s << u"ca.key"_s
                                 << u"ca.key cannot be used: "_s;
    QTest::newRow("a certificate alone")
        << QString() << u"it.pem"_s << QString() << u"needs its key"_s;
}

void RedisTlsTest::refusesFilesThatCannotBeUsed()
{
    QFETCH(const QString, authorities);
    QFETCH(const QString, certificate);
    QFETCH(const QString, key);
    QFETCH(const QString, why);
    std::ignore = m_authority->issue(u"DNS:localhost"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const auto path = [this](const QString &name) {
        return name.isEmpty() ? QString() : m_authority->path() + u'/' + name;
    };
    const QString said = failure({.url = url(),
        .tls
        = {.authorities = path(authorities), .certificate = path(certificate), .key = path(key)}});
    QVERIFY2(said.contains(why), qPrintable(said));
    // Before the gateway is started, too.
    GatewayConfiguration configuration;
    configuration.redisUrl = url();
    configuration.redisTlsCa = path(authorities);
    configuration.redisTlsCertificate = path(certificate);
    configuration.redisTlsKey = path(key);
    const auto checked = Gateway::check(configuration);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(checked.error().message.contains(why), qPrintable(checked.error().message));
}

void RedisTlsTest::movesALogThere()
{
    std::ignore = m_authority->issue(u"DNS:localhost"_s);
    QVERIFY(m_redis->startOverTls(m_authority->path()));
    const QString data = m_redis->filePath(u"data"_s);
    QVERIFY(QDir().mkpath(data));
    {
        const auto log = SqliteIncidentLog::open(data + u"/incidents.sqlite"_s, 1000);
        QVERIFY(log);
        QVERIFY((*log)->append(write(incident(u"i"_s, u"f"_s))));
    }
    const auto migrate = [&](const QStringList &options) {
        QProcess program;
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
            QStringList{u"migrate"_s, u"--from"_s, u"sqlite:"_s + data, u"--to"_s, url()}
                + options);
        program.waitForFinished();
        return std::pair(program.exitCode(), QString::fromUtf8(program.readAll()));
    };
    auto [status, said] = migrate({});
    QCOMPARE(status, 1);
    QVERIFY2(said.contains(u"which is not trusted here"_s), qPrintable(said));
    std::tie(status, said) = migrate({u"--redis-tls-ca"_s, ca()});
    QVERIFY2(status == 0, qPrintable(said));
    const auto log = RedisIncidentLog::open({.url = url(), .tls = {.authorities = ca()}});
    QCOMPARE((*log)->extent(u"r"_s)->head, 1);
}

QTEST_GUILESS_MAIN(RedisTlsTest)
#include "tst_redistls.moc"
