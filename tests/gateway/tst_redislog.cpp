// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "redislogfixture.h"

#include <QFile>

#include <thread>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

// Told whenever another history is begun or found.
const QRegularExpression renewed(u"event=redis.renewed"_s);

/// Drops the answer to the first request that holds `word`, and the connection with it; before
/// that, and after, it passes on what it is given. In a thread of its own.
class AnswerThief
{
public:
    AnswerThief(quint16 server, QByteArray word)
        : m_word(std::move(word))
        , m_thread([this, server] { run(server); })
    {
        while (m_port == 0)
            std::this_thread::yield();
    }
    ~AnswerThief()
    {
        m_isEnding = true;
        m_thread.join();
    }
    QString url() const { return u"redis://127.0.0.1:%1"_s.arg(m_port.load()); }
    int stolen() const { return m_stolen; }

private:
    void run(quint16 server)
    {
        QTcpServer listener;
        listener.listen(QHostAddress::LocalHost);
        m_port = listener.serverPort();
        while (!m_isEnding) {
            if (!listener.waitForNewConnection(20))
                continue;
            const std::unique_ptr<QTcpSocket> client(listener.nextPendingConnection());
            QTcpSocket redis;
            redis.connectToHost(QHostAddress::LocalHost, server);
            redis.waitForConnected();
            pass(*client, redis);
        }
    }
    void pass(QTcpSocket &client, QTcpSocket &redis)
    {
        bool isStealing = false;
        while (!m_isEnding && client.state() == QAbstractSocket::ConnectedState) {
            client.waitForReadyRead(1);
            const QByteArray request = client.readAll();
            isStealing = isStealing || (m_stolen == 0 && request.contains(m_word));
            redis.write(request);
            redis.waitForReadyRead(1);
            const QByteArray answer = redis.readAll();
            if (isStealing && !answer.isEmpty()) {
                ++m_stolen;
                client.abort();
                return;
            }
            client.write(answer);
            client.flush();
        }
    }

    const QByteArray m_word;
    std::atomic<quint16> m_port = 0;
    std::atomic<int> m_stolen = 0;
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread;
};

} // namespace

/// The log in a Redis: what others write to it, and what may become of it. What all logs promise is
/// in tst_incidentlog.cpp.
class RedisLogTest : public RedisLogFixture
{
    Q_OBJECT
private Q_SLOTS:
    void outlivesAKilledRedis();
    void writesNothingTwiceWhenAnAnswerIsLost();
    void failsAtOnceWhileRedisIsAway();
    void givesUpOnARedisThatHangs();
    void letsTwoWriteAtOnce();
    void refusesWhatRestsOnAnOldReading();
    void refusesARemarkThatAnotherWrote();
    void tellsWhatOthersWrote();
    void tellsOfWhatCannotBeReadAnyMore();
    void deletesNothingForAClockThatIsAhead();
    void makesRoomInAFullRedis();
    void refusesARedisThatCannotHoldALog_data();
    void refusesARedisThatCannotHoldALog();
    void logsInWithAFile();
    void refusesAddresses_data();
    void refusesAddresses();
};

void RedisLogTest::outlivesAKilledRedis()
{
    // With everysec, Redis puts off writing while the disk is busy, by two seconds at most.
    QVERIFY(restart(keepsAll));
    const auto log = open();
    QVERIFY(log);
    const QString epoch = log->epoch();
    for (int i = 1; i <= 30; ++i) {
        const auto written = log->append(created(i));
        QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
        QCOMPARE(written->first().sequence, i);
        if (i % 10 == 0)
            QVERIFY(restart(keepsAll));
    }
    QCOMPARE(log->readSince(u"r"_s, 0)->size(), 30);
    QCOMPARE(log->state(u"r"_s)->incidents.size(), 30);
    QCOMPARE(log->epoch(), epoch);
}

void RedisLogTest::writesNothingTwiceWhenAnAnswerIsLost()
{
    // In the request of the second incident, and not in any before it.
    const AnswerThief thief(port(), "Title of i2");
    const auto log = open(thief.url());
    QVERIFY(log);
    QVERIFY(log->append(created(1)));
    const auto written = log->append(created(2));
    QCOMPARE(thief.stolen(), 1);
    QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
    QCOMPARE(written->size(), 1);
    QCOMPARE(written->first().sequence, 2);
    QCOMPARE(log->extent(u"r"_s)->head, 2);
    QCOMPARE(log->append(created(3))->first().sequence, 3);
}

