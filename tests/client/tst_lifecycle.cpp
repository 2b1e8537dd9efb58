// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "hostileserver.h"
#include "protocol/messages.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <semaphore>

using namespace tocsin;
using namespace std::chrono_literals;
using State = SocketClient::State;

namespace {

const QString room = QStringLiteral("account:acme");
const QByteArray alive = wire::text(R"({"name":"auth.ok","data":{"user":{"id":"1","name":"n",)"
                                    R"("role":"viewer"}}})");

SocketClientOptions fastOptions(const QUrl &url)
{
    SocketClientOptions options{.url = url};
    options.connection.reconnectDelay = 5ms;
    options.connection.maxReconnectDelay = 10ms;
    return options;
}

QByteArray incident(const QString &uuid)
{
    return wire::text(encodeMessage(IncidentCreated,
        {.uuid = uuid, .title = uuid, .severity = Severity::Info}, timestampFromMilliseconds(1)));
}

/// Accepts, and says something that makes the session a usable one.
void welcome(HostilePeer &peer)
{
    peer.acceptUpgrade();
    peer.send(alive);
}

/// The connections that got as far as frames.
QList<HostilePeer *> openPeers(const HostileServer &server)
{
    QList<HostilePeer *> open;
    for (HostilePeer *const peer : server.peers) {
        if (peer->isOpen())
            open.append(peer);
    }
    return open;
}

} // namespace

class LifecycleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void hasOneConnectionAfterTenBreathsInOne_data();
    void hasOneConnectionAfterTenBreathsInOne();
    void connectsInsideTheDisconnectedHandler();
    void knowsItsStateWhenAskedToConnectInTheMiddleOfIt();
    void disconnectsInsideAStateHandler_data();
    void disconnectsInsideAStateHandler();
    void letsAHandlerUnsubscribeItself();
    void letsAHandlerDeleteTheClient_data();
    void letsAHandlerDeleteTheClient();
    void losesNothingSentWhileBeingToldOfTheEnd();
    void keepsGrowingTheBackoffOverFiftyShortSessions();
    void startsAfreshAfterReconnectFailed();
    void tellsAReconnectFromAFirstConnection_data();
    void tellsAReconnectFromAFirstConnection();
    void isNotRevivedByTheNetworkOrTheWindow();
};

void LifecycleTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void LifecycleTest::hasOneConnectionAfterTenBreathsInOne_data()
{
    QTest::addColumn<bool>("slow");
    QTest::addColumn<bool>("established");
    QTest::newRow("fast handshakes, from nothing") << false << false;
    QTest::newRow("fast handshakes, from a connection") << false << true;
    QTest::newRow("slow handshakes, from nothing") << true << false;
    QTest::newRow("slow handshakes, from a connection") << true << true;
}

void LifecycleTest::hasOneConnectionAfterTenBreathsInOne()
{
    QFETCH(bool, slow);
    QFETCH(bool, established);
    HostileServer server(&welcome);
    SocketClient client(fastOptions(server.url()));
    client.joinRoom(room);
    int delivered = 0;
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) { ++delivered; });
    QSignalSpy connected(&client, &SocketClient::connected);
    client.connectToServer();
    if (established)
        QTRY_COMPARE(client.state(), State::Connected);

    // A slow server answers all upgrades late, those that nobody waits for any more included.
    QList<HostilePeer *> waiting;
    if (slow)
        server.script = [&](HostilePeer &peer) { waiting.append(&peer); };
    const qsizetype before = connected.size();
    for (int i = 0; i < 10; ++i) {
        client.disconnectFromServer();
        QCOMPARE(client.state(), State::Disconnected);
        const qsizetype reached = waiting.size();
        client.connectToServer();
        QCOMPARE(client.state(), State::Connecting);
        if (slow) // each attempt gets as far as it can; one from before may only come now
            QTRY_COMPARE_GT(waiting.size(), reached);
    }
    for (HostilePeer *const peer : std::as_const(waiting))
        welcome(*peer);
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(openPeers(server).size(), 1);
    QCOMPARE(connected.size(), before + 1);
    HostilePeer &peer = *openPeers(server).constFirst();
    QTRY_COMPARE(peer.texts().size(), 1);
    QVERIFY(peer.texts()[0].startsWith(u"{\"type\":\"room.join\""));
    peer.send(incident(QStringLiteral("first")));
    peer.send(incident(QStringLiteral("second")));
    QTRY_COMPARE(delivered, 2);
    QCOMPARE(peer.texts().size(), 1);
}

