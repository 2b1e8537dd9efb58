// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <future>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {
const QString room = defaultRoom.toString();
}

/// Sessions of an embedded gateway without tokens: rooms, recovery, commands, bounds.
class SessionTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void answersHeartbeatsOfEveryFlavour();
    void tellsWhatIsThereThenWhatHappens();
    void recoversExactlyWhatWasMissed();
    void sendsASnapshotWhereHistoryIsGone_data();
    void sendsASnapshotWhereHistoryIsGone();
    void losesAndDoublesNothingBetweenSnapshotAndLive();
    void splitsALargeSnapshot();
    void doesNotDropAReaderInAStorm();
    void stopsTellingWhoLeft();
    void carriesOutCommandsOnce();
    void saysWhatIsWrongWithACommand_data();
    void saysWhatIsWrongWithACommand();
    void tellsTheHeadsOfRooms();
    void isInAThousandRooms();
    void givesUpASilentPeer();
    void saysGoodbyeWhenItStops();
    void forgetsADemonstration();

private:
    void fire(const QString &key, const QString &status = u"firing"_s)
    {
        QCOMPARE(
            post(m_gateway->httpUrl(), u"/ingest/incident"_s, nativeReport(key, status)).status,
            200);
    }
    static IncidentReport report(const QString &key, const QString &source = u"s"_s)
    {
        return {.source = source,
            .fingerprint = key,
            .title = u"Title of "_s + key,
            .startsAt = Timestamp(1s)};
    }
};

void SessionTest::answersHeartbeatsOfEveryFlavour()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send(u"2"_s));
    QTRY_COMPARE(peer.plain, QStringList{u"3"_s});
    QVERIFY(peer.send(u"{\"type\":\"heartbeat\"}"_s));
    QTRY_COMPARE(peer.plain.size(), 2);
    QVERIFY(peer.send(u"{ \"type\": \"ping\" }"_s));
    QVERIFY(peer.waitForMessages(1));
    QCOMPARE(peer.messages.first(), (QJsonObject{{u"type"_s, u"pong"_s}}));
    bool ponged = false;
    connect(&peer.socket, &QWebSocket::pong, &peer, [&] { ponged = true; });
    peer.socket.ping();
    QTRY_VERIFY(ponged);
}

void SessionTest::tellsWhatIsThereThenWhatHappens()
{
    start();
    fire(u"a"_s);
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, u"auth"_s}, {u"token"_s, u"any"_s}}));
    QVERIFY(peer.join(room));
    QVERIFY(peer.waitForMessages(3));
    QCOMPARE(peer.messages[0].value(u"name"_s), u"auth.ok"_s);
    QCOMPARE(peer.messages[0][u"data"_s][u"user"_s][u"role"_s].toString(), u"admin"_s);
    QCOMPARE(peer.messages[1].value(u"name"_s), u"room.joined"_s);
    QCOMPARE(peer.messages[1].value(u"room"_s), room);
    QCOMPARE(peer.messages[1][u"data"_s][u"seq"_s].toInt(), 1);
    QCOMPARE(peer.messages[1][u"data"_s][u"recovered"_s].toBool(true), false);
    QCOMPARE(peer.messages[2].value(u"name"_s), u"room.snapshot"_s);
    QVERIFY(!peer.messages[2].contains(u"seq"_s));
    QCOMPARE(peer.messages[2][u"data"_s][u"incidents"_s].toArray().size(), 1);

    fire(u"b"_s);
    fire(u"b"_s);
    fire(u"b"_s, u"resolved"_s);
    QVERIFY(peer.waitForMessages(6));
    const QStringList names{u"incident.created"_s, u"incident.updated"_s, u"incident.resolved"_s};
    for (int i = 0; i < 3; ++i) {
        const QJsonObject &message = peer.messages[3 + i];
        QCOMPARE(message.value(u"name"_s).toString(), names[i]);
        QCOMPARE(message.value(u"seq"_s).toInt(), 2 + i);
        QCOMPARE(message.value(u"room"_s).toString(), room);
        QVERIFY(message.value(u"timestamp"_s).toDouble() > 0);
        if (i < 2)
            QCOMPARE(message[u"data"_s][u"count"_s].toInt(), i + 1);
        QCOMPARE(message[u"data"_s][u"version"_s].toInt(), i + 1);
    }
}

