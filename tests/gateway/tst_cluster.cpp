// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "clustertest.h"
#include "gateway/redisincidentlog.h"
#include "logwrites.h"

#include <QSignalSpy>
#include <QUuid>

#include <thread>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// Several gateways over one Redis: whichever a client is on, it is told the same.
class SharedLogTest : public ClusterTest
{
    Q_OBJECT
private Q_SLOTS:
    void tellsEverySessionOnEveryGateway();
    void opensEachAlertOnceThatAllAreTold();
    void keepsItsCountWhenManyReportTheSame();
    void actsAcrossGateways();
    void takesACommentOnceWhereverItIsSent();
    void recoversOnAnotherGateway();
    void staysAndCatchesUpWhenRedisIsAway();
    void confirmsNothingWhileRedisHangs();
    void letsAClientSayThatItIsNotConfirmed();
    void restartsSessionsWhenTheHistoryIsLost();
    void forgetsAMonitorOnEveryScreen();
    void endsOthersSessionsForNoGateway();
};

void SharedLogTest::tellsEverySessionOnEveryGateway()
{
    startAll();
    std::vector<std::unique_ptr<Screen>> screens;
    for (int i = 0; i < gateways; ++i) {
        screens.push_back(screen(i));
        QVERIFY(screens.back()->join());
    }
    // All at once, from threads of their own, as senders are.
    constexpr int posts = 20;
    std::vector<std::thread> senders;
    senders.reserve(gateways);
    for (int i = 0; i < gateways; ++i) {
        senders.emplace_back([this, i] {
            for (int n = 0; n < posts; ++n) {
                IncidentReport told;
                told.source = u"sender-%1"_s.arg(i);
                told.fingerprint = QString::number(n);
                told.title = u"%1 of %2"_s.arg(n).arg(i);
                told.startsAt = timestampNow();
                m_gateways[std::size_t(i)]->ingest({told}).waitForFinished();
            }
        });
    }
    for (std::thread &sender : senders)
        sender.join();
    // One comes in the middle of it, as it were.
    screens.push_back(screen(1));
    QVERIFY(screens.back()->join());
    for (const auto &seen : screens) {
        QVERIFY2(
            seen->waitForHead(qint64(gateways) * posts), qPrintable(QString::number(seen->head)));
        QCOMPARE(seen->mistakes, QStringList());
        QCOMPARE(seen->incidents, screens.front()->incidents);
        QCOMPARE(seen->incidents.size(), gateways * posts);
    }
}

void SharedLogTest::opensEachAlertOnceThatAllAreTold()
{
    startAll();
    std::vector<std::unique_ptr<Screen>> screens;
    for (int i = 0; i < gateways; ++i) {
        screens.push_back(screen(i));
        QVERIFY(screens.back()->join());
    }
    // As the members of one Alertmanager cluster do.
    constexpr int alerts = 200;
    std::vector<QFuture<Expected<int>>> answers;
    for (int i = 0; i < gateways; ++i) {
        QList<IncidentReport> same;
        for (int n = 0; n < alerts; ++n) {
            IncidentReport told;
            told.source = u"alertmanager"_s;
            told.fingerprint = QString::number(n);
            told.title = u"Alert %1"_s.arg(n);
            told.startsAt = Timestamp(1000ms);
            same.append(told);
        }
        answers.push_back(m_gateways[std::size_t(i)]->ingest(same));
    }
    for (auto &answer : answers)
        QCOMPARE(answer.result().value(), alerts);
    for (const auto &seen : screens) {
        QVERIFY(seen->waitForHead(qint64(gateways) * alerts));
        QCOMPARE(seen->mistakes, QStringList());
        QCOMPARE(seen->created.size(), alerts);
        QCOMPARE(seen->incidents.size(), alerts);
        for (const QJsonObject &incident : std::as_const(seen->incidents))
            QCOMPARE(incident.value(u"count"_s).toInteger(), gateways);
    }
}

