// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "handserver.h"
#include "sent.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

QByteArray announcement(const QString &id, qint64 size, qint64 sequence = 0)
{
    return encodeMessage(AttachmentAnnounced,
        {id, QStringLiteral("graph.png"), QStringLiteral("image/png"), size},
        timestampFromMilliseconds(1), sequence > 0 ? room : QString(), sequence);
}

} // namespace

/// Bytes, as binary frames with a header before them.
class AttachmentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sendsAnAttachmentInOnePiece();
    void receivesAttachments();
    void dropsBytesThatAreNotAsAnnounced();
    void givesAnAttachmentItsPlaceInTheSequence();
};

void AttachmentsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void AttachmentsTest::sendsAnAttachmentInOnePiece()
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

void AttachmentsTest::receivesAttachments()
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

void AttachmentsTest::dropsBytesThatAreNotAsAnnounced()
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

void AttachmentsTest::givesAnAttachmentItsPlaceInTheSequence()
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

QTEST_GUILESS_MAIN(AttachmentsTest)
#include "tst_attachments.moc"