void SessionTest::recoversExactlyWhatWasMissed()
{
    start();
    for (int i = 0; i < 5; ++i)
        fire(QString::number(i));
    Peer first(m_gateway->webSocketUrl());
    QVERIFY(first.join(room));
    const QString epoch = first.takeData(u"room.joined"_s).value(u"epoch"_s).toString();

    for (const int since : {2, 5, 0}) {
        Peer peer(m_gateway->webSocketUrl());
        QVERIFY(peer.send({{u"type"_s, u"room.join"_s}, {u"room"_s, room},
            {u"since"_s, QJsonObject{{u"epoch"_s, epoch}, {u"seq"_s, since}}}}));
        QVERIFY(peer.send(u"2"_s));
        QVERIFY(peer.waitForMessages(6 - since));
        QCOMPARE(peer.messages[0].value(u"name"_s), u"room.joined"_s);
        QCOMPARE(peer.messages[0][u"data"_s][u"recovered"_s].toBool(), true);
        for (int i = since + 1; i <= 5; ++i)
            QCOMPARE(peer.messages[i - since].value(u"seq"_s).toInt(), i);
    }
}

void SessionTest::sendsASnapshotWhereHistoryIsGone_data()
{
    QTest::addColumn<bool>("isOurEpoch");
    QTest::addColumn<int>("since");
    QTest::newRow("another epoch") << false << 40;
    QTest::newRow("trimmed") << true << 1;
    QTest::newRow("beyond the head") << true << 41;
}

void SessionTest::sendsASnapshotWhereHistoryIsGone()
{
    QFETCH(bool, isOurEpoch);
    QFETCH(int, since);
    start({.historyLength = 10});
    for (int i = 0; i < 40; ++i)
        QVERIFY(m_gateway->ingest({report(QString::number(i))}).result());
    Peer first(m_gateway->webSocketUrl());
    QVERIFY(first.join(room));
    const QString epoch = first.takeData(u"room.joined"_s).value(u"epoch"_s).toString();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, u"room.join"_s}, {u"room"_s, room},
        {u"since"_s,
            QJsonObject{{u"epoch"_s, isOurEpoch ? epoch : u"old"_s}, {u"seq"_s, since}}}}));
    QVERIFY(peer.waitForMessages(2));
    QCOMPARE(peer.messages[0][u"data"_s][u"recovered"_s].toBool(true), false);
    QCOMPARE(peer.messages[0][u"data"_s][u"seq"_s].toInt(), 40);
    QCOMPARE(peer.messages[1][u"data"_s][u"incidents"_s].toArray().size(), 40);
}

void SessionTest::losesAndDoublesNothingBetweenSnapshotAndLive()
{
    start();
    QList<QFuture<Expected<int>>> posts;
    std::vector<std::unique_ptr<Peer>> peers;
    constexpr int reports = 600;
    for (int i = 0; i < reports; ++i) {
        posts.append(m_gateway->ingest({report(QString::number(i))}));
        if (i % 50 == 0) {
            peers.push_back(std::make_unique<Peer>(m_gateway->webSocketUrl()));
            QVERIFY(peers.back()->join(room));
        }
    }
    for (auto &done : posts)
        QVERIFY(done.result());
    for (const auto &peer : peers) {
        const auto last = [&] { return peer->messages.last().value(u"seq"_s).toInt(); };
        const auto data
            = [&](qsizetype i) { return peer->messages[i].value(u"data"_s).toObject(); };
        QVERIFY(peer->waitUntil([&] {
            return peer->messages.size() >= 2
                && peer->messages.size() > data(1).value(u"parts"_s).toInt()
                && (last() == reports || data(0).value(u"seq"_s).toInt() == reports);
        }));
        int seq = data(0).value(u"seq"_s).toInt();
        const int parts = data(1).value(u"parts"_s).toInt();
        qsizetype listed = 0;
        for (qsizetype i = 1; i <= parts; ++i)
            listed += data(i).value(u"incidents"_s).toArray().size();
        QCOMPARE(listed, seq);
        for (qsizetype i = parts + 1; i < peer->messages.size(); ++i)
            QCOMPARE(peer->messages[i].value(u"seq"_s).toInt(), ++seq);
        QCOMPARE(seq, reports);
    }
}