void RedisLogTest::failsAtOnceWhileRedisIsAway()
{
    const auto log = open();
    QVERIFY(log);
    m_redis->kill();
    QVERIFY(!log->append(created(1)));
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 100; ++i)
        QVERIFY(!log->find(u"a"_s));
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(log->find(u"a"_s).error().code, ErrorCode::StorageFailed);
    QVERIFY(m_redis->start());
    QTRY_VERIFY_WITH_TIMEOUT(log->find(u"a"_s).has_value(), patience);
    QVERIFY(log->append(created(1)));
}

void RedisLogTest::givesUpOnARedisThatHangs()
{
    const auto log = open();
    QVERIFY(log);
    m_redis->stop();
    const auto refused = log->append(created(1));
    m_redis->goOn();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::StorageFailed);
    // It took the request, though: whoever asks again is answered by what is there.
    QTRY_VERIFY_WITH_TIMEOUT(log->find(u"i2"_s).has_value(), patience);
    QVERIFY(log->extent(u"r"_s)->head <= 1);
}

void RedisLogTest::letsTwoWriteAtOnce()
{
    const auto write50 = [this](const QString &name, QList<qint64> *sequences) {
        const auto log = open();
        for (int i = 0; i < 50; ++i) {
            const QString uuid = name + QString::number(i);
            const auto written = log->append(write(incident(uuid, uuid)));
            if (written)
                sequences->append(written->first().sequence);
        }
    };
    const auto log = open();
    QList<qint64> first;
    QList<qint64> second;
    std::thread one(write50, u"a"_s, &first);
    std::thread other(write50, u"b"_s, &second);
    one.join();
    other.join();
    QList<qint64> all = first + second;
    std::ranges::sort(all);
    QList<qint64> whole(100);
    std::iota(whole.begin(), whole.end(), 1);
    QCOMPARE(all, whole);
    QCOMPARE(log->readSince(u"r"_s, 0)->size(), 100);
}