void SharedLogTest::keepsItsCountWhenManyReportTheSame()
{
    startAll();
    // Each of these is refused by what another gateway has just written, again and again.
    constexpr int rounds = 30;
    std::vector<std::thread> senders;
    senders.reserve(gateways);
    std::atomic<int> accepted = 0;
    for (int i = 0; i < gateways; ++i) {
        senders.emplace_back([&, i] {
            for (int n = 0; n < rounds; ++n) {
                IncidentReport told;
                told.source = u"s"_s;
                told.fingerprint = u"one"_s;
                told.title = u"The same"_s;
                told.startsAt = Timestamp(1000ms);
                auto answer = m_gateways[std::size_t(i)]->ingest({told});
                answer.waitForFinished();
                accepted += answer.result().value_or(0);
            }
        });
    }
    for (std::thread &sender : senders)
        sender.join();
    QCOMPARE(accepted, gateways * rounds);
    const auto seen = screen(0);
    QVERIFY(seen->join());
    QVERIFY(seen->waitFor([&] { return seen->incidents.size() == 1; }));
    QCOMPARE(seen->incidents.first().value(u"count"_s).toInteger(), gateways * rounds);
    QCOMPARE(seen->head, gateways * rounds);
}

void SharedLogTest::actsAcrossGateways()
{
    startAll();
    const auto here = screen(0);
    const auto there = screen(1);
    QVERIFY(here->join());
    QVERIFY(there->join());
    QCOMPARE(report(2, nativeReport(u"k"_s)).status, 200);
    QVERIFY(here->waitForHead(1));
    QVERIFY(here->peer.send(QJsonObject{{u"type"_s, u"incident.acknowledge"_s},
        {u"uuid"_s, here->incidents.firstKey()}, {u"requestId"_s, 1}}));
    QVERIFY(there->waitForHead(2));
    QCOMPARE(there->incidents.first().value(u"status"_s).toString(), u"acknowledged"_s);
    QCOMPARE(report(1, nativeReport(u"k"_s, u"resolved"_s)).status, 200);
    QVERIFY(here->waitForHead(3));
    QVERIFY(here->incidents.isEmpty());
    QCOMPARE(here->mistakes + there->mistakes, QStringList());
}

void SharedLogTest::takesACommentOnceWhereverItIsSent()
{
    startAll();
    QCOMPARE(report(0, nativeReport(u"k"_s)).status, 200);
    std::vector<std::unique_ptr<Screen>> screens;
    for (int i = 0; i < gateways; ++i) {
        screens.push_back(screen(i));
        QVERIFY(screens.back()->join());
        QVERIFY(screens.back()->waitFor([&] { return !screens.back()->incidents.isEmpty(); }));
    }
    const QString uuid = screens.front()->incidents.firstKey();
    qint64 requestId = 0;
    const auto comment = [&](const QString &id, const QString &text) {
        ++requestId;
        return QJsonObject{{u"type"_s, u"incident.comment"_s}, {u"uuid"_s, uuid}, {u"text"_s, text},
            {u"id"_s, id}, {u"requestId"_s, requestId}};
    };
    // To all at the same moment, as by a client that lost one and asks the next; of an open
    // incident, whose version says who was first, and of one that is over.
    constexpr int rounds = 10;
    QStringList sent;
    for (int round = 0; round < 2 * rounds; ++round) {
        if (round == rounds)
            QCOMPARE(report(1, nativeReport(u"k"_s, u"resolved"_s)).status, 200);
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        sent.append(id);
        for (const auto &seen : screens)
            QVERIFY(seen->peer.send(comment(id, u"hm"_s)));
        for (const auto &seen : screens) {
            const QJsonObject reply = seen->peer.takeData(u"reply"_s);
            QVERIFY2(reply.value(u"ok"_s).toBool(), QJsonDocument(reply).toJson().constData());
        }
    }
    // Another one that only goes by the same id is not taken for it.
    Peer &peer = screens.back()->peer;
    QVERIFY(peer.send(comment(sent.constLast(), u"something else"_s)));
    QCOMPARE(peer.takeData(u"reply"_s).value(u"error"_s)[u"code"_s].toString(), u"conflict"_s);
    QVERIFY(peer.send(QJsonObject{
        {u"type"_s, u"incident.history"_s}, {u"uuid"_s, uuid}, {u"requestId"_s, requestId + 1}}));
    QStringList written;
    const QJsonArray entries = peer.takeData(u"reply"_s)[u"result"_s][u"entries"_s].toArray();
    for (const auto &entry : entries) {
        if (entry[u"kind"_s].toString() == u"commented")
            written.append(entry[u"id"_s].toString());
    }
    QCOMPARE(written, sent);
}

