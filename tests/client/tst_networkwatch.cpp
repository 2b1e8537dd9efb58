// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/networkwatch.h"
#include "client/socketclient.h"
#include "hostileserver.h"
#include "networkmanager.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace tocsin;
using namespace std::chrono_literals;
using State = SocketClient::State;

/// Runs in a network namespace of its own (tests/client/CMakeLists.txt), where adding an address
/// harms nobody.
class NetworkWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void closesAtOnceWithoutANetworkAndConnectsAtOnceWithOne();
    void neverConnectsAClientThatWasNot();
    void probesWhenTheNetworkComesAndGoesUnnoticed();
    void probesWhenAnAddressChanges();
    void noticesAPulledCable();
    void cutsTheWaitShortWhenAnAddressChanges();

private:
    NetworkManager m_manager;
    std::unique_ptr<NetworkWatch> m_watch;
};

void NetworkWatchTest::initTestCase()
{
    m_manager.start();
    m_watch = std::make_unique<NetworkWatch>();
    QVERIFY(m_watch->isReachable());
}

void NetworkWatchTest::cleanupTestCase()
{
    m_watch.reset();
    m_manager.stop();
}

void NetworkWatchTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void NetworkWatchTest::closesAtOnceWithoutANetworkAndConnectsAtOnceWithOne()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClientOptions options{.url = server.url()};
    // Nothing but the network's word ends a wait.
    options.connection.reconnectDelay = options.connection.maxReconnectDelay = 1h;
    SocketClient client(options);
    m_watch->feed(&client);
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);

    NetworkManager::say(NetworkManager::State::Disconnected);
    QTRY_COMPARE(client.state(), State::Disconnected);
    QCOMPARE(client.pauseReason(), SocketClient::PauseReason::Offline);
    QVERIFY(!m_watch->isReachable());
    QVERIFY(!client.retryAt().isValid());
    QTRY_COMPARE(disconnected.size(), 1);
    QTRY_COMPARE(server.open(), 0);
    QCOMPARE(server.upgrades(), 1);

    NetworkManager::say(NetworkManager::State::Global);
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(server.upgrades(), 2);

    // One that is made while there is no network learns of it.
    NetworkManager::say(NetworkManager::State::Disconnected);
    QTRY_VERIFY(!m_watch->isReachable());
    SocketClient late(options);
    m_watch->feed(&late);
    server.script = [](HostilePeer &peer) { peer.reset(); };
    late.connectToServer();
    QTRY_COMPARE(late.pauseReason(), SocketClient::PauseReason::Offline);
    server.script = &HostilePeer::acceptUpgrade;
    NetworkManager::say(NetworkManager::State::Global);
    QTRY_COMPARE(late.state(), State::Connected);
}

void NetworkWatchTest::neverConnectsAClientThatWasNot()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient wanted({.url = server.url()});
    SocketClient unwanted({.url = server.url()});
    m_watch->feed(&wanted);
    m_watch->feed(&unwanted);
    wanted.connectToServer();
    QTRY_COMPARE(wanted.state(), State::Connected);
    NetworkManager::say(NetworkManager::State::Disconnected);
    QTRY_COMPARE(wanted.state(), State::Disconnected);
    NetworkManager::say(NetworkManager::State::Global);
    QTRY_COMPARE(wanted.state(), State::Connected);
    QCOMPARE(unwanted.state(), State::Disconnected);
    QCOMPARE(server.upgrades(), 2);
}

void NetworkWatchTest::probesWhenTheNetworkComesAndGoesUnnoticed()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client({.url = server.url()});
    m_watch->feed(&client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(server.upgrades(), 1);
    QVERIFY(server.peers[0]->texts().isEmpty());
    NetworkManager::say(NetworkManager::State::Connecting);
    NetworkManager::say(NetworkManager::State::Global);
    QTRY_COMPARE(server.peers[0]->texts(), QStringList{QStringLiteral("2")});
    QCOMPARE(client.state(), State::Connected);
}

void NetworkWatchTest::probesWhenAnAddressChanges()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClientOptions options{.url = server.url()};
    options.connection.heartbeatTimeout = 1s;
    SocketClient client(options);
    m_watch->feed(&client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(server.upgrades(), 1);
    HostilePeer &peer = *server.peers[0];
    NetworkManager::address(QStringLiteral("add"));
    QTRY_COMPARE(peer.texts(), QStringList{QStringLiteral("2")});
    peer.send(wire::text("3"));
    QTRY_VERIFY(client.roundTripTime().has_value());
    QCOMPARE(client.state(), State::Connected);
    // And one that does not answer any more is given up at once, not with the next heartbeat.
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    NetworkManager::address(QStringLiteral("del"));
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(disconnected[0][0].toInt(), 4000);
}

// The address stays where it was; only the cable is gone.
void NetworkWatchTest::noticesAPulledCable()
{
    const auto link = [](const QStringList &arguments) {
        run(QStringLiteral("ip"), QStringList{"link"} + arguments);
    };
    link({"add", "near", "type", "veth", "peer", "name", "far"});
    link({"set", "near", "up"});
    link({"set", "far", "up"});
    QSignalSpy changed(m_watch.get(), &NetworkWatch::networkChanged);
    run(QStringLiteral("ip"), {"address", "add", "198.51.100.7/24", "dev", "near"});
    QTRY_COMPARE(changed.size(), 1);

    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client({.url = server.url()});
    m_watch->feed(&client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(server.upgrades(), 1);
    const HostilePeer &peer = *server.peers[0];
    link({"set", "far", "down"});
    QTRY_COMPARE(changed.size(), 2);
    QTRY_COMPARE(peer.texts(), QStringList{QStringLiteral("2")});
    link({"set", "far", "up"});
    QTRY_COMPARE(changed.size(), 3);
    link({"delete", "near"});
    QTRY_COMPARE(changed.size(), 4);
}

void NetworkWatchTest::cutsTheWaitShortWhenAnAddressChanges()
{
    HostileServer server([](HostilePeer &peer) { peer.reset(); });
    SocketClientOptions options{.url = server.url()};
    options.connection.reconnectDelay = options.connection.maxReconnectDelay = 1h;
    SocketClient client(options);
    m_watch->feed(&client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Reconnecting);
    server.script = &HostilePeer::acceptUpgrade;
    NetworkManager::address(QStringLiteral("add"));
    QTRY_COMPARE(client.state(), State::Connected);
    NetworkManager::address(QStringLiteral("del"));
}

QTEST_GUILESS_MAIN(NetworkWatchTest)
#include "tst_networkwatch.moc"
