// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "gatewayprocess.h"
#include "protocol/messages.h"
#include "redisserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const QString room = u"account:default"_s;
constexpr int gateways = 3;
/// Well above the first ceiling of the waits, and below what a person calls away.
constexpr int seconds = 5'000;

/// What a client was told of one room, in order.
class Told : public QObject
{
public:
    explicit Told(SocketClient &client)
    {
        client.on(IncidentCreated, this,
            [this](const Incident &incident, const Envelope &) { titles.append(incident.title); });
        client.on(RoomSnapshot, this, [this](const RoomSnapshotData &part, const Envelope &) {
            ++snapshots;
            for (const Incident &incident : part.incidents)
                titles.append(incident.title);
        });
    }
    QStringList titles;
    int snapshots = 0;
};

} // namespace

/// One client and three gateways over one Redis, each a process of its own: whichever goes, the
/// client is live on another at once, with nothing lost or doubled.
class FailoverTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void isLiveOnAnotherWhenItsGatewayIsKilled();
    void isLiveOnAnotherWhenItsGatewayStops();
    void isLiveOnAnotherWhenItsGatewayHangs();
    void passesOverAddressesWhereNothingIs();
    void goesRoundWhileAllAreGone();
    void spreadsOverAll();
    void staysDisconnectedForAnAddressThatIsNone();
    void keepsAllKeysTogether();

private:
    [[nodiscard]] SocketClientOptions options() const
    {
        SocketClientOptions options{.url = m_gateways.front()->webSocket()};
        for (std::size_t i = 1; i < m_gateways.size(); ++i)
            options.alternatives.append(m_gateways[i]->webSocket());
        return options;
    }
    [[nodiscard]] std::size_t indexOf(const QUrl &address) const
    {
        std::size_t i = 0;
        while (i < m_gateways.size() && m_gateways[i]->webSocket() != address)
            ++i;
        return i;
    }
    /// Posts to any but that one.
    void report(const QString &key, std::size_t notTo)
    {
        const std::size_t to = (notTo + 1) % m_gateways.size();
        QCOMPARE(
            post(m_gateways[to]->http(), u"/ingest/incident"_s, nativeReport(key)).status, 200);
    }
    void killsTheOneInUse(const std::function<void(GatewayProcess &)> &end, int within);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
    std::vector<std::unique_ptr<GatewayProcess>> m_gateways;
};

void FailoverTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    m_redis = std::make_unique<RedisServer>();
    QVERIFY(m_redis->start());
    for (int i = 0; i < gateways; ++i) {
        m_gateways.push_back(std::make_unique<GatewayProcess>());
        QVERIFY(
            m_gateways.back()->start(m_directory->filePath(QString::number(i)), m_redis->url()));
    }
}

void FailoverTest::cleanup()
{
    m_gateways.clear();
    m_redis.reset();
}

void FailoverTest::killsTheOneInUse(const std::function<void(GatewayProcess &)> &end, int within)
{
    auto chosen = options();
    chosen.connection.heartbeatInterval = 500ms;
    chosen.connection.heartbeatTimeout = 500ms;
    SocketClient client(chosen);
    Told told(client);
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, patience);
    const std::size_t used = indexOf(client.currentAddress());
    QVERIFY(used < m_gateways.size());
    report(u"before"_s, used);
    QTRY_COMPARE_WITH_TIMEOUT(told.titles, QStringList{u"Title of before"_s}, patience);

    QSignalSpy connections(&client, &SocketClient::connected);
    QSignalSpy errors(&client, &SocketClient::errorOccurred);
    QElapsedTimer clock;
    clock.start();
    end(*m_gateways[used]);
    for (int i = 0; i < 20; ++i)
        report(u"meanwhile-%1"_s.arg(i), used);
    QTRY_VERIFY_WITH_TIMEOUT(
        !connections.isEmpty() && client.roomFreshness(room) == RoomFreshness::Live, within);
    qInfo("live on another after %lld ms", clock.elapsed());
    QVERIFY(indexOf(client.currentAddress()) < m_gateways.size());
    QVERIFY(indexOf(client.currentAddress()) != used);
    QVERIFY(connections.constFirst().constFirst().toBool());
    // What is said of it names the one that it happened to.
    for (const auto &error : errors) {
        const QString text = error.constFirst().value<Error>().message;
        QVERIFY2(text.contains(u"127.0.0.1"), qPrintable(text));
    }
    report(u"after"_s, used);
    QStringList expected{u"Title of before"_s};
    for (int i = 0; i < 20; ++i)
        expected.append(u"Title of meanwhile-%1"_s.arg(i));
    expected.append(u"Title of after"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told.titles.size(), expected.size(), patience);
    QCOMPARE(told.titles, expected);
    // Caught up with, not told from the beginning.
    QCOMPARE(told.snapshots, 1);
}