void SharedLogTest::recoversOnAnotherGateway()
{
    startAll();
    QString epoch;
    {
        const auto seen = screen(0);
        QVERIFY(seen->join());
        QCOMPARE(report(0, reports(0, 5)).status, 200);
        QVERIFY(seen->waitForHead(5));
        epoch = seen->epoch;
    }
    m_gateways.front().reset();
    QCOMPARE(report(1, reports(5, 5)).status, 200);
    const auto seen = screen(2);
    seen->head = 5;
    QVERIFY(seen->join({{u"epoch"_s, epoch}, {u"seq"_s, 5}}));
    QVERIFY(seen->wasRecovered);
    QVERIFY(seen->waitForHead(10));
    QCOMPARE(report(1, reports(10, 1)).status, 200);
    QVERIFY(seen->waitForHead(11));
    QCOMPARE(seen->created.size(), 6);
    QCOMPARE(seen->mistakes, QStringList());
}

void SharedLogTest::staysAndCatchesUpWhenRedisIsAway()
{
    // Any other one, started again, begins a new epoch.
    m_redis->kill();
    QVERIFY(m_redis->start(keepsAll));
    startAll();
    const auto seen = screen(0);
    QVERIFY(seen->join());
    QCOMPARE(report(1, reports(0, 3)).status, 200);
    QVERIFY(seen->waitForHead(3));
    QVERIFY(seen->waitFor([&] { return seen->heads > 0; }));
    m_redis->kill();
    const Answer refused = report(1, reports(3, 1));
    QCOMPARE(refused.status, 503);
    QVERIFY(!refused.headers.value("retry-after").isEmpty());
    for (int i = 0; i < gateways; ++i)
        QTRY_COMPARE_WITH_TIMEOUT(readiness(i), 503, patience);
    QVERIFY(m_redis->start(keepsAll));
    for (int i = 0; i < gateways; ++i)
        QTRY_COMPARE_WITH_TIMEOUT(readiness(i), 200, patience);
    // Sent again, as its sender does.
    QCOMPARE(report(1, reports(3, 1)).status, 200);
    QCOMPARE(report(2, reports(4, 1)).status, 200);
    QVERIFY(seen->waitForHead(5));
    const int heads = seen->heads;
    QVERIFY(seen->waitFor([&] { return seen->heads > heads; }));
    QCOMPARE(seen->mistakes, QStringList());
    QCOMPARE(seen->created.size(), 5);
    QVERIFY(!seen->peer.isClosed);
}

