// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "handserver.h"
#include "sent.h"

#include <QPromise>
#include <QTest>

#include <memory>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

QByteArray reply(qint64 requestId, const QByteArray &rest)
{
    return R"({"name":"reply","data":{"requestId":)" + QByteArray::number(requestId) + ',' + rest
        + "}}";
}

} // namespace

/// Commands that ask for a reply.
class RequestsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void answersARequest();
    void answersARequestThatWaitedForTheConnection();
    void passesOnTheServersRefusal();
    void asksNowOrNever();
    void givesUpARequestInTime();
    void neverSendsARequestThatWasGivenUp();
    void failsRequestsWithTheirSession_data();
    void failsRequestsWithTheirSession();
    void tellsWhatAServerReportsByItsCode();
    void failsTheRequestThatFindsTheBufferFull();
    void repeatsWhatIsSafeAfterAuthAndJoins();
    void mayBeDestroyedInAReply();
    void answersWhatIsAskedWhileItIsDestroyed();
    void asksTheNextConnectionWhatAHandlerAsks();
    void leavesOthersRepliesToTheProgram();
};

void RequestsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void RequestsTest::answersARequest()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QStringList answers;
    for (const QStringView uuid : {u"a", u"b"}) {
        client.request(Acknowledge, incident(uuid.toString())).then(this, [&](const Reply &answer) {
            QCOMPARE(QThread::currentThread(), thread());
            const auto result = answer.as<IncidentReference>();
            answers.append(result ? result->uuid : result.error().message);
        });
    }
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{
            acknowledgement(QStringLiteral("a"), 1), acknowledgement(QStringLiteral("b"), 2)}));
    // In whatever order the server answers.
    server.say(reply(2, R"("ok":true,"result":{"uuid":"b"})"));
    server.say(reply(1, R"("ok":true,"result":{"uuid":"a"})"));
    QTRY_COMPARE(answers, (QStringList{QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(client.unknownMessages(), 0);
}

void RequestsTest::answersARequestThatWaitedForTheConnection()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.send(Acknowledge, incident(QStringLiteral("first")));
    const auto future = client.request(Acknowledge, incident(QStringLiteral("second")));
    client.send(Acknowledge, incident(QStringLiteral("third")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{acknowledgement(QStringLiteral("first")),
            acknowledgement(QStringLiteral("second"), 1),
            acknowledgement(QStringLiteral("third"))}));
    server.say(reply(1, R"("ok":true)"));
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result().ok);
}

void RequestsTest::passesOnTheServersRefusal()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.connectToServer();
    const auto future = client.request(Assign, {.uuid = QStringLiteral("u")});
    QTRY_COMPARE(server.newestFrames(),
        QStringList{QStringLiteral(
            R"({"type":"incident.assign","requestId":1,"uuid":"u","assignee":null})")});
    server.say(reply(1, R"("ok":false,"error":{"code":"forbidden","message":"No."})"));
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result().ok);
    QCOMPARE(future.result().error, (Error{ErrorCode::Forbidden, QStringLiteral("No."), {}}));
}

void RequestsTest::asksNowOrNever()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const auto refused
        = client.request(Acknowledge, incident(QStringLiteral("never")), {.buffer = false});
    QVERIFY(refused.isFinished());
    QCOMPARE(refused.result().error.code, ErrorCode::NotConnected);
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    const auto asked
        = client.request(Acknowledge, incident(QStringLiteral("now")), {.buffer = false});
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("now"), 2)});
    server.say(reply(2, R"("ok":true)"));
    QTRY_VERIFY(asked.isFinished());
    QVERIFY(asked.result().ok);
}

void RequestsTest::givesUpARequestInTime()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    const auto future
        = client.request(Acknowledge, incident(QStringLiteral("u")), {.timeout = 20ms});
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().error.code, ErrorCode::TimedOut);
    QTRY_COMPARE(server.newestFrames().size(), 1);
    server.say(reply(1, R"("ok":true)"));
    QTRY_COMPARE(client.unknownMessages(), 1); // too late
}