void RedisLogTest::refusesWhatRestsOnAnOldReading()
{
    const auto mine = open();
    const auto theirs = open();
    QCOMPARE(*mine->latest(u"s"_s, u"f"_s), std::nullopt);
    // Opened, and over already: what nobody had is not opened once more.
    const auto once = incident(u"a"_s, u"f"_s);
    QVERIFY(theirs->append(write(once)));
    QVERIFY(theirs->append(write(resolved(once))));
    auto refused = mine->append(write(incident(u"b"_s, u"f"_s)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(mine->latest(u"s"_s, u"f"_s)->value().incident.uuid, u"a"_s);
    QVERIFY(mine->append(write(incident(u"b"_s, u"f"_s))));
    // Of two who open one, one does.
    refused = theirs->append(write(incident(u"c"_s, u"f"_s)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    // What is over makes room in the same batch.
    LogBatch batch = write(resolved(incident(u"b"_s, u"f"_s)));
    batch.incidents.append({incident(u"d"_s, u"f"_s), 0});
    QVERIFY(theirs->append(batch));
    QCOMPARE(theirs->latest(u"s"_s, u"f"_s)->value().incident.uuid, u"d"_s);
    QCOMPARE(theirs->openIncidents(u"s"_s)->size(), 1);
}

void RedisLogTest::refusesARemarkThatAnotherWrote()
{
    const auto mine = open();
    const auto theirs = open();
    QVERIFY(mine->append(write(incident(u"b"_s, u"g"_s))));
    const QString id = u"6b0f7b1e-5d0e-4f6e-9d57-0f8b9a1c2d3e"_s;
    // A text that only looks like it is none.
    QVERIFY(mine->append(remark(u"b"_s, u"\"id\":\"%1\""_s.arg(id))));
    LogBatch batch = remark(u"b"_s, u"hm"_s);
    batch.timeline.first().entry.id = id;
    QVERIFY(mine->append(batch));
    const auto refused = theirs->append(batch);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(theirs->timeline(u"b"_s)->entries.size(), 2);
}

void RedisLogTest::tellsWhatOthersWrote()
{
    const auto mine = open();
    const auto theirs = open();
    QVERIFY(theirs->append(created(1)));
    QVERIFY(mine->append(created(2)));
    const auto both = theirs->append(write(incident(u"q"_s, u"q"_s, {u"q"_s, u"r"_s})));
    const auto news = mine->shared()->readNews({{u"r"_s, 1}, {u"other"_s, 0}});
    QVERIFY(news);
    QCOMPARE(news->events.size(), 2);
    QCOMPARE(news->events.first().sequence, 2);
    QCOMPARE(news->events.last().sequence, 3);
    QCOMPARE(news->events.last().frame, both->last().frame);
    QVERIFY(!news->isMore);
    QVERIFY(mine->shared()->readNews({{u"r"_s, 3}})->events.isEmpty());
}

void RedisLogTest::tellsOfWhatCannotBeReadAnyMore()
{
    const auto log = open();
    for (int i = 1; i <= 4; ++i)
        QVERIFY(log->append(at(created(i), i < 3 ? now - 10h : now)));
    QVERIFY(log->prune(limits(now - 5h)));
    auto news = log->readNews({{u"r"_s, 1}});
    QCOMPARE(news->events.size(), 3);
    QCOMPARE(news->events.first().sequence, 2);
    QVERIFY(news->events.first().frame.isEmpty());
    QCOMPARE(news->events.at(1).sequence, 3);
    QVERIFY(log->removeSource(u"s"_s, now));
    news = log->readNews({{u"r"_s, 4}});
    QCOMPARE(news->events.size(), 1);
    QCOMPARE(news->events.first().sequence, 8);
    QVERIFY(news->events.first().frame.isEmpty());
}

void RedisLogTest::deletesNothingForAClockThatIsAhead()
{
    const auto log = open();
    const Timestamp real = timestampNow();
    QVERIFY(log->append(at(created(1), real - 10h)));
    QVERIFY(log->append(at(created(2), real - 1h)));
    const Timestamp wrong = real + 10'000h;
    const PruneLimits limits{.now = wrong,
        .eventsBefore = wrong - 5h,
        .resolvedBefore = wrong - 5h,
        .activityBefore = wrong - 5h,
        .monitorsHeardBefore = wrong - 5h};
    QVERIFY(log->prune(limits));
    // What is old by Redis' own clock.
    QCOMPARE(log->extent(u"r"_s)->oldest, 2);
}

void RedisLogTest::makesRoomInAFullRedis()
{
    const auto log = open();
    QVERIFY(log);
    constexpr int count = 400;
    for (int i = 1; i <= count; ++i) {
        StoredIncident large = incident(u"i%1"_s.arg(i), u"f%1"_s.arg(i));
        large.incident.title = QString(8000, u'x');
        QVERIFY(log->append(at(write(large), now - 10h)));
    }
    // Full by more than a client's buffers come to, and by less than the events.
    const auto used = [this] {
        static const QRegularExpression line(u"used_memory:(\\d+)"_s);
        return line.match(QString::fromLatin1(m_redis->command({u"INFO"_s, u"memory"_s})))
            .captured(1)
            .toLongLong();
    };
    QCOMPARE(m_redis->command(
                 {u"CONFIG"_s, u"SET"_s, u"maxmemory"_s, QString::number(used() - 1'000'000)}),
        "OK");
    const auto refused = log->append(created(count + 1));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"OOM"), qPrintable(refused.error().message));
    const auto pruned = log->prune(limits(now - 5h));
    QVERIFY2(pruned, qPrintable(pruned ? QString() : pruned.error().message));
    QVERIFY(log->append(created(count + 1)));
    QCOMPARE(log->extent(u"r"_s)->oldest, count + 1);
}

void RedisLogTest::refusesARedisThatCannotHoldALog_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("why");
    QTest::newRow("evicts") << QStringList{u"--maxmemory-policy"_s, u"allkeys-lru"_s}
                            << u"set maxmemory-policy to noeviction"_s;
    QTest::newRow("replica") << QStringList{u"--replicaof"_s, u"127.0.0.1 1"_s}
                             << u"is a replica"_s;
    QTest::newRow("cluster") << QStringList{u"--cluster-enabled"_s, u"yes"_s}
                             << u"part of a Redis Cluster"_s;
    QTest::newRow("password") << QStringList{u"--requirepass"_s, u"secret-of-redis"_s}
                              << u"NOAUTH"_s;
}

void RedisLogTest::refusesARedisThatCannotHoldALog()
{
    QFETCH(const QStringList, options);
    QFETCH(const QString, why);
    m_redis->kill();
    m_redis->start(options);
    QTRY_VERIFY_WITH_TIMEOUT(!m_redis->command({u"PING"_s}).isEmpty(), patience);
    const auto log = RedisIncidentLog::open({.url = m_redis->url()});
    QVERIFY(!log);
    QCOMPARE(log.error().code, ErrorCode::StorageFailed);
    QVERIFY2(log.error().message.contains(why), qPrintable(log.error().message));
    QVERIFY(!log.error().message.contains(u"secret-of-redis"_s));
}

void RedisLogTest::logsInWithAFile()
{
    QCOMPARE(m_redis->command({u"ACL"_s, u"SETUSER"_s, u"tocsin"_s, u"on"_s, u">secret-of-redis"_s,
                 u"~{tocsin}:*"_s, u"+@all"_s}),
        "OK");
    const QString fileName = m_redis->filePath(u"password"_s);
    const auto writeFile = [&](const QByteArray &text) {
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    writeFile("secret-of-redis\n");
    const RedisLogPlace place{.url = m_redis->url(), .user = u"tocsin"_s, .passwordFile = fileName};
    QVERIFY((*RedisIncidentLog::open(place))->append(created(1)));
    writeFile("another-secret\n");
    auto refused = RedisIncidentLog::open(place);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"WRONGPASS"_s), qPrintable(refused.error().message));
    QVERIFY(!refused.error().message.contains(u"another-secret"_s));
    QVERIFY(QFile::remove(fileName));
    refused = RedisIncidentLog::open(place);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(fileName), qPrintable(refused.error().message));
}

