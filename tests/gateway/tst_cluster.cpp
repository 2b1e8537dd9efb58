// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "peer.h"
#include "redisserver.h"

#include <QRegularExpression>
#include <QSignalSpy>

#include <thread>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const QString room = u"account:default"_s;
constexpr int gateways = 3;

/// What a client makes of what it is told of one room: the list, and whether anything was missing,
/// doubled or out of order on the way.
class Screen
{
public:
    explicit Screen(const QUrl &gateway)
        : peer(gateway)
    {
    }
    bool join(const QJsonObject &since = {})
    {
        QJsonObject command{{u"type"_s, u"room.join"_s}, {u"room"_s, room}};
        if (!since.isEmpty())
            command.insert(u"since"_s, since);
        return peer.send(command) && waitFor([this] { return isJoined; });
    }
    bool waitFor(const std::function<bool()> &condition)
    {
        return peer.waitUntil([&] {
            look();
            return condition();
        });
    }
    bool waitForHead(qint64 seq)
    {
        return waitFor([&] { return head >= seq; }) && head == seq;
    }
    void look()
    {
        for (const QJsonObject &message : std::as_const(peer.messages))
            take(message);
        peer.messages.clear();
    }

    Peer peer;
    QMap<QString, QJsonObject> incidents;
    QStringList created;
    QStringList mistakes;
    QString epoch;
    qint64 head = 0;
    int heads = 0;
    bool isJoined = false;
    bool wasRecovered = false;

private:
    void take(const QJsonObject &message)
    {
        const QString name = message.value(u"name"_s).toString();
        const QJsonObject data = message.value(u"data"_s).toObject();
        if (name == u"room.joined") {
            isJoined = true;
            wasRecovered = data.value(u"recovered"_s).toBool();
            epoch = data.value(u"epoch"_s).toString();
            if (!wasRecovered)
                head = data.value(u"seq"_s).toInteger();
        } else if (name == u"room.snapshot") {
            if (data.value(u"seq"_s).toInteger() != head)
                mistakes.append(u"a snapshot of another moment"_s);
            for (const auto &incident : data.value(u"incidents"_s).toArray())
                set(incident.toObject());
        } else if (name == u"room.heads") {
            ++heads;
            const qint64 told = data.value(u"heads"_s).toObject().value(room).toInteger();
            if (told != head)
                mistakes.append(u"head %1, at %2"_s.arg(told).arg(head));
        } else if (message.contains(u"seq"_s)) {
            const qint64 seq = message.value(u"seq"_s).toInteger();
            if (seq != head + 1)
                mistakes.append(u"%1 after %2"_s.arg(seq).arg(head));
            head = seq;
            if (name == u"incident.created")
                created.append(data.value(u"title"_s).toString());
            if (name == u"incident.resolved")
                incidents.remove(data.value(u"uuid"_s).toString());
            else
                set(data);
        }
    }
    void set(const QJsonObject &incident)
    {
        incidents.insert(incident.value(u"uuid"_s).toString(), incident);
    }
};

QByteArray reports(int first, int count, const QString &status = u"firing"_s)
{
    QByteArray all = "[";
    for (int i = first; i < first + count; ++i)
        all += (i > first ? "," : "") + nativeReport(u"k%1"_s.arg(i), status);
    return all + "]";
}

} // namespace

/// Several gateways over one Redis: whichever a client is on, it is told the same.
class ClusterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void tellsEverySessionOnEveryGateway();
    void opensEachAlertOnceThatAllAreTold();
    void keepsItsCountWhenManyReportTheSame();
    void actsAcrossGateways();
    void recoversOnAnotherGateway();
    void staysAndCatchesUpWhenRedisIsAway();
    void confirmsNothingWhileRedisHangs();
    void letsAClientSayThatItIsNotConfirmed();
    void restartsSessionsWhenTheHistoryIsLost();
    void hearsASourceWhereverItPosts();
    void endsOthersSessionsForNoGateway();
    void tellsWhoIsOnOtherGateways();

private:
    std::unique_ptr<Gateway> start(int number, const QList<IncidentSource> &sources = {})
    {
        return start(number, GatewayConfiguration{.sources = sources});
    }
    std::unique_ptr<Gateway> start(int number, GatewayConfiguration configuration)
    {
        configuration.port = 0;
        configuration.dataDirectory = m_directory->filePath(QString::number(number));
        configuration.redisUrl = m_redis->url();
        configuration.heartbeatInterval = 1000ms;
        auto gateway = Gateway::start(configuration);
        if (!gateway)
            qWarning() << gateway.error().message;
        return gateway ? std::move(*gateway) : nullptr;
    }
    void startAll(const QList<IncidentSource> &sources = {})
    {
        for (int i = 0; i < gateways; ++i) {
            m_gateways.push_back(start(i, sources));
            QVERIFY(m_gateways.back());
        }
    }
    QUrl http(int number) const { return m_gateways[std::size_t(number)]->httpUrl(); }
    std::unique_ptr<Screen> screen(int number) const
    {
        return std::make_unique<Screen>(m_gateways[std::size_t(number)]->webSocketUrl());
    }
    Answer report(int number, const QByteArray &body) const
    {
        return post(http(number), u"/ingest/incident"_s, body);
    }
    int readiness(int number) const
    {
        return request("GET", http(number).resolved(QUrl(u"/readyz"_s))).status;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
    std::vector<std::unique_ptr<Gateway>> m_gateways;
};

void ClusterTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!event=(redis.renewed|log.failed)).*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_redis = std::make_unique<RedisServer>();
    QVERIFY(m_redis->start());
}

void ClusterTest::cleanup()
{
    m_gateways.clear();
    m_redis.reset();
}

void ClusterTest::tellsEverySessionOnEveryGateway()
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

void ClusterTest::opensEachAlertOnceThatAllAreTold()
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

void ClusterTest::keepsItsCountWhenManyReportTheSame()
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

void ClusterTest::actsAcrossGateways()
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

void ClusterTest::recoversOnAnotherGateway()
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

void ClusterTest::staysAndCatchesUpWhenRedisIsAway()
{
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
    QVERIFY(m_redis->start());
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

void ClusterTest::confirmsNothingWhileRedisHangs()
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

void ClusterTest::letsAClientSayThatItIsNotConfirmed()
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

void ClusterTest::restartsSessionsWhenTheHistoryIsLost()
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

void ClusterTest::hearsASourceWhereverItPosts()
{
    IncidentSource source{.name = u"native"_s};
    source.expectEvery = 4s;
    startAll({source});
    const auto seen = screen(2);
    QVERIFY(seen->join());
    // Heard by one of them only, for as long as the others would have missed it twice.
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 9000) {
        QCOMPARE(report(0, "[]").status, 200);
        QVERIFY(QTest::qWaitFor([&, at = clock.elapsed()] { return clock.elapsed() > at + 500; }));
    }
    seen->look();
    QCOMPARE(seen->created, QStringList());
    // Silent, it is missed by all of them, once.
    QVERIFY(seen->waitFor([&] { return !seen->created.isEmpty(); }));
    QCOMPARE(report(1, "[]").status, 200);
    QVERIFY(seen->waitFor([&] { return seen->incidents.isEmpty(); }));
    QCOMPARE(seen->created.size(), 1);
    QCOMPARE(seen->mistakes, QStringList());
}

void ClusterTest::endsOthersSessionsForNoGateway()
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

void ClusterTest::tellsWhoIsOnOtherGateways()
{
    const QString tokens = m_directory->filePath(u"tokens.toml"_s);
    const auto addViewer = [&](const QString &name) {
        return addToken(tokens, {.name = name, .role = Role::Viewer}).value();
    };
    const QString ann = addViewer(u"ann"_s);
    const QString bob = addViewer(u"bob"_s);
    const GatewayConfiguration configuration{.tokensFile = tokens, .presenceRooms = {room}};
    for (int i = 0; i < 2; ++i) {
        m_gateways.push_back(start(i, configuration));
        QVERIFY(m_gateways.back());
    }
    const auto come = [&](int number, const QString &token) {
        auto peer = std::make_unique<Peer>(m_gateways[std::size_t(number)]->webSocketUrl());
        peer->send(QJsonObject{{u"type"_s, u"auth"_s}, {u"token"_s, token}});
        peer->join(room);
        return peer;
    };
    // Whom the last list told of.
    const auto told = [](const Peer &peer) {
        QStringList names;
        for (const QJsonObject &message : peer.messages) {
            if (message.value(u"name"_s) != u"presence"_s)
                continue;
            names.clear();
            for (const auto &user : message.value(u"data"_s).toObject().value(u"users"_s).toArray())
                names.append(user.toObject().value(u"name"_s).toString());
        }
        return names;
    };
    const QStringList both{u"ann"_s, u"bob"_s};
    const auto first = come(0, ann);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    auto second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    QTRY_COMPARE_WITH_TIMEOUT(told(*second), both, patience);
    // Ann is there once, on whatever gateways; and still is when she leaves one of them.
    auto again = come(1, ann);
    QTRY_COMPARE_WITH_TIMEOUT(told(*again), both, patience);
    again.reset();
    second.reset();
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    // Who was on a gateway that stops is there no more.
    second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    m_gateways.back().reset();
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    // Told anew when Redis has forgotten it: as of a gateway that dies without a word, what it said
    // is not believed for ever.
    m_gateways.back() = start(1, configuration);
    second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    const QByteArray keys = m_redis->command({u"KEYS"_s, u"{tocsin}:gateway:*"_s});
    QCOMPARE(keys.split('\n').size(), 2);
    for (const QByteArray &key : keys.split('\n')) {
        const qint64 left = m_redis->command({u"PTTL"_s, QString::fromLatin1(key)}).toLongLong();
        QVERIFY2(left > 0 && left <= 30'000, qPrintable(QString::number(left)));
        QCOMPARE(m_redis->command({u"DEL"_s, QString::fromLatin1(key)}), "1");
    }
    QTRY_COMPARE_WITH_TIMEOUT(
        m_redis->command({u"KEYS"_s, u"{tocsin}:gateway:*"_s}).split('\n').size(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
}

QTEST_GUILESS_MAIN(ClusterTest)
#include "tst_cluster.moc"