void LifecycleTest::connectsInsideTheDisconnectedHandler()
{
    HostileServer server([](HostilePeer &peer) {
        welcome(peer);
        peer.close(1001);
    });
    auto options = fastOptions(server.url());
    options.connection.reconnectDelay = options.connection.maxReconnectDelay = 1h;
    SocketClient client(options);
    int ended = 0;
    connect(&client, &SocketClient::disconnected, this, [&] {
        if (++ended == 5)
            server.script = &welcome;
        client.connectToServer();
        QCOMPARE(client.state(), State::Connecting);
    });
    client.connectToServer();
    // Each of those that end is connected for a moment.
    QTRY_COMPARE(ended, 5);
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(server.upgrades(), 6);
    QTRY_COMPARE(server.open(), 1);
}

void LifecycleTest::knowsItsStateWhenAskedToConnectInTheMiddleOfIt()
{
    // The next connection is open before the handler of the last one's end asks for it: the
    // server lives in another thread, so that it goes on while this one stands still.
    QThread thread;
    thread.start();
    std::binary_semaphore again(0);
    QScopedPointer<HostileServer, QScopedPointerDeleteLater> server;
    QObject context;
    context.moveToThread(&thread);
    const auto inThread = [&context](auto function) {
        QMetaObject::invokeMethod(&context, function, Qt::BlockingQueuedConnection);
    };
    QUrl url;
    inThread([&] {
        int connections = 0;
        server.reset(new HostileServer([&again, connections](HostilePeer &peer) mutable {
            peer.acceptUpgrade();
            if (++connections == 1) {
                peer.send(alive);
                peer.close(1001);
            } else {
                again.release();
            }
        }));
        url = server->url();
    });
    auto options = fastOptions(url);
    options.connection.reconnectDelay = options.connection.maxReconnectDelay = 1ms;
    SocketClient client(options);
    client.joinRoom(room);
    const auto askAgain = [&] {
        QVERIFY(again.try_acquire_for(10s));
        // The upgrade has been answered; the room's join proves that the client has seen it.
        bool joined = false;
        while (!joined)
            inThread([&] { joined = !server->peers.constLast()->texts().isEmpty(); });
        client.connectToServer();
    };
    connect(&client, &SocketClient::disconnected, this, askAgain, Qt::SingleShotConnection);
    QList<State> atConnected;
    connect(&client, &SocketClient::connected, this, [&] { atConnected.append(client.state()); });
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(atConnected, (QList<State>{State::Connected, State::Connected}));
    int open = 0;
    int upgrades = 0;
    inThread([&] {
        open = server->open();
        upgrades = server->upgrades();
    });
    QCOMPARE(open, 1);
    QCOMPARE(upgrades, 2);
    client.disconnectFromServer();
    QCOMPARE(client.state(), State::Disconnected);
    inThread([&] {
        server.reset();
        context.moveToThread(this->thread());
    });
    thread.quit();
    QVERIFY(thread.wait());
}

void LifecycleTest::disconnectsInsideAStateHandler_data()
{
    QTest::addColumn<State>("when");
    QTest::newRow("connecting") << State::Connecting;
    QTest::newRow("connected") << State::Connected;
    QTest::newRow("reconnecting") << State::Reconnecting;
}