void RequestsTest::neverSendsARequestThatWasGivenUp()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const auto future
        = client.request(Acknowledge, incident(QStringLiteral("late")), {.timeout = 1ms});
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().error.code, ErrorCode::TimedOut);
    client.send(Acknowledge, incident(QStringLiteral("sent")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("sent"))});
}

// What is no answer to a request: that a room is refused, say.
void RequestsTest::tellsWhatAServerReportsByItsCode()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QList<Error> errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&errors](const Error &error) { errors.append(error); });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(
        R"({"name":"error","data":{"code":"forbidden","message":"Not yours.","where":"room"}})");
    server.say(R"({"name":"error","data":{"code":"moon_phase","message":"Full."}})");
    QTRY_COMPARE(errors.size(), 2);
    QCOMPARE(errors[0].code, ErrorCode::Forbidden);
    QCOMPARE(errors[0].where, QStringLiteral("room"));
    QVERIFY(errors[0].message.contains(u"Not yours."));
    QCOMPARE(errors[1].code, ErrorCode::ProtocolViolation);
}

void RequestsTest::failsRequestsWithTheirSession_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("safeToRepeat");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("lost") << "lost" << false << ErrorCode::ConnectionLost;
    for (const bool safe : {false, true}) {
        const char *const suffix = safe ? ", safe to repeat" : "";
        // It was sent: NotConnected would say that it was not, and may be sent again.
        for (const char *const end : {"disconnected", "stopped", "destroyed"})
            QTest::addRow("%s%s", end, suffix) << end << safe << ErrorCode::ConnectionLost;
    }
}

void RequestsTest::failsRequestsWithTheirSession()
{
    QFETCH(QString, end);
    QFETCH(bool, safeToRepeat);
    QFETCH(ErrorCode, code);
    HandServer server;
    auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
    client->connectToServer();
    QTRY_COMPARE(client->state(), SocketClient::State::Connected);
    const auto future = client->request(
        Acknowledge, incident(QStringLiteral("u")), {.safeToRepeat = safeToRepeat});
    QTRY_COMPARE(server.newestFrames().size(), 1);
    if (end == u"lost") {
        server.sockets.constLast()->abort();
    } else if (end == u"disconnected") {
        client->disconnectFromServer();
        QVERIFY(future.isFinished());
    } else if (end == u"stopped") {
        // Qt's enumeration has none of an application's codes, and takes them all the same.
        // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
        server.sockets.constLast()->close(QWebSocketProtocol::CloseCode(4003));
    } else {
        client.reset();
        QVERIFY(future.isFinished());
    }
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.isCanceled());
    QCOMPARE(future.resultCount(), 1);
    QVERIFY(!future.result().ok);
    QCOMPARE(future.result().error.code, code);
}

void RequestsTest::failsTheRequestThatFindsTheBufferFull()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.outbox.maximumMessages = 1;
    SocketClient client(options);
    const Told told(client);
    client.send(Acknowledge, incident(QStringLiteral("first")));
    const auto future = client.request(Acknowledge, incident(QStringLiteral("second")));
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().error.code, ErrorCode::BufferFull);
    QCOMPARE(told.errors, {}); // its future has told it
}

void RequestsTest::repeatsWhatIsSafeAfterAuthAndJoins()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.setTokenProvider([] {
        QPromise<QString> promise;
        promise.start();
        promise.addResult(QStringLiteral("t"));
        promise.finish();
        return promise.future();
    });
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 2);
    const auto first
        = client.request(Acknowledge, incident(QStringLiteral("first")), {.safeToRepeat = true});
    const auto unsafe = client.request(Acknowledge, incident(QStringLiteral("unsafe")));
    const auto third
        = client.request(Acknowledge, incident(QStringLiteral("third")), {.safeToRepeat = true});
    QTRY_COMPARE(server.newestFrames().size(), 5);
    connect(&client, &SocketClient::disconnected, this,
        [&] { client.send(Acknowledge, incident(QStringLiteral("buffered"))); });
    server.sockets.constLast()->abort();
    QTRY_COMPARE(server.sockets.size(), 2);
    QTRY_COMPARE(server.newestFrames().size(), 5);
    const QStringList frames = server.newestFrames();
    QVERIFY(frames[0].contains(u"\"auth\""));
    QVERIFY(frames[1].contains(u"room.join"));
    QCOMPARE(frames[2], acknowledgement(QStringLiteral("first"), 1));
    QCOMPARE(frames[3], acknowledgement(QStringLiteral("third"), 3));
    QCOMPARE(frames[4], acknowledgement(QStringLiteral("buffered")));
    QVERIFY(unsafe.isFinished());
    QVERIFY(!first.isFinished() && !third.isFinished());
    server.say(reply(3, R"("ok":true)"));
    server.say(reply(1, R"("ok":true)"));
    QTRY_VERIFY(first.isFinished() && third.isFinished());
    QVERIFY(first.result().ok && third.result().ok);
}