void RedisLogTest::refusesAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("why");
    const QString form = u"must be redis://HOST:PORT/DATABASE"_s;
    QTest::newRow("nothing") << QString() << form;
    QTest::newRow("no scheme") << u"127.0.0.1:6379"_s << form;
    QTest::newRow("another scheme") << u"http://127.0.0.1"_s << form;
    QTest::newRow("no host") << u"redis:///0"_s << form;
    QTest::newRow("database") << u"redis://127.0.0.1/zero"_s << form;
    QTest::newRow("query") << u"redis://127.0.0.1/0?password=telltale"_s << form;
    QTest::newRow("password") << u"redis://:telltale@127.0.0.1"_s << u"must not hold a user"_s;
    QTest::newRow("user") << u"redis://telltale@127.0.0.1"_s << u"must not hold a user"_s;
    QTest::newRow("user over TLS") << u"rediss://telltale@127.0.0.1"_s << u"must not hold a user"_s;
    QTest::newRow("one s too many") << u"redisss://127.0.0.1"_s << form;
    const QString sentinels = u"redis-sentinel://10.0.0.1,10.0.0.2:1"_s;
    QTest::newRow("no master") << sentinels << form;
    QTest::newRow("a master without a name") << sentinels + u"//0"_s << form;
    QTest::newRow("more behind the database") << sentinels + u"/m/0/0"_s << form;
    QTest::newRow("no Sentinel") << u"redis-sentinel:///m/0"_s << form;
    QTest::newRow("one without a name") << sentinels + u",:1/m/0"_s << form;
    QTest::newRow("password for Sentinels")
        << u"redis-sentinel://:telltale@10.0.0.1/m/0"_s << u"must not hold a user"_s;
    QTest::newRow("password for Sentinels over TLS")
        << u"rediss-sentinel://:telltale@10.0.0.1/m/0"_s << u"must not hold a user"_s;
    QTest::newRow("no bracket") << u"redis://::1/0"_s << form;
    QTest::newRow("several") << u"redis://10.0.0.1:1,10.0.0.2:1/0"_s << form;
}

void RedisLogTest::refusesAddresses()
{
    QFETCH(const QString, url);
    QFETCH(const QString, why);
    const auto log = RedisIncidentLog::open({.url = url});
    QVERIFY(!log);
    QCOMPARE(log.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(log.error().message.contains(why), qPrintable(log.error().message));
    QVERIFY(!log.error().message.contains(u"telltale"_s));
}

QTEST_GUILESS_MAIN(RedisLogTest)
#include "tst_redislog.moc"