void LifecycleTest::disconnectsInsideAStateHandler()
{
    QFETCH(State, when);
    HostileServer server([&](HostilePeer &peer) {
        welcome(peer);
        if (when == State::Reconnecting)
            peer.close(1001);
    });
    SocketClient client(fastOptions(server.url()));
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    QSignalSpy retries(&client, &SocketClient::reconnectAttempt);
    bool done = false;
    connect(&client, &SocketClient::stateChanged, this, [&](State state) {
        if (state == when) {
            client.disconnectFromServer();
            QCOMPARE(client.state(), State::Disconnected);
            done = true;
        }
    });
    client.connectToServer();
    QTRY_VERIFY(done);
    QTRY_COMPARE(server.open(), 0);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(retries.size(), 0);
    QVERIFY(!client.retryAt().isValid());
    // Only a connection that was announced is announced to have ended, and once.
    QCOMPARE(disconnected.size(), when == State::Reconnecting ? 1 : 0);

    // And it is not broken by it.
    client.disconnect(this);
    server.script = &welcome;
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
}

void LifecycleTest::letsAHandlerUnsubscribeItself()
{
    HostileServer server(&welcome);
    SocketClient client(fastOptions(server.url()));
    int first = 0;
    int second = 0;
    Subscription itself;
    Subscription other;
    itself = client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        ++first;
        itself.unsubscribe();
        itself.unsubscribe();
    });
    other = client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        if (++second == 2)
            other.unsubscribe();
    });
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    for (int i = 0; i < 3; ++i)
        server.peers.constLast()->send(incident(QString::number(i)));
    int third = 0;
    client.on(
        IncidentResolved, this, [&](const IncidentResolvedData &, const Envelope &) { ++third; });
    server.peers.constLast()->send(
        wire::text(R"({"name":"incident.resolved","data":{"uuid":"0","resolvedAt":5}})"));
    QTRY_COMPARE(third, 1);
    QCOMPARE(first, 1);
    QCOMPARE(second, 2);
    QVERIFY(!itself.isActive());
    QVERIFY(!other.isActive());
}

void LifecycleTest::letsAHandlerDeleteTheClient_data()
{
    QTest::addColumn<QString>("where");
    for (const char *const where : {"connecting", "connected state", "connected", "disconnected",
             "reconnecting", "reconnectAttempt", "errorOccurred", "message", "retryAtChanged"})
        QTest::newRow(where) << QString::fromLatin1(where);
}

void LifecycleTest::letsAHandlerDeleteTheClient()
{
    QFETCH(QString, where);
    HostileServer server([](HostilePeer &peer) {
        welcome(peer);
        peer.send(incident(QStringLiteral("a")) + incident(QStringLiteral("b")));
        peer.close(1008, "enough");
    });
    auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
    const QPointer<SocketClient> guard(client.get());
    const auto destroyWhen = [&](const char *name) {
        if (where == QLatin1String(name))
            client.reset();
    };
    connect(client.get(), &SocketClient::stateChanged, this, [&](State state) {
        destroyWhen(state == State::Connecting ? "connecting"
                : state == State::Connected    ? "connected state"
                : state == State::Reconnecting ? "reconnecting"
                                               : "");
    });
    connect(client.get(), &SocketClient::connected, this, [&] { destroyWhen("connected"); });
    connect(client.get(), &SocketClient::disconnected, this, [&] { destroyWhen("disconnected"); });
    connect(client.get(), &SocketClient::reconnectAttempt, this,
        [&] { destroyWhen("reconnectAttempt"); });
    connect(
        client.get(), &SocketClient::errorOccurred, this, [&] { destroyWhen("errorOccurred"); });
    connect(
        client.get(), &SocketClient::retryAtChanged, this, [&] { destroyWhen("retryAtChanged"); });
    int delivered = 0;
    client->on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        ++delivered;
        destroyWhen("message");
    });
    client->connectToServer();
    QTRY_VERIFY(!guard);
    QTRY_COMPARE(server.open(), 0);
    if (where == u"message")
        QCOMPARE(delivered, 1);
}

