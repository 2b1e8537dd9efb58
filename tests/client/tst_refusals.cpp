// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What becomes of what was sent to a server that does not let the client in.
#include "handserver.h"
#include "sent.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace tocsin;

namespace {

const QByteArray letIn = R"({"name":"auth.ok","data":{"user":{"id":"1","name":"n"}}})";

/// Gives out another token each time that it is asked.
void giveTokens(SocketClient &client)
{
    // Shared by the copies that the client makes.
    client.setTokenProvider([number = std::make_shared<int>(0)] {
        QPromise<QString> promise;
        promise.start();
        promise.addResult(QStringLiteral("token %1").arg(++*number));
        promise.finish();
        return promise.future();
    });
}

QString auth(int number)
{
    return QString::fromUtf8(
        encodeCommand(Authenticate, {.token = QStringLiteral("token %1").arg(number)}));
}

void close(HandServer &server, int code)
{
    // Qt's enumeration has none of an application's codes, and takes them all the same.
    // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
    server.sockets.constLast()->close(QWebSocketProtocol::CloseCode(code));
}

} // namespace

class RefusalsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sendsAgainWhatStoodBehindARefusedToken();
    void sendsNothingAgainThatWasTaken();
    void keepsWhatWaitsWhereItIsRefusedForGood_data();
    void keepsWhatWaitsWhereItIsRefusedForGood();
    void tellsOfWhatMayNotWait();
};

void RefusalsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void RefusalsTest::sendsAgainWhatStoodBehindARefusedToken()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    giveTokens(client);
    client.send(Acknowledge, incident(QStringLiteral("a")));
    const auto once = client.request(Acknowledge, incident(QStringLiteral("b")));
    const auto safe
        = client.request(Acknowledge, incident(QStringLiteral("c")), {.safeToRepeat = true});
    client.connectToServer();
    QStringList expected{auth(1), acknowledgement(QStringLiteral("a")),
        acknowledgement(QStringLiteral("b"), 1), acknowledgement(QStringLiteral("c"), 2)};
    QTRY_COMPARE(server.newestFrames(), expected);
    // Nothing says yet that the session can be used.
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    client.send(Acknowledge, incident(QStringLiteral("d")));
    expected.append(acknowledgement(QStringLiteral("d")));
    QTRY_COMPARE(server.newestFrames(), expected);
    close(server, 4001);

    QTRY_COMPARE(server.sockets.size(), 2);
    expected[0] = auth(2);
    QTRY_COMPARE(server.newestFrames(), expected);
    QVERIFY(!once.isFinished() && !safe.isFinished());
    server.say(letIn);
    server.say(R"({"name":"reply","data":{"requestId":1,"ok":true}})");
    server.say(R"({"name":"reply","data":{"requestId":2,"ok":true}})");
    QTRY_VERIFY(once.isFinished() && safe.isFinished());
    QVERIFY(once.result().ok && safe.result().ok);
    QCOMPARE(client.unsentMessages(), 0);
    QCOMPARE(told.errors, {});
}

void RefusalsTest::sendsNothingAgainThatWasTaken()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    giveTokens(client);
    int authenticated = 0;
    client.on(
        Authenticated, this, [&](const AuthenticatedData &, const Envelope &) { ++authenticated; });
    client.send(Acknowledge, incident(QStringLiteral("a")));
    const auto asked = client.request(Acknowledge, incident(QStringLiteral("b")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 3);
    server.say(letIn);
    QTRY_COMPARE(authenticated, 1);
    close(server, 4001); // the token expired in the session
    QTRY_VERIFY(asked.isFinished());
    QCOMPARE(asked.result().error.code, ErrorCode::ConnectionLost);
    QTRY_COMPARE(server.sockets.size(), 2);
    client.send(Acknowledge, incident(QStringLiteral("c")));
    QTRY_COMPARE(
        server.newestFrames(), (QStringList{auth(2), acknowledgement(QStringLiteral("c"))}));
}

void RefusalsTest::keepsWhatWaitsWhereItIsRefusedForGood_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("times");
    QTest::newRow("a token that is refused twice") << 4001 << 2;
    QTest::newRow("a token that is not for this") << 4003 << 1;
    QTest::newRow("another version") << 4010 << 1;
}

void RefusalsTest::keepsWhatWaitsWhereItIsRefusedForGood()
{
    QFETCH(int, code);
    QFETCH(int, times);
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    giveTokens(client);
    QSignalSpy stopped(&client, &SocketClient::stopped);
    QSignalSpy refused(&client, &SocketClient::authenticationFailed);
    client.send(Acknowledge, incident(QStringLiteral("a")));
    const auto asked = client.request(Acknowledge, incident(QStringLiteral("b")));
    client.connectToServer();
    for (int time = 1; time <= times; ++time) {
        QTRY_COMPARE(server.sockets.size(), time);
        QTRY_COMPARE(server.newestFrames().size(), 3);
        close(server, code);
    }
    QTRY_COMPARE(stopped.size() + refused.size(), 1);
    // Known not to have been carried out.
    QVERIFY(asked.isFinished());
    QCOMPARE(asked.result().error.code, ErrorCode::NotConnected);
    // It waits for a connection like what was sent while there was none.
    client.send(Acknowledge, incident(QStringLiteral("c")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{auth(times + 1), acknowledgement(QStringLiteral("a")),
            acknowledgement(QStringLiteral("c"))}));
    QCOMPARE(client.unsentMessages(), 0);
}

void RefusalsTest::tellsOfWhatMayNotWait()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    giveTokens(client);
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QVERIFY(client.send(Acknowledge, incident(QStringLiteral("now")), {.buffer = false}));
    QTRY_COMPARE(server.newestFrames().size(), 2);
    close(server, 4001);
    QTRY_COMPARE(told.errors, QList<ErrorCode>{ErrorCode::NotConnected});
    QCOMPARE(client.unsentMessages(), 1);
    QTRY_COMPARE(server.sockets.size(), 2);
    client.send(Acknowledge, incident(QStringLiteral("later")));
    QTRY_COMPARE(
        server.newestFrames(), (QStringList{auth(2), acknowledgement(QStringLiteral("later"))}));
}

QTEST_GUILESS_MAIN(RefusalsTest)
#include "tst_refusals.moc"
