// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const QString room = QStringLiteral("account:acme");

SocketClientOptions channelOptions(const QUrl &url)
{
    auto options = fastOptions(url);
    options.dialect = Dialect::TypedChannel;
    return options;
}

} // namespace

class TypedChannelClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void subscribesToItsRoomsAndAgainAfterEachReconnect();
    void deliversTypedMessages();
    void deliversPresence();
    void reportsErrorsAndCountsTheUnknown();
    void sendsCommandsAsMessages();
    void probesWithJson();
    void hasNeitherRepliesNorAttachments();
};

void TypedChannelClientTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void TypedChannelClientTest::subscribesToItsRoomsAndAgainAfterEachReconnect()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    client.setTokenProvider([] {
        QPromise<QString> promise;
        promise.start();
        promise.addResult(QStringLiteral("t"));
        promise.finish();
        return promise.future();
    });
    client.joinRoom(room);
    client.connectToServer();
    const QStringList greeting{QStringLiteral(R"({"type":"auth","token":"t"})"),
        QStringLiteral(R"({"type":"subscribe","channel":"account:acme"})")};
    QTRY_COMPARE(server.newestFrames(), greeting);
    // There is nothing to wait for: such a server answers no joins.
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);
    server.sockets.constLast()->abort();
    QTRY_COMPARE(server.sockets.size(), 2);
    QTRY_COMPARE(server.newestFrames(), greeting);
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);
    client.leaveRoom(room);
    QTRY_COMPARE(server.newestFrames().size(), 3);
    QCOMPARE(server.newestFrames()[2],
        QStringLiteral(R"({"type":"unsubscribe","channel":"account:acme"})"));
}

void TypedChannelClientTest::deliversTypedMessages()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    QStringList seen;
    client.on(IncidentCreated, this, [&](const Incident &incident, const Envelope &envelope) {
        QCOMPARE(envelope.room, room);
        QCOMPARE(toMilliseconds(envelope.timestamp), 7);
        seen.append(incident.uuid);
    });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    QStringList sent;
    for (int i = 0; i < 500; ++i) {
        sent.append(QString::number(i));
        server.say(
            QByteArray(R"({"type":"message","channel":"account:acme","event":"incident.created",)"
                       R"("timestamp":7,"data":{"severity":"info","title":"t","uuid":")")
            + sent.constLast().toUtf8() + "\"}}");
    }
    QTRY_COMPARE(seen, sent);
    server.say(R"({"type":"message","event":"incident.created","data":{"uuid":"no title"}})");
    QTRY_COMPARE(client.rejectedMessages(), 1);
    QCOMPARE(client.unknownMessages(), 0);
}

void TypedChannelClientTest::deliversPresence()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    QStringList present;
    client.on(PresenceChanged, this, [&](const PresenceData &data, const Envelope &envelope) {
        QCOMPARE(data.room, room);
        QCOMPARE(envelope.room, room);
        for (const User &user : data.users)
            present.append(user.id);
    });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(
        R"({"type":"presence","channel":"account:acme","users":[{"id":"1","name":"Ann"},"2"]})");
    QTRY_COMPARE(present, (QStringList{QStringLiteral("1"), QStringLiteral("2")}));
}

void TypedChannelClientTest::reportsErrorsAndCountsTheUnknown()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    QStringList errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error.message); });
    QList<std::pair<QString, QByteArray>> seen;
    client.onAny(this, [&](const Envelope &envelope, const QByteArray &data) {
        seen.append({envelope.name, data});
    });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    const QByteArray subscribed
        = R"({"type":"subscribed","channel":"account:acme","name":"incident.created","data":{}})";
    server.say(subscribed);
    server.say(R"({"type":"pong","timestamp":1706803200000,"server":"a name that makes it long"})");
    server.say(R"({"name":"incident.created","data":{}})"); // of the other dialect
    server.say(R"({"type":"error","code":"full","message":"No room."})");
    QTRY_COMPARE(errors.size(), 2);
    QVERIFY(errors[1].contains(u"full: No room."));
    QCOMPARE(client.rejectedMessages(), 1);
    QCOMPARE(client.unknownMessages(), 1);
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen[0], std::pair(QString(), subscribed));
    QCOMPARE(seen[1].first, QStringLiteral("error"));
}

void TypedChannelClientTest::sendsCommandsAsMessages()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    client.send(Acknowledge, {.uuid = QStringLiteral("u")});
    client.send(
        Comment, {.uuid = QStringLiteral("u"), .text = QStringLiteral("on it")}, {.channel = room});
    client.sendText(R"({"type":"typing"})");
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames(),
        (QStringList{
            QStringLiteral(
                R"({"type":"message","event":"incident.acknowledge","data":{"uuid":"u"}})"),
            QStringLiteral(R"({"type":"message","channel":"account:acme",)"
                           R"("event":"incident.comment","data":{"uuid":"u","text":"on it"}})"),
            QStringLiteral(R"({"type":"typing"})")}));
}

void TypedChannelClientTest::probesWithJson()
{
    HandServer server;
    auto options = channelOptions(server.url());
    options.connection.heartbeatInterval = 20ms;
    SocketClient client(options);
    client.connectToServer();
    QTRY_VERIFY(server.newestFrames().contains(QStringLiteral(R"({"type":"ping"})")));
    server.say(R"({"type":"pong"})");
    QTRY_VERIFY(client.roundTripTime().has_value());
    QCOMPARE(client.unknownMessages(), 0);
}

void TypedChannelClientTest::hasNeitherRepliesNorAttachments()
{
    HandServer server;
    SocketClient client(channelOptions(server.url()));
    const auto future = client.request(Acknowledge, {.uuid = QStringLiteral("u")});
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error.code, ErrorCode::BadConfiguration);
    const auto sent = client.sendAttachment({.data = "x"});
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::BadConfiguration);
    // Words that mean something in the other dialect are the program's own here.
    QStringList names;
    client.onAny(
        this, [&](const Envelope &envelope, const QByteArray &) { names.append(envelope.name); });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(R"({"type":"message","event":"reply","data":{"requestId":1,"ok":true}})");
    server.say(R"({"type":"message","event":"attachment","data":{"file":"x"}})");
    QTRY_COMPARE(names, (QStringList{QStringLiteral("reply"), QStringLiteral("attachment")}));
    QCOMPARE(client.rejectedMessages(), 0);
}

QTEST_GUILESS_MAIN(TypedChannelClientTest)
#include "tst_typedchannel.moc"
