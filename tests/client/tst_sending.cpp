// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "handserver.h"
#include "sent.h"

#include <QTcpServer>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

class SendingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void buffersWithinItsBounds();
    void letsTheOldestGiveWay();
    void dropsWhatWaitedTooLong();
    void tellsOfWhatWaitedTooLongWithoutAConnection();
    void dropsTheBufferWhenDisconnected();
    void sendsNowOrNever();
    void tellsThatTheConnectionWasGoneBeforeTheMessageLeft();
    void refusesToSendWhatIsTooLarge();
};

void SendingTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void SendingTest::buffersWithinItsBounds()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.outbox.maximumMessages = 2;
    SocketClient client(options);
    const Told told(client);
    for (const QStringView uuid : {u"1", u"2", u"3", u"4"})
        QVERIFY(client.send(Acknowledge, incident(uuid.toString())));
    QTRY_COMPARE(client.unsentMessages(), 2);
    // One outage, one error; the counter has the rest.
    QCOMPARE(told.errors, QList<ErrorCode>{ErrorCode::BufferFull});
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 2);
    client.send(Acknowledge, incident(QStringLiteral("5")));
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{acknowledgement(QStringLiteral("1")), acknowledgement(QStringLiteral("2")),
            acknowledgement(QStringLiteral("5"))}));
}

void SendingTest::letsTheOldestGiveWay()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.outbox = {.maximumMessages = 2, .whenFull = WhenFull::DropOldest};
    SocketClient client(options);
    for (const QStringView uuid : {u"1", u"2", u"3", u"4"})
        client.send(Acknowledge, incident(uuid.toString()));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{acknowledgement(QStringLiteral("3")), acknowledgement(QStringLiteral("4"))}));
    QTRY_COMPARE(client.unsentMessages(), 2);
}

void SendingTest::dropsWhatWaitedTooLong()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    client.send(Acknowledge, incident(QStringLiteral("stale")), {.timeToLive = 0ms});
    client.send(Acknowledge, incident(QStringLiteral("fresh")), {.timeToLive = 1h});
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("fresh"))});
    QTRY_COMPARE(client.unsentMessages(), 1);
    QTRY_COMPARE(told.errors, QList<ErrorCode>{ErrorCode::TimedOut});
    // Sent at once, nothing is too old.
    client.send(Acknowledge, incident(QStringLiteral("now")), {.timeToLive = 0ms});
    QTRY_COMPARE(server.newestFrames().size(), 2);
}

void SendingTest::tellsOfWhatWaitedTooLongWithoutAConnection()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    client.send(Acknowledge, incident(QStringLiteral("a")), {.timeToLive = 10ms});
    client.send(Acknowledge, incident(QStringLiteral("b")), {.timeToLive = 1h});
    QTRY_COMPARE(client.unsentMessages(), 1);
    QCOMPARE(told.errors, QList<ErrorCode>{ErrorCode::TimedOut});
}

void SendingTest::dropsTheBufferWhenDisconnected()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.send(Acknowledge, incident(QStringLiteral("before")));
    client.disconnectFromServer();
    client.send(Acknowledge, incident(QStringLiteral("after")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("after"))});
    // Counted, and no error: who disconnects knows it.
    QCOMPARE(client.unsentMessages(), 1);
}

void SendingTest::sendsNowOrNever()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const auto sent
        = client.send(Acknowledge, incident(QStringLiteral("early")), {.buffer = false});
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::NotConnected);
    QVERIFY(!client.sendAttachment({}, {.buffer = false}));
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QVERIFY(client.send(Acknowledge, incident(QStringLiteral("now")), {.buffer = false}));
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("now"))});
}

void SendingTest::tellsThatTheConnectionWasGoneBeforeTheMessageLeft()
{
    QTcpServer tcp;
    QVERIFY(tcp.listen(QHostAddress::LocalHost));
    QWebSocketServer server(QStringLiteral("hand"), QWebSocketServer::NonSecureMode);
    connect(&tcp, &QTcpServer::newConnection, &server,
        [&] { server.handleConnection(tcp.nextPendingConnection()); });
    QStringList frames;
    connect(&server, &QWebSocketServer::newConnection, this, [&] {
        QWebSocket *const socket = server.nextPendingConnection();
        socket->setParent(&server);
        connect(socket, &QWebSocket::textMessageReceived, this,
            [&](const QString &text) { frames.append(text); });
    });
    SocketClient client(
        fastOptions(QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(tcp.serverPort()))));
    const Told told(client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);

    for (auto *socket : server.findChildren<QWebSocket *>())
        socket->abort();
    // Without the event loop, so that the client does not hear of what its thread has seen: the
    // connection is lost, and the next one on its way.
    QVERIFY(tcp.waitForNewConnection(5'000));
    QCOMPARE(client.state(), SocketClient::State::Connected);
    QVERIFY(client.send(Acknowledge, incident(QStringLiteral("lost")), {.buffer = false}));
    const auto asked
        = client.request(Acknowledge, incident(QStringLiteral("asked")), {.buffer = false});
    client.send(Acknowledge, incident(QStringLiteral("kept")));

    QTRY_VERIFY(asked.isFinished());
    QCOMPARE(asked.result().error.code, ErrorCode::NotConnected);
    QTRY_VERIFY(told.errors.contains(ErrorCode::NotConnected));
    QCOMPARE(client.unsentMessages(), 1);
    QTRY_COMPARE(frames, QStringList{acknowledgement(QStringLiteral("kept"))});
}

void SendingTest::refusesToSendWhatIsTooLarge()
{
    auto options = SocketClientOptions{};
    options.maximumMessageSize = 10;
    SocketClient client(options);
    const auto sent = client.sendAttachment({.data = QByteArray(11, 'x')});
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::TooLarge);
    QVERIFY(client.sendAttachment({.data = QByteArray(10, 'x')}));
}

QTEST_GUILESS_MAIN(SendingTest)
#include "tst_sending.moc"
