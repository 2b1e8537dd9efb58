// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QTimer>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const QString room = defaultRoom.toString();

/// A session whose peer reads nothing until told to. QWebSocket reads at once, so it is spoken by
/// hand.
class SlowPeer
{
public:
    explicit SlowPeer(quint16 port)
    {
        socket.setReadBufferSize(1024);
        socket.connectToHost(u"127.0.0.1"_s, port);
        socket.write(
            "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }
    void send(const QByteArray &text)
    {
        // Short, and masked with nothing.
        socket.write("\x81" + QByteArray(1, char(0x80 | text.size())) + QByteArray(4, '\0') + text);
    }
    bool waitFor(const QByteArray &word)
    {
        return QTest::qWaitFor([&] { return socket.peek(1024).contains(word); }, patience);
    }

    QTcpSocket socket;
};

} // namespace

/// Sessions that do not read what they are sent, and what is too large for those that do.
class SlowPeersTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void closesASlowConsumer();
    void isRidOfOneThatSpeaksAndDoesNotRead();
    void answersMoreThanMayWait();

private:
    void ingestLarge(int from, int count)
    {
        QList<IncidentReport> reports;
        for (int i = from; i < from + count; ++i) {
            IncidentReport large{.source = u"s"_s,
                .fingerprint = QString::number(i),
                .title = u"Title"_s,
                .startsAt = Timestamp(1s)};
            large.annotations.insert(u"d"_s, QString(60'000, u'x'));
            reports.append(large);
        }
        QVERIFY(m_gateway->ingest(reports).result());
    }
};

void SlowPeersTest::closesASlowConsumer()
{
    start({.sessionQueueBytes = 256 * 1024});
    SlowPeer slow(m_gateway->port());
    QVERIFY(slow.waitFor("\r\n\r\n"));
    slow.send(R"({"type":"room.join","room":"account:default"})");
    QVERIFY(slow.waitFor("room.snapshot"));

    Peer quick(m_gateway->webSocketUrl());
    QVERIFY(quick.join(room));
    QVERIFY(quick.waitForMessages(2));
    // More than the kernel keeps for the slow one. Nobody else feels it.
    const auto isDecided = [this] {
        return request("GET", m_url.resolved(QUrl(u"/metrics"_s)))
            .body.contains("tocsin_gateway_slow_consumers_total 1");
    };
    for (int i = 0; i < 200 && !isDecided(); ++i) {
        ingestLarge(i, 1);
        QVERIFY(quick.waitForMessages(2 + i + 1));
    }
    QVERIFY(isDecided());
    slow.socket.setReadBufferSize(0);
    QByteArray received;
    QTRY_VERIFY_WITH_TIMEOUT((received += slow.socket.readAll(),
                                 slow.socket.state() == QAbstractSocket::UnconnectedState
                                     || received.endsWith("slow consumer")),
        patience);
    received += slow.socket.readAll();
    QVERIFY(received.contains(QByteArray("\x0F\xA8slow consumer", 15))); // 4008
}

void SlowPeersTest::isRidOfOneThatSpeaksAndDoesNotRead()
{
    const QByteArray bobs = token({.name = u"bob"_s, .role = Role::Viewer});
    const QByteArray anns = token({.name = u"ann"_s, .role = Role::Viewer});
    start({.tokensFile = tokensFile(), .presenceRooms = {u"*"_s}});
    // More than the kernel keeps for who does not read.
    ingestLarge(0, 200);
    SlowPeer bob(m_gateway->port());
    QVERIFY(bob.waitFor("\r\n\r\n"));
    bob.send(R"({"type":"auth","token":")" + bobs + R"("})");
    bob.send(R"({"type":"room.join","room":"account:default"})");
    QVERIFY(bob.waitFor("auth.ok"));
    Peer ann(m_gateway->webSocketUrl());
    QVERIFY(ann.send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(anns)}}));
    QVERIFY(ann.join(room));
    const auto names = [](const QJsonObject &presence) {
        QStringList found;
        for (const QJsonValue &user : presence[u"users"_s].toArray())
            found.append(user[u"name"_s].toString());
        return found;
    };
    QJsonObject told;
    do {
        told = ann.takeData(u"presence"_s);
    } while (!told.isEmpty() && names(told).size() < 2);
    QCOMPARE(names(told), (QStringList{u"ann"_s, u"bob"_s}));

    QTimer heartbeat;
    heartbeat.callOnTimeout(&bob.socket, [&bob] { bob.send("2"); });
    heartbeat.start(100ms);
    QVERIFY(removeToken(tokensFile(), u"bob"_s));
    // To the others it is gone at once, and its place is given back.
    QCOMPARE(names(ann.takeData(u"presence"_s)), QStringList{u"ann"_s});
    QTRY_COMPARE_WITH_TIMEOUT(bob.socket.state(), QAbstractSocket::UnconnectedState, 3 * patience);
    const Answer metrics = request(
        "GET", m_url.resolved(QUrl(u"/metrics"_s)), {}, {{"Authorization", "Bearer " + anns}});
    QVERIFY2(metrics.body.contains("\ntocsin_gateway_sessions 1\n"), metrics.body.constData());
}

void SlowPeersTest::answersMoreThanMayWait()
{
    constexpr qint64 mayWait = 64 * 1024;
    start({.sessionQueueBytes = mayWait});
    QVERIFY(
        m_gateway->ingest({{.source = u"s"_s, .fingerprint = u"1"_s, .title = u"t"_s}}).result());
    const QString uuid = incidents().json()[u"incidents"_s][0][u"uuid"_s].toString();
    Peer peer(m_gateway->webSocketUrl());
    constexpr int remarks = 40;
    for (int i = 1; i <= remarks; ++i) {
        QVERIFY(peer.send({{u"type"_s, u"incident.comment"_s}, {u"uuid"_s, uuid},
            {u"text"_s, QString(4000, u'x')}, {u"requestId"_s, i}}));
        QVERIFY(peer.takeData(u"reply"_s)[u"ok"_s].toBool());
    }
    // And what comes directly behind it is no reason either.
    QVERIFY(
        peer.send({{u"type"_s, u"incident.history"_s}, {u"uuid"_s, uuid}, {u"requestId"_s, 0}}));
    QVERIFY(peer.send(u"2"_s));
    const QJsonObject timeline = peer.takeData(u"reply"_s);
    QVERIFY(timeline[u"ok"_s].toBool());
    QVERIFY(QJsonDocument(timeline).toJson().size() > 2 * mayWait);
    QVERIFY(peer.waitUntil([&] { return !peer.plain.isEmpty(); }));
    QVERIFY(!peer.isClosed);
}

QTEST_GUILESS_MAIN(SlowPeersTest)
#include "tst_slowpeers.moc"