void FailoverTest::isLiveOnAnotherWhenItsGatewayIsKilled()
{
    killsTheOneInUse([](GatewayProcess &gateway) { gateway.kill(); }, seconds);
}

void FailoverTest::isLiveOnAnotherWhenItsGatewayStops()
{
    killsTheOneInUse([](GatewayProcess &gateway) { gateway.terminate(); }, seconds);
}

void FailoverTest::isLiveOnAnotherWhenItsGatewayHangs()
{
    // Nothing but the silence after a heartbeat tells.
    killsTheOneInUse([](GatewayProcess &gateway) { gateway.stop(); }, 2 * seconds);
}

void FailoverTest::passesOverAddressesWhereNothingIs()
{
    m_gateways[0]->kill();
    m_gateways[1]->kill();
    for (int i = 0; i < 8; ++i) {
        SocketClient client(options());
        client.joinRoom(room);
        client.connectToServer();
        QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, seconds);
        QCOMPARE(client.currentAddress(), m_gateways[2]->webSocket());
    }
}

void FailoverTest::goesRoundWhileAllAreGone()
{
    auto chosen = options();
    chosen.connection.reconnectDelay = 10ms;
    chosen.connection.maxReconnectDelay = 50ms;
    for (const auto &gateway : m_gateways)
        gateway->kill();
    SocketClient client(chosen);
    QSet<QUrl> tried;
    QString error;
    QUrl previous;
    bool isTwiceInARow = false;
    int failures = 0;
    connect(&client, &SocketClient::errorOccurred, this, [&](const Error &told) {
        ++failures;
        error = told.message;
        tried.insert(client.currentAddress());
        isTwiceInARow = isTwiceInARow || previous == client.currentAddress();
        previous = client.currentAddress();
    });
    client.connectToServer();
    QTRY_VERIFY_WITH_TIMEOUT(failures >= 12, patience);
    QCOMPARE(tried.size(), gateways);
    QVERIFY(!isTwiceInARow);
    // The error names the one that was tried.
    QVERIFY2(error.contains(QString::number(previous.port())), qPrintable(error));
}

void FailoverTest::spreadsOverAll()
{
    QSet<QUrl> used;
    // A client that is always on the first fails with a probability of 3·(2/3)^40.
    std::vector<std::unique_ptr<SocketClient>> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(std::make_unique<SocketClient>(options()));
        clients.back()->connectToServer();
    }
    for (const auto &client : clients) {
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), SocketClient::State::Connected, patience);
        used.insert(client->currentAddress());
    }
    QCOMPARE(used.size(), gateways);
}

void FailoverTest::staysDisconnectedForAnAddressThatIsNone()
{
    auto chosen = options();
    chosen.alternatives.append(QUrl(u"https://ops.example.com/"_s));
    SocketClient client(chosen);
    QSignalSpy errors(&client, &SocketClient::errorOccurred);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, patience);
    QCOMPARE(errors.constFirst().constFirst().value<Error>().code, ErrorCode::BadConfiguration);
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), SocketClient::State::Disconnected, patience);
}

void FailoverTest::keepsAllKeysTogether()
{
    SocketClient client(options());
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, patience);
    for (std::size_t i = 0; i < m_gateways.size(); ++i)
        report(u"key-%1"_s.arg(i), i);
    const auto keys = m_redis->command({u"KEYS"_s, u"*"_s}).split('\n');
    QVERIFY2(keys.size() > 5, keys.join(' ').constData());
    // One hash tag, so that all are in one slot of a Redis Cluster.
    for (const QByteArray &key : keys)
        QVERIFY2(key.startsWith("{tocsin}:"), key.constData());
}

QTEST_GUILESS_MAIN(FailoverTest)
#include "tst_failover.moc"
