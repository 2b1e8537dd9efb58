// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// A link on which one message takes longer than the answer to a heartbeat may.
#include "client/socketclient.h"
#include "hostileserver.h"
#include "protocol/messages.h"

#include <QTest>
#include <QTimer>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const QString room = QStringLiteral("account:acme");

const QString epoch = QStringLiteral("e");
const Timestamp sentAt = timestampFromMilliseconds(1);

} // namespace

class SlowLinkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsTheConnectionWhileAMessageKeepsComing();
};

void SlowLinkTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void SlowLinkTest::keepsTheConnectionWhileAMessageKeepsComing()
{
    HostileServer server([](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.send(wire::text(encodeMessage(RoomJoined,
            {.room = room, .epoch = epoch, .seq = 0, .recovered = false}, sentAt, room)));
        peer.send(
            wire::text(encodeMessage(RoomSnapshot, {room, epoch, 0, {}, 1, 1}, sentAt, room)));
    });
    SocketClientOptions options{.url = server.url()};
    options.connection.heartbeatInterval = 50ms;
    options.connection.heartbeatTimeout = 500ms;
    SocketClient client(options);
    QList<RoomFreshness> freshness;
    connect(&client, &SocketClient::roomFreshnessChanged, this,
        [&](const QString &, RoomFreshness now) { freshness.append(now); });
    QList<int> ends;
    connect(&client, &SocketClient::disconnected, this, [&](int code) { ends.append(code); });
    int delivered = 0;
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        ++delivered;
        QVERIFY2(ends.isEmpty(), "the connection was given up meanwhile");
    });
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);

    // Longer than the heartbeat and the wait for its answer, which is behind it, together.
    QByteArray rest = wire::text(encodeMessage(IncidentCreated,
        {.uuid = QStringLiteral("u"), .title = QString(100'000, u'x'), .severity = Severity::Info},
        sentAt, room, 1));
    QTimer link;
    link.setInterval(20ms);
    connect(&link, &QTimer::timeout, this, [&] {
        server.peers.constLast()->send(rest.left(1'000));
        rest.remove(0, 1'000);
        if (rest.isEmpty())
            link.stop();
    });
    link.start();
    // Alive, but what is shown may be out of date by now; and it is current with the message.
    QTRY_COMPARE(delivered, 1);
    QTRY_VERIFY(freshness.size() >= 4);
    QCOMPARE(freshness.first(4),
        (QList<RoomFreshness>{RoomFreshness::Recovering, RoomFreshness::Live, RoomFreshness::Stale,
            RoomFreshness::Live}));
    QCOMPARE(server.upgrades(), 1);
}

QTEST_GUILESS_MAIN(SlowLinkTest)
#include "tst_slowlink.moc"