void LifecycleTest::losesNothingSentWhileBeingToldOfTheEnd()
{
    HostileServer server(&welcome);
    SocketClient client(fastOptions(server.url()));
    int ended = 0;
    connect(&client, &SocketClient::disconnected, this, [&] {
        QVERIFY(client.state() != State::Connected);
        client.send(Acknowledge, {.uuid = QString::number(++ended)});
    });
    connect(&client, &SocketClient::stateChanged, this, [&](State state) {
        if (state == State::Reconnecting)
            client.send(Resolve, {.uuid = QString::number(ended)});
    });
    client.connectToServer();
    const QList<std::function<void(HostilePeer &)>> ends{
        [](HostilePeer &peer) { peer.close(1001); }, [](HostilePeer &peer) { peer.reset(); },
        [](HostilePeer &peer) { peer.hangUp(); },
        [](HostilePeer &peer) { peer.send(QByteArray(16, '\xff')); }};
    for (int i = 0; i < ends.size(); ++i) {
        QTRY_COMPARE(client.state(), State::Connected);
        QTRY_COMPARE(openPeers(server).size(), 1);
        ends[i](*openPeers(server).constFirst());
        QTRY_COMPARE(ended, i + 1);
        QTRY_COMPARE(server.upgrades(), i + 2);
        QTRY_COMPARE(server.peers.constLast()->texts().size(), 2);
        const QStringList sent = server.peers.constLast()->texts();
        QCOMPARE(sent[0], QStringLiteral(R"({"type":"incident.resolve","uuid":"%1"})").arg(i));
        QCOMPARE(
            sent[1], QStringLiteral(R"({"type":"incident.acknowledge","uuid":"%1"})").arg(i + 1));
    }
}

void LifecycleTest::keepsGrowingTheBackoffOverFiftyShortSessions()
{
    HostileServer server([](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.close(4100);
    });
    auto options = fastOptions(server.url());
    options.connection.reconnectDelay = 1ms;
    options.connection.maxReconnectDelay = 40ms;
    options.connection.maxReconnectAttempts = 50;
    SocketClient client(options);
    QList<int> attempts;
    std::vector<std::chrono::milliseconds> delays;
    connect(&client, &SocketClient::reconnectAttempt, this,
        [&](int attempt, std::chrono::milliseconds delay) {
            attempts.append(attempt);
            delays.push_back(delay);
        });
    QSignalSpy failed(&client, &SocketClient::reconnectFailed);
    QSignalSpy connected(&client, &SocketClient::connected);
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
    QCOMPARE(failed[0][0].toInt(), 50);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(connected.size(), 51);
    QCOMPARE(disconnected.size(), 51);
    QList<int> expected(50);
    std::iota(expected.begin(), expected.end(), 1);
    QCOMPARE(attempts, expected);
    auto ceiling = 1ms;
    for (const auto delay : delays) {
        QCOMPARE_GE(delay, 0ms);
        QCOMPARE_LT(delay, ceiling);
        ceiling = std::min(ceiling * 2, 40ms);
    }
    // Below the first five ceilings for 44 waits in a row: once in 2^60 runs.
    QVERIFY(std::any_of(
        delays.begin() + 6, delays.end(), [](std::chrono::milliseconds d) { return d >= 16ms; }));
    for (const auto &arguments : connected)
        QCOMPARE(arguments[0].toBool(), false);
}