void SessionTest::splitsALargeSnapshot()
{
    start();
    QList<IncidentReport> reports;
    for (int i = 0; i < 3000; ++i) {
        reports.append(report(QString::number(i)));
        reports.last().annotations.insert(u"d"_s, QString(400, u'é'));
        reports.last().monitor = MonitorStatus{.monitorUuid = u"m%1"_s.arg(i),
            .name = QString(100, u'é'),
            .status = MonitorState::Down,
            .changedAt = reports.last().startsAt};
    }
    QCOMPARE(m_gateway->ingest(reports).result(), 3000);
    Peer peer(m_gateway->webSocketUrl());
    qsizetype longest = 0;
    connect(&peer.socket, &QWebSocket::textMessageReceived, &peer,
        [&](const QString &text) { longest = std::max(longest, text.toUtf8().size()); });
    QVERIFY(peer.join(room));
    QVERIFY(peer.waitForMessages(2));
    const int parts = peer.messages[1][u"data"_s][u"parts"_s].toInt();
    QVERIFY(parts >= 5);
    QVERIFY(peer.waitForMessages(1 + parts));
    QSet<QString> uuids;
    QSet<QString> monitors;
    for (int i = 1; i <= parts; ++i) {
        QCOMPARE(peer.messages[i][u"data"_s][u"part"_s].toInt(), i);
        for (const QJsonValue &incident : peer.messages[i][u"data"_s][u"incidents"_s].toArray())
            uuids.insert(incident[u"uuid"_s].toString());
        for (const QJsonValue &monitor : peer.messages[i][u"data"_s][u"monitors"_s].toArray())
            monitors.insert(monitor[u"monitorUuid"_s].toString());
    }
    QCOMPARE(uuids.size(), 3000);
    QCOMPARE(monitors.size(), 3000);
    // A client that sees whole messages only must see some, on a slow link too.
    QVERIFY2(longest <= 64 * 1024, qPrintable(QString::number(longest)));
}

void SessionTest::doesNotDropAReaderInAStorm()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    QVERIFY(peer.waitForMessages(2));
    QList<IncidentReport> reports;
    for (int i = 0; i < 20'000; ++i) {
        reports.append(report(QString::number(i)));
        reports.last().annotations.insert(u"d"_s, QString(500, u'x'));
    }
    const auto done = m_gateway->ingest(reports); // 15 MB of events: nearly twice the queue
    QTRY_VERIFY_WITH_TIMEOUT(peer.isClosed || peer.messages.size() == 20'002, 60'000);
    QVERIFY2(!peer.isClosed, qPrintable(peer.socket.closeReason()));
    QCOMPARE(peer.messages.last().value(u"seq"_s).toInt(), 20'000);
    QCOMPARE(done.result(), 20'000);
}

void SessionTest::stopsTellingWhoLeft()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    QVERIFY(peer.send({{u"type"_s, u"room.leave"_s}, {u"room"_s, room}, {u"requestId"_s, 1}}));
    QVERIFY(!peer.take(u"reply"_s).isEmpty());
    const auto before = peer.messages.size();
    fire(u"a"_s);
    QVERIFY(peer.join(u"another"_s));
    QVERIFY(peer.waitForMessages(before + 2));
    QCOMPARE(peer.messages[before].value(u"name"_s), u"room.joined"_s);
    QCOMPARE(peer.messages[before].value(u"room"_s), u"another"_s);
}

