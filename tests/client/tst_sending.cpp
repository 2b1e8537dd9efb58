// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const QString room = QStringLiteral("account:acme");

IncidentReference incident(const QString &uuid)
{
    return {.uuid = uuid};
}

QString acknowledgement(const QString &uuid, qint64 requestId = 0)
{
    return QString::fromUtf8(encodeCommand(Acknowledge, incident(uuid), requestId));
}

QByteArray reply(qint64 requestId, const QByteArray &rest)
{
    return R"({"name":"reply","data":{"requestId":)" + QByteArray::number(requestId) + ',' + rest
        + "}}";
}

QByteArray announcement(const QString &id, qint64 size, qint64 sequence = 0)
{
    return encodeMessage(AttachmentAnnounced,
        {id, QStringLiteral("graph.png"), QStringLiteral("image/png"), size},
        timestampFromMilliseconds(1), sequence > 0 ? room : QString(), sequence);
}

/// Collects what a client signals.
struct Told {
    explicit Told(SocketClient &client)
    {
        QObject::connect(&client, &SocketClient::errorOccurred, &context,
            [this](const Error &error) { errors.append(error.code); });
        QObject::connect(&client, &SocketClient::attachmentReceived, &context,
            [this](const Attachment &attachment) { attachments.append(attachment); });
    }
    QObject context;
    QList<ErrorCode> errors;
    QList<Attachment> attachments;
};

} // namespace

class SendingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void buffersWithinItsBounds();
    void letsTheOldestGiveWay();
    void dropsWhatWaitedTooLong();
    void dropsTheBufferWhenDisconnected();
    void sendsNowOrNever();
    void tellsThatTheConnectionWasGoneBeforeTheMessageLeft();
    void answersARequest();
    void answersARequestThatWaitedForTheConnection();
    void passesOnTheServersRefusal();
    void asksNowOrNever();
    void givesUpARequestInTime();
    void neverSendsARequestThatWasGivenUp();
    void failsRequestsWithTheirSession_data();
    void failsRequestsWithTheirSession();
    void failsTheRequestThatFindsTheBufferFull();
    void repeatsWhatIsSafeAfterAuthAndJoins();
    void mayBeDestroyedInAReply();
    void answersWhatIsAskedWhileItIsDestroyed();
    void asksTheNextConnectionWhatAHandlerAsks();
    void leavesOthersRepliesToTheProgram();
    void sendsAnAttachmentInOnePiece();
    void receivesAttachments();
    void dropsBytesThatAreNotAsAnnounced();
    void givesAnAttachmentItsPlaceInTheSequence();
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

void SendingTest::dropsTheBufferWhenDisconnected()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.send(Acknowledge, incident(QStringLiteral("before")));
    client.disconnectFromServer();
    client.send(Acknowledge, incident(QStringLiteral("after")));
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(), QStringList{acknowledgement(QStringLiteral("after"))});
    QCOMPARE(client.unsentMessages(), 0);
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

void SendingTest::answersARequest()
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

void SendingTest::answersARequestThatWaitedForTheConnection()
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

void SendingTest::passesOnTheServersRefusal()
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

void SendingTest::asksNowOrNever()
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

void SendingTest::givesUpARequestInTime()
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

void SendingTest::neverSendsARequestThatWasGivenUp()
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

void SendingTest::failsRequestsWithTheirSession_data()
{
    QTest::addColumn<QString>("end");
    QTest::addColumn<bool>("safeToRepeat");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("lost") << "lost" << false << ErrorCode::ConnectionLost;
    for (const bool safe : {false, true}) {
        const char *const suffix = safe ? ", safe to repeat" : "";
        QTest::addRow("disconnected%s", suffix)
            << "disconnected" << safe << ErrorCode::NotConnected;
        QTest::addRow("stopped%s", suffix) << "stopped" << safe << ErrorCode::NotConnected;
        QTest::addRow("destroyed%s", suffix) << "destroyed" << safe << ErrorCode::NotConnected;
    }
}

void SendingTest::failsRequestsWithTheirSession()
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

void SendingTest::failsTheRequestThatFindsTheBufferFull()
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

void SendingTest::repeatsWhatIsSafeAfterAuthAndJoins()
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

void SendingTest::mayBeDestroyedInAReply()
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
        QCOMPARE(other.result().error.code, ErrorCode::NotConnected);
        QTRY_COMPARE(server.open(), 0);
    }
}

void SendingTest::answersWhatIsAskedWhileItIsDestroyed()
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
    QCOMPARE(codes, (QList<ErrorCode>{ErrorCode::NotConnected, ErrorCode::NotConnected}));
}

void SendingTest::asksTheNextConnectionWhatAHandlerAsks()
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

void SendingTest::leavesOthersRepliesToTheProgram()
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