void SharedLogTest::confirmsNothingWhileRedisHangs()
{
    startAll();
    const auto seen = screen(0);
    const auto witness = screen(0);
    QVERIFY(seen->join());
    QVERIFY(seen->waitFor([&] { return seen->heads > 0; }));
    m_redis->stop();
    QTRY_COMPARE_WITH_TIMEOUT(readiness(0), 503, 20'000);
    seen->look();
    const int heads = seen->heads;
    // The gateway itself is alive all the while, for longer than two heads are apart.
    QVERIFY(witness->peer.send(u"2"_s));
    QVERIFY(witness->waitFor([&] { return witness->peer.plain.contains(u"3"_s); }));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(QTest::qWaitFor([&] { return clock.elapsed() > 2500; }, patience));
    seen->look();
    QCOMPARE(seen->heads, heads);
    m_redis->goOn();
    QVERIFY(seen->waitFor([&] { return seen->heads > heads; }));
    QCOMPARE(report(1, nativeReport(u"k"_s)).status, 200);
    QVERIFY(seen->waitFor([&] { return seen->created.size() == 1; }));
    QCOMPARE(seen->mistakes, QStringList());
    QVERIFY(!seen->peer.isClosed);
}

void SharedLogTest::letsAClientSayThatItIsNotConfirmed()
{
    startAll();
    SocketClientOptions options;
    options.url = m_gateways.front()->webSocketUrl();
    options.connection.verificationTimeout = 3s;
    SocketClient client(options);
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, patience);
    m_redis->stop();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Stale, 20'000);
    m_redis->goOn();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, 20'000);
    // Nor does it take the one history for the other.
    QSignalSpy stale(&client, &SocketClient::roomFreshnessChanged);
    QCOMPARE(m_redis->command({u"FLUSHALL"_s}), "OK");
    QTRY_VERIFY_WITH_TIMEOUT(!stale.isEmpty(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, patience);
}

void SharedLogTest::restartsSessionsWhenTheHistoryIsLost()
{
    startAll();
    const auto here = screen(0);
    const auto there = screen(1);
    QVERIFY(here->join());
    QVERIFY(there->join());
    QCOMPARE(report(0, reports(0, 4)).status, 200);
    QVERIFY(here->waitForHead(4));
    QVERIFY(there->waitForHead(4));
    const QString epoch = here->epoch;
    QCOMPARE(m_redis->command({u"FLUSHALL"_s}), "OK");
    QVERIFY(here->peer.waitForClose(1001));
    QVERIFY(there->peer.waitForClose(1001));
    QCOMPARE(here->mistakes + there->mistakes, QStringList());
    // Even when the new history is longer than what the client knew of the old one.
    QCOMPARE(report(2, reports(10, 6)).status, 200);
    const auto again = screen(1);
    again->head = 4;
    QVERIFY(again->join({{u"epoch"_s, epoch}, {u"seq"_s, 4}}));
    QVERIFY(!again->wasRecovered);
    QVERIFY(again->epoch != epoch);
    QVERIFY(again->waitFor([&] { return again->incidents.size() == 6; }));
    QCOMPARE(report(0, reports(20, 1)).status, 200);
    QVERIFY(again->waitForHead(7));
    QCOMPARE(again->mistakes, QStringList());
}

void SharedLogTest::forgetsAMonitorOnEveryScreen()
{
    const auto log = RedisIncidentLog::open({.url = m_redis->url(), .historyLength = 1000});
    QVERIFY(log);
    QVERIFY((*log)->append(monitor(u"web"_s, MonitorState::Up, 1)));
    QVERIFY((*log)->append(monitor(u"db"_s, MonitorState::Up, 9)));
    // Whoever prunes: any of the gateways does.
    startAll();
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < gateways; ++i) {
        peers.push_back(std::make_unique<Peer>(m_gateways[std::size_t(i)]->webSocketUrl()));
        QVERIFY(peers.back()->join(u"r"_s));
        QCOMPARE(
            peers.back()->takeData(u"room.snapshot"_s).value(u"monitors"_s).toArray().size(), 2);
    }
    QVERIFY((*log)->prune(
        {.now = timestampNow(), .monitorsHeardBefore = test::now + std::chrono::seconds(5)}));
    for (const auto &peer : peers) {
        const QJsonObject removed = peer->take(u"monitor.removed"_s);
        QCOMPARE(removed.value(u"room"_s).toString(), u"r"_s);
        QCOMPARE(removed.value(u"seq"_s).toInt(), 1);
        QCOMPARE(
            removed.value(u"data"_s).toObject(), (QJsonObject{{u"monitorUuid"_s, u"s:web"_s}}));
    }
    // What is removed with all its traces, no other gateway can read: the head says that something
    // was.
    QVERIFY((*log)->removeSource(u"s"_s, timestampNow()));
    for (const auto &peer : peers) {
        QVERIFY(peer->waitUntil([&] {
            return peer->takeData(u"room.heads"_s)
                       .value(u"heads"_s)
                       .toObject()
                       .value(u"r"_s)
                       .toInt()
                == 2;
        }));
        QVERIFY(peer->send({{u"type"_s, u"room.join"_s}, {u"room"_s, u"r"_s}}));
        const QJsonObject snapshot = peer->takeData(u"room.snapshot"_s);
        QCOMPARE(snapshot.value(u"monitors"_s).toArray(), QJsonArray());
        QCOMPARE(snapshot.value(u"seq"_s).toInt(), 2);
    }
}

void SharedLogTest::endsOthersSessionsForNoGateway()
{
    startAll();
    const auto seen = screen(0);
    QVERIFY(seen->join());
    // One that stops, and one that comes, change nothing for the others.
    m_gateways.back().reset();
    QCOMPARE(report(1, reports(0, 2)).status, 200);
    m_gateways.back() = start(gateways - 1);
    QVERIFY(m_gateways.back());
    QCOMPARE(report(gateways - 1, reports(2, 2)).status, 200);
    QVERIFY(seen->waitForHead(4));
    QCOMPARE(seen->mistakes, QStringList());
    QVERIFY(!seen->peer.isClosed);
}

QTEST_GUILESS_MAIN(SharedLogTest)
#include "tst_cluster.moc"