void RequestsTest::mayBeDestroyedInAReply()
{
    HandServer server;
    for (const bool answered : {true, false}) {
        auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
        client->connectToServer();
        const qsizetype before = server.sockets.size();
        QTRY_COMPARE(server.sockets.size(), before + 1);
        client->request(Acknowledge, incident(QStringLiteral("u"))).then(this, [&](const Reply &) {
            client.reset();
        });
        const auto other = client->request(Acknowledge, incident(QStringLiteral("v")));
        QTRY_COMPARE(server.newestFrames().size(), 2);
        if (answered)
            server.say(reply(1, R"("ok":true)"));
        else
            client->disconnectFromServer();
        QTRY_VERIFY(!client);
        QVERIFY(other.isFinished());
        QCOMPARE(other.result().error.code, ErrorCode::ConnectionLost);
        QTRY_COMPARE(server.open(), 0);
    }
}

void RequestsTest::answersWhatIsAskedWhileItIsDestroyed()
{
    auto client = std::make_unique<SocketClient>(SocketClientOptions{});
    SocketClient *const raw = client.get();
    QList<ErrorCode> codes;
    client->request(Acknowledge, incident(QStringLiteral("u"))).then([&, raw](const Reply &first) {
        codes.append(first.error.code);
        raw->send(Acknowledge, incident(QStringLiteral("w")));
        raw->request(Acknowledge, incident(QStringLiteral("v"))).then([&](const Reply &second) {
            codes.append(second.error.code);
        });
    });
    client.reset();
    QCOMPARE(codes, (QList<ErrorCode>{ErrorCode::ConnectionLost, ErrorCode::NotConnected}));
}

void RequestsTest::asksTheNextConnectionWhatAHandlerAsks()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QFuture<Reply> inside;
    const auto before = client.request(Acknowledge, incident(QStringLiteral("before")));
    connect(&client, &SocketClient::stateChanged, this, [&](SocketClient::State state) {
        if (state == SocketClient::State::Disconnected)
            inside = client.request(Acknowledge, incident(QStringLiteral("inside")));
    });
    client.disconnectFromServer();
    QVERIFY(before.isFinished());
    QVERIFY(!inside.isFinished());
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("inside"), 2)});
    server.say(reply(2, R"("ok":true)"));
    QTRY_VERIFY(inside.isFinished());
    QVERIFY(inside.result().ok);
}

void RequestsTest::leavesOthersRepliesToTheProgram()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QList<qint64> seen;
    client.on(CommandReply, this,
        [&](const ReplyData &data, const Envelope &) { seen.append(data.requestId); });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    client.sendText(R"({"type":"of.my.own","requestId":77})");
    const auto future = client.request(Acknowledge, incident(QStringLiteral("u")));
    QTRY_COMPARE(server.newestFrames().size(), 2);
    server.say(reply(77, R"("ok":true)"));
    server.say(reply(1, R"("ok":true)"));
    server.say(R"({"name":"reply","data":{"requestId":"one","ok":true}})");
    QTRY_VERIFY(future.isFinished());
    QTRY_COMPARE(client.rejectedMessages(), 1);
    QCOMPARE(seen, QList<qint64>{77});
}

QTEST_GUILESS_MAIN(RequestsTest)
#include "tst_requests.moc"