void LifecycleTest::startsAfreshAfterReconnectFailed()
{
    HostileServer server([](HostilePeer &peer) { peer.reset(); });
    auto options = fastOptions(server.url());
    options.connection.maxReconnectAttempts = 3;
    SocketClient client(options);
    QList<int> attempts;
    connect(&client, &SocketClient::reconnectAttempt, this,
        [&](int attempt) { attempts.append(attempt); });
    QSignalSpy failed(&client, &SocketClient::reconnectFailed);
    client.connectToServer();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(attempts, (QList<int>{1, 2, 3}));
    client.connectToServer();
    QTRY_COMPARE(failed.size(), 2);
    QCOMPARE(attempts, (QList<int>{1, 2, 3, 1, 2, 3}));
    server.script = &welcome;
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);

    // Also where the handler of the signal asks for it.
    connect(&client, &SocketClient::reconnectFailed, this, [&] {
        server.script = &welcome;
        client.connectToServer();
    });
    attempts.clear();
    server.script = [](HostilePeer &peer) { peer.reset(); };
    openPeers(server).constFirst()->reset();
    QTRY_COMPARE(failed.size(), 3);
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(attempts, (QList<int>{1, 2, 3}));
}

void LifecycleTest::tellsAReconnectFromAFirstConnection_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("usable");
    for (const char *const how : {"drop", "offline", "hidden", "on purpose"}) {
        QTest::addRow("%s, after a usable session", how) << QString::fromLatin1(how) << true;
        QTest::addRow("%s, after none", how) << QString::fromLatin1(how) << false;
    }
}

void LifecycleTest::tellsAReconnectFromAFirstConnection()
{
    QFETCH(QString, how);
    QFETCH(bool, usable);
    const HostileServer::Script silent = &HostilePeer::acceptUpgrade;
    HostileServer server(usable ? HostileServer::Script(&welcome) : silent);
    SocketClient client(fastOptions(server.url()));
    bool authenticated = false;
    client.on(Authenticated, this,
        [&](const AuthenticatedData &, const Envelope &) { authenticated = true; });
    QSignalSpy connected(&client, &SocketClient::connected);
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    client.connectToServer();
    QTRY_COMPARE(connected.size(), 1);
    QCOMPARE(connected[0][0].toBool(), false);
    if (usable)
        QTRY_VERIFY(authenticated);
    if (how == u"offline") {
        client.setNetworkReachable(false);
        QTRY_COMPARE(client.pauseReason(), SocketClient::PauseReason::Offline);
        QCOMPARE(client.state(), State::Disconnected);
        QVERIFY(!client.retryAt().isValid());
        QTRY_COMPARE(server.open(), 0);
        client.setNetworkReachable(true);
    } else if (how == u"hidden") {
        client.setVisible(false);
        server.peers.constLast()->reset();
        QTRY_COMPARE(client.pauseReason(), SocketClient::PauseReason::Hidden);
        QCOMPARE(client.state(), State::Disconnected);
        QVERIFY(!client.retryAt().isValid());
        client.setVisible(true);
    } else if (how == u"on purpose") {
        client.disconnectFromServer();
        client.connectToServer();
    } else {
        server.peers.constLast()->reset();
    }
    QTRY_COMPARE(connected.size(), 2);
    QCOMPARE(disconnected.size(), 1);
    QCOMPARE(connected[1][0].toBool(), usable);
    QTRY_COMPARE(server.open(), 1);
}

void LifecycleTest::isNotRevivedByTheNetworkOrTheWindow()
{
    HostileServer server(&welcome);
    SocketClient client(fastOptions(server.url()));
    const auto comeAndGo = [&] {
        client.setNetworkReachable(false);
        client.setNetworkReachable(true);
        client.setVisible(false);
        client.setVisible(true);
        client.reconnectNow();
    };
    comeAndGo();
    // A client that does connect proves that this one had its time to.
    SocketClient other(fastOptions(server.url()));
    other.connectToServer();
    QTRY_COMPARE(other.state(), State::Connected);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(server.upgrades(), 1);

    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    client.disconnectFromServer();
    comeAndGo();
    other.disconnectFromServer();
    other.connectToServer();
    QTRY_COMPARE(other.state(), State::Connected);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(server.upgrades(), 3);
}

QTEST_GUILESS_MAIN(LifecycleTest)
#include "tst_lifecycle.moc"
