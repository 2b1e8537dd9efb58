// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QTest>

using namespace tocsin;

/// What a client makes of the lists that it is sent for its rooms.
class RoomListsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void asksForAListWithAnUnreadablePartInAWhile();
};

void RoomListsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void RoomListsTest::asksForAListWithAnUnreadablePartInAWhile()
{
    const QString room = QStringLiteral("account:acme");
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    // Of what nobody listens to only the header is read.
    client.on(RoomSnapshot, this, [](const RoomSnapshotData &, const Envelope &) { });
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 1);
    server.say(R"({"name":"room.joined",)"
               R"("data":{"room":"account:acme","epoch":"e","seq":1,"recovered":false}})");
    server.say(R"({"name":"room.snapshot","data":{"room":"account:acme","epoch":"e","seq":1,)"
               R"("incidents":[{"uuid":7}],"part":1,"parts":2}})");
    server.say(R"({"name":"room.snapshot","data":{"room":"account:acme","epoch":"e","seq":1,)"
               R"("incidents":[],"part":2,"parts":2}})");
    server.say(R"({"name":"nobody.knows","data":{}})");
    QTRY_COMPARE(client.unknownMessages(), 1);
    QCOMPARE(client.rejectedMessages(), 1);
    // Not at once: the same list would be sent again, as fast as the link is.
    client.sendText("next");
    QTRY_COMPARE(server.newestFrames().value(1), QStringLiteral("next"));
    QCOMPARE(client.roomFreshness(room), RoomFreshness::Recovering);
}

QTEST_GUILESS_MAIN(RoomListsTest)
#include "tst_roomlists.moc"