void SessionTest::carriesOutCommandsOnce()
{
    start();
    fire(u"a"_s);
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    const QString uuid = peer.takeData(u"room.snapshot"_s)
                             .value(u"incidents"_s)
                             .toArray()
                             .first()[u"uuid"_s]
                             .toString();
    const auto command = [&](const QString &type, int requestId) {
        return peer.send({{u"type"_s, type}, {u"uuid"_s, uuid}, {u"requestId"_s, requestId}});
    };
    QVERIFY(command(u"incident.acknowledge"_s, 7));
    const QJsonObject acknowledged = peer.takeData(u"incident.updated"_s);
    QCOMPARE(acknowledged.value(u"status"_s), u"acknowledged"_s);
    QCOMPARE(acknowledged.value(u"acknowledgedBy"_s), u"local"_s);
    const QJsonObject reply = peer.takeData(u"reply"_s);
    QCOMPARE(reply.value(u"requestId"_s).toInt(), 7);
    QCOMPARE(reply.value(u"ok"_s).toBool(), true);
    QCOMPARE(reply[u"result"_s][u"version"_s].toInt(), 2);

    QVERIFY(command(u"incident.unacknowledge"_s, 8));
    QCOMPARE(peer.takeData(u"incident.updated"_s).value(u"status"_s), u"open"_s);
    // The first again: answered from memory, and not carried out.
    QVERIFY(command(u"incident.acknowledge"_s, 7));
    QCOMPARE(peer.takeData(u"reply"_s).value(u"requestId"_s).toInt(), 8);
    QCOMPARE(peer.takeData(u"reply"_s), reply);
    QVERIFY(command(u"incident.resolve"_s, 9));
    const QJsonObject end = peer.takeData(u"incident.resolved"_s);
    QCOMPARE(end.value(u"uuid"_s), uuid);
    QCOMPARE(end.value(u"resolvedBy"_s), u"local"_s);
    QCOMPARE(end.value(u"version"_s).toInt(), 4);
    QCOMPARE(peer.takeData(u"reply"_s).value(u"ok"_s).toBool(), true);
    QVERIFY(command(u"incident.acknowledge"_s, 10));
    QCOMPARE(peer.takeData(u"reply"_s)[u"error"_s][u"code"_s].toString(), u"conflict"_s);
}

void SessionTest::saysWhatIsWrongWithACommand_data()
{
    QTest::addColumn<QString>("frame");
    QTest::addColumn<QString>("code");
    QTest::newRow("no JSON") << u"hello"_s << u"invalid_json"_s;
    QTest::newRow("no type") << u"{}"_s << u"invalid_payload"_s;
    QTest::newRow("type of another type") << u"{\"type\":5}"_s << u"invalid_payload"_s;
    QTest::newRow("unknown") << u"{\"type\":\"room.paint\"}"_s << u"unknown_type"_s;
    QTest::newRow("no room") << u"{\"type\":\"room.join\"}"_s << u"invalid_payload"_s;
    QTest::newRow("empty room") << u"{\"type\":\"room.join\",\"room\":\"\"}"_s
                                << u"invalid_payload"_s;
    QTest::newRow("bad since") << u"{\"type\":\"room.join\",\"room\":\"r\",\"since\":{\"seq\":1}}"_s
                               << u"invalid_payload"_s;
    QTest::newRow("no incident") << u"{\"type\":\"incident.resolve\",\"uuid\":\"x\"}"_s
                                 << u"not_found"_s;
    QTest::newRow("no uuid") << u"{\"type\":\"incident.resolve\"}"_s << u"invalid_payload"_s;
}

void SessionTest::saysWhatIsWrongWithACommand()
{
    QFETCH(QString, frame);
    start();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send(frame));
    const QJsonObject error = peer.takeData(u"error"_s);
    QTEST(error.value(u"code"_s).toString(), "code");
    QVERIFY(!error.value(u"message"_s).toString().isEmpty());
    // The session goes on, and with a requestId the same comes as a reply.
    if (frame.startsWith(u"{\"type\":\""_s)) {
        QVERIFY(peer.send(frame.chopped(1) + u",\"requestId\":3}"_s));
        const QJsonObject reply = peer.takeData(u"reply"_s);
        QCOMPARE(reply.value(u"ok"_s).toBool(true), false);
        QTEST(reply[u"error"_s][u"code"_s].toString(), "code");
    }
    QVERIFY(peer.send(u"2"_s));
    QTRY_COMPARE(peer.plain.size(), 1);
}