void SendingTest::sendsAnAttachmentInOnePiece()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const auto sendAll = [&](int from) {
        for (int i = from; i < from + 20; ++i) {
            client.send(Acknowledge, incident(QString::number(i)));
            QVERIFY(client.sendAttachment({.id = QString::number(i),
                .name = QStringLiteral("graph.png"),
                .contentType = QStringLiteral("image/png"),
                .data = QByteArray(i, 'x')}));
        }
    };
    sendAll(0); // buffered
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    sendAll(20); // at once
    QTRY_COMPARE(server.newestFrames().size(), 40 * 3);
    const QStringList frames = server.newestFrames();
    const auto binaries = server.binaries.value(server.sockets.constLast());
    QCOMPARE(binaries.size(), 40);
    for (int i = 0; i < 40; ++i) {
        QCOMPARE(frames[i * 3], acknowledgement(QString::number(i)));
        QCOMPARE(frames[i * 3 + 1],
            QStringLiteral(R"({"type":"attachment","id":"%1","name":"graph.png",)"
                           R"("contentType":"image/png","size":%1})")
                .arg(i));
        QCOMPARE(frames[i * 3 + 2], HandServer::binaryMark);
        QCOMPARE(binaries[i], QByteArray(i, 'x'));
    }
}

void SendingTest::receivesAttachments()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    const QByteArray bytes("\x00\xff\x89PNG", 6);
    server.say(announcement(QStringLiteral("a"), bytes.size()));
    server.say(R"({"name":"between","data":{}})"); // text may stand between the two
    server.sayBytes(bytes);
    server.say(announcement(QStringLiteral("empty"), 0));
    server.sayBytes({});
    QTRY_COMPARE(told.attachments.size(), 2);
    QCOMPARE(told.attachments[0],
        (Attachment{
            QStringLiteral("a"), QStringLiteral("graph.png"), QStringLiteral("image/png"), bytes}));
    QCOMPARE(told.attachments[1].id, QStringLiteral("empty"));
    QCOMPARE(client.rejectedMessages(), 0);
}

void SendingTest::dropsBytesThatAreNotAsAnnounced()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.maximumMessageSize = 1'000;
    SocketClient client(options);
    const Told told(client);
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.sayBytes("never announced");
    QTRY_COMPARE(client.rejectedMessages(), 1);
    server.say(announcement(QStringLiteral("a"), 5));
    server.sayBytes("four");
    QTRY_COMPARE(client.rejectedMessages(), 2);
    server.say(announcement(QStringLiteral("b"), 5));
    server.say(announcement(QStringLiteral("c"), 4));
    server.sayBytes("four");
    QTRY_COMPARE(client.rejectedMessages(), 3);
    server.say(announcement(QStringLiteral("large"), 1'001));
    QTRY_COMPARE(client.rejectedMessages(), 4);
    server.sayBytes("its bytes");
    server.say(R"({"name":"attachment","data":{"id":"d","size":-1}})");
    server.sayBytes("of an announcement that cannot be read");
    QTRY_COMPARE(client.rejectedMessages(), 5);
    server.say(announcement(QStringLiteral("last"), 4));
    server.sayBytes("last");
    QTRY_COMPARE(told.attachments.size(), 2);
    QCOMPARE(told.attachments[0].id, QStringLiteral("c"));
    QCOMPARE(told.attachments[1].id, QStringLiteral("last"));
    QCOMPARE(client.rejectedMessages(), 5);
    QCOMPARE(told.errors,
        (QList<ErrorCode>{ErrorCode::ProtocolViolation, ErrorCode::ProtocolViolation,
            ErrorCode::ProtocolViolation, ErrorCode::TooLarge, ErrorCode::InvalidPayload}));

    // Announced in one session, it is not waited for in the next.
    server.say(announcement(QStringLiteral("lost"), 4));
    server.sockets.constLast()->flush();
    server.sockets.constLast()->close();
    QTRY_COMPARE(server.sockets.size(), 2);
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    server.sayBytes("four");
    QTRY_COMPARE(client.rejectedMessages(), 6);
    QCOMPARE(told.attachments.size(), 2);
}

void SendingTest::givesAnAttachmentItsPlaceInTheSequence()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    const Told told(client);
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 1);
    server.say(encodeMessage(RoomJoined, {room, QStringLiteral("e"), 4, false}, {}, room));
    server.say(encodeMessage(RoomSnapshot, {room, QStringLiteral("e"), 4, {}, 1, 1}, {}, room));
    for (int i = 0; i < 2; ++i) { // once, and once more as a repetition
        server.say(announcement(QStringLiteral("a"), 1, 5));
        server.sayBytes("a");
    }
    server.say(announcement(QStringLiteral("b"), 1, 6));
    server.sayBytes("b");
    QTRY_COMPARE(told.attachments.size(), 2);
    QCOMPARE(told.attachments[1].id, QStringLiteral("b"));
    QCOMPARE(client.roomFreshness(room), RoomFreshness::Live);
    QCOMPARE(client.rejectedMessages(), 0);
    QCOMPARE(server.newestFrames().size(), 1); // nothing was missed, nothing asked for again
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
