// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "clustertest.h"
#include "protocol/messages.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

/// What stands before several gateways: each connection goes to the next one. The first reply to a
/// command is lost on its way back, and the connection with it.
class LosingBalancer : public QObject
{
public:
    explicit LosingBalancer(QList<quint16> gateways)
        : m_gateways(std::move(gateways))
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] { pass(); });
        m_server.listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(m_server.serverPort())); }
    int connections() const { return m_connections; }
    int lost() const { return m_lost; }

private:
    void pass()
    {
        QTcpSocket *const client = m_server.nextPendingConnection();
        auto *const gateway = new QTcpSocket(client);
        gateway->connectToHost(
            QHostAddress::LocalHost, m_gateways[m_connections++ % m_gateways.size()]);
        connect(
            client, &QTcpSocket::readyRead, gateway, [=] { gateway->write(client->readAll()); });
        connect(gateway, &QTcpSocket::readyRead, client, [=, this] {
            const QByteArray frames = gateway->readAll();
            if (m_lost == 0 && frames.contains(R"("name":"reply")")) {
                ++m_lost;
                gateway->abort();
                client->abort();
                return;
            }
            client->write(frames);
        });
        connect(gateway, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    QTcpServer m_server;
    const QList<quint16> m_gateways;
    int m_connections = 0;
    int m_lost = 0;
};

} // namespace

/// Who may do what on several gateways, and how often it is done.
class ClusterAccessTest : public ClusterTest
{
    Q_OBJECT
private Q_SLOTS:
    void endsARevokedTokensSessionsOnAllGateways();
    void carriesOutOnceWhatIsAskedOfAnotherGatewayAgain();

private:
    QString tokensFile(int number) const
    {
        return m_directory->filePath(u"tokens-%1.toml"_s.arg(number));
    }
    std::unique_ptr<Peer> come(int number, const QString &token) const
    {
        auto peer = std::make_unique<Peer>(m_gateways[std::size_t(number)]->webSocketUrl());
        peer->send(QJsonObject{{u"type"_s, u"auth"_s}, {u"token"_s, token}});
        return peer;
    }
};

void ClusterAccessTest::endsARevokedTokensSessionsOnAllGateways()
{
    const QString ann = addToken(tokensFile(0), {.name = u"ann"_s, .role = Role::Viewer}).value();
    const QString bob = addToken(tokensFile(0), {.name = u"bob"_s, .role = Role::Viewer}).value();
    for (int i = 0; i < gateways; ++i) {
        if (i > 0)
            QVERIFY(QFile::copy(tokensFile(0), tokensFile(i)));
        m_gateways.push_back(start(i, GatewayConfiguration{.tokensFile = tokensFile(i)}));
        QVERIFY(m_gateways.back());
    }
    std::vector<std::unique_ptr<Peer>> hers;
    std::vector<std::unique_ptr<Peer>> his;
    for (int i = 0; i < gateways; ++i) {
        hers.push_back(come(i, ann));
        QVERIFY(!hers.back()->take(u"auth.ok"_s).isEmpty());
        his.push_back(come(i, bob));
        QVERIFY(!his.back()->take(u"auth.ok"_s).isEmpty());
    }
    for (int i = 0; i < gateways; ++i)
        QVERIFY(removeToken(tokensFile(i), u"ann"_s));
    for (int i = 0; i < gateways; ++i) {
        QVERIFY(hers[std::size_t(i)]->waitForClose(4001));
        QVERIFY(come(i, ann)->waitForClose(4001));
    }
    for (const auto &session : his) {
        QVERIFY(session->join(room));
        QVERIFY(!session->take(u"room.joined"_s).isEmpty());
    }
}

void ClusterAccessTest::carriesOutOnceWhatIsAskedOfAnotherGatewayAgain()
{
    startAll();
    const auto seen = screen(2);
    QVERIFY(seen->join());
    QCOMPARE(report(0, nativeReport(u"k"_s)).status, 200);
    QVERIFY(seen->waitForHead(1));
    const QString uuid = seen->incidents.firstKey();

    LosingBalancer balancer({m_gateways[0]->port(), m_gateways[1]->port()});
    SocketClientOptions options;
    options.url = balancer.url();
    SocketClient client(options);
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(client.roomFreshness(room), RoomFreshness::Live, patience);
    const auto answer
        = client.request(Acknowledge, {.uuid = uuid}, {.timeout = 30s, .safeToRepeat = true});
    QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patience);
    QVERIFY2(answer.result().ok, qPrintable(answer.result().error.message));
    QCOMPARE(balancer.lost(), 1);
    QCOMPARE(balancer.connections(), 2);
    // Once for everybody, and in the timeline.
    QCOMPARE(report(2, nativeReport(u"other"_s)).status, 200);
    QVERIFY(seen->waitForHead(3));
    QCOMPARE(seen->incidents.value(uuid).value(u"version"_s).toInteger(), 2);
    QVERIFY(seen->peer.send(
        QJsonObject{{u"type"_s, u"incident.history"_s}, {u"uuid"_s, uuid}, {u"requestId"_s, 1}}));
    const QJsonObject reply = seen->peer.takeData(u"reply"_s);
    QStringList kinds;
    const QJsonObject timeline = reply.value(u"result"_s).toObject();
    for (const auto &entry : timeline.value(u"entries"_s).toArray())
        kinds.append(entry.toObject().value(u"kind"_s).toString());
    QCOMPARE(kinds, QStringList({u"created"_s, u"acknowledged"_s}));
}

QTEST_GUILESS_MAIN(ClusterAccessTest)
#include "tst_clusteraccess.moc"