void SessionTest::tellsTheHeadsOfRooms()
{
    start({.heartbeatInterval = 50ms});
    fire(u"a"_s);
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    QVERIFY(peer.join(u"quiet"_s));
    QVERIFY(peer.waitUntil([&] {
        const auto heads = peer.takeData(u"room.heads"_s).value(u"heads"_s).toObject();
        return heads == QJsonObject{{room, 1}, {u"quiet"_s, 0}};
    }));
}

void SessionTest::isInAThousandRooms()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    constexpr int most = 1000;
    for (int i = 0; i < most; ++i)
        QVERIFY(peer.join(QString::number(i)));
    // Of each: that it is in, and its list.
    QVERIFY(peer.waitForMessages(2 * most));
    QVERIFY(peer.send({{u"type"_s, u"room.join"_s}, {u"room"_s, u"more"_s}, {u"requestId"_s, 1}}));
    QCOMPARE(peer.takeData(u"reply"_s)[u"error"_s][u"code"_s].toString(), u"rate_limited"_s);
    peer.messages.clear();
    // A snapshot of one of them.
    QVERIFY(peer.join(u"0"_s));
    QCOMPARE(peer.take(u"room.joined"_s).value(u"room"_s).toString(), u"0"_s);
}

void SessionTest::givesUpASilentPeer()
{
    start({.silenceTimeout = 400ms});
    QTcpSocket silent;
    silent.connectToHost(u"127.0.0.1"_s, m_gateway->port());
    silent.write(
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QByteArray received;
    QTRY_VERIFY_WITH_TIMEOUT(
        (received += silent.readAll(), silent.state() == QAbstractSocket::UnconnectedState),
        patience);
    received += silent.readAll();
    QVERIFY(received.contains("101 Switching Protocols"));
    QVERIFY(received.contains(QByteArray("\x89\x00", 2))); // it was pinged
}

void SessionTest::saysGoodbyeWhenItStops()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    QVERIFY(peer.waitForMessages(2));
    const auto stopped = std::async(std::launch::async, [this] { m_gateway.reset(); });
    QVERIFY(peer.waitForClose(1001));
    QTRY_VERIFY_WITH_TIMEOUT(
        stopped.wait_for(std::chrono::seconds(0)) == std::future_status::ready, patience);
}

void SessionTest::forgetsADemonstration()
{
    start();
    fire(u"real"_s);
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    const QString epoch = peer.takeData(u"room.joined"_s).value(u"epoch"_s).toString();
    QCOMPARE(m_gateway->ingest({report(u"a"_s, u"demo"_s), report(u"b"_s, u"demo"_s)}).result(), 2);
    QVERIFY(!peer.take(u"incident.created"_s).isEmpty());
    QVERIFY(!peer.take(u"incident.created"_s).isEmpty());
    QCOMPARE(m_gateway->forgetSource(u"demo"_s).result(), 2);
    QCOMPARE(peer.take(u"incident.resolved"_s).value(u"seq"_s).toInt(), 4);
    QCOMPARE(peer.take(u"incident.resolved"_s).value(u"seq"_s).toInt(), 5);

    // Who was away meanwhile gets a list in which they are not, and no history of them.
    Peer back(m_gateway->webSocketUrl());
    QVERIFY(back.send({{u"type"_s, u"room.join"_s}, {u"room"_s, room},
        {u"since"_s, QJsonObject{{u"epoch"_s, epoch}, {u"seq"_s, 2}}}}));
    QVERIFY(back.waitForMessages(2));
    QCOMPARE(back.messages[0][u"data"_s][u"recovered"_s].toBool(true), false);
    QCOMPARE(back.messages[1][u"data"_s][u"incidents"_s].toArray().size(), 1);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
