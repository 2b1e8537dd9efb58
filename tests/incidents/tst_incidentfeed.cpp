// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "incidents/connectionmodel.h"
#include "incidents/incidentfeed.h"
#include "incidents/incidentstore.h"
#include "protocol/messages.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace tocsin;
using namespace std::chrono_literals;
using Status = ConnectionModel::Status;

namespace {
const QString room = QStringLiteral("account:acme");
}

class IncidentFeedTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsASnapshotOnlyWhenItIsWhole();
    void followsChanges();
    void isNoNewerForEachChange();
    void keepsTheListWhenTheConnectionIsLost();
    void believesARestoredServerInAllRooms();
    void forgetsARoomThatIsLeft();
    void takesNothingThatWasOnItsWayWhenARoomWasLeft();
    void leavesRoomsOfOtherHistoriesAlone();
    void tellsWhetherWhatIsShownIsCurrent();
    void countsDownToTheNextAttempt();
    void saysWhenNotAuthorised();
    void saysSinceWhenItHearsOfThingsWhereThereIsNoList();

private:
    void start(
        const ConnectionOptions &options = {.reconnectDelay = 10ms, .maxReconnectDelay = 20ms});
    void say(const QByteArray &frame) { m_peer->sendTextMessage(QString::fromUtf8(frame)); }
    void sayJoined(qint64 sequence)
    {
        say(encodeMessage(RoomJoined, {room, QStringLiteral("e"), sequence, false}, {}, room));
    }
    void saySnapshot(const QStringList &uuids, int part = 1, int parts = 1)
    {
        RoomSnapshotData data{room, QStringLiteral("e"), 4, {}, part, parts};
        for (const QString &uuid : uuids)
            data.incidents.append({.uuid = uuid, .title = uuid, .severity = Severity::Critical});
        say(encodeMessage(RoomSnapshot, data, timestampFromMilliseconds(77), room));
    }
    [[nodiscard]] QVariant cell(int role) const { return m_connections->index(0).data(role); }

    std::unique_ptr<QWebSocketServer> m_server;
    QWebSocket *m_peer = nullptr;
    QStringList m_frames;
    std::unique_ptr<SocketClient> m_client;
    std::unique_ptr<IncidentStore> m_store;
    std::unique_ptr<IncidentFeed> m_feed;
    std::unique_ptr<ConnectionModel> m_connections;
};

void IncidentFeedTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void IncidentFeedTest::cleanup()
{
    m_connections.reset();
    m_feed.reset();
    m_store.reset();
    m_client.reset();
    m_server.reset();
}

void IncidentFeedTest::start(const ConnectionOptions &options)
{
    m_frames.clear();
    m_peer = nullptr;
    m_server
        = std::make_unique<QWebSocketServer>(QStringLiteral("s"), QWebSocketServer::NonSecureMode);
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    connect(m_server.get(), &QWebSocketServer::newConnection, this, [this] {
        m_peer = m_server->nextPendingConnection();
        m_peer->setParent(m_server.get());
        connect(m_peer, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { m_frames.append(text); });
    });
    m_client = std::make_unique<SocketClient>(
        SocketClientOptions{.url = m_server->serverUrl(), .connection = options});
    m_client->joinRoom(room);
    m_store = std::make_unique<IncidentStore>();
    m_feed = std::make_unique<IncidentFeed>(*m_client, *m_store);
    m_connections = std::make_unique<ConnectionModel>();
    new QAbstractItemModelTester(m_connections.get(), m_connections.get());
    m_connections->addClient(*m_client);
    QCOMPARE(m_connections->status(), Status::Offline);
    m_client->connectToServer();
    QTRY_COMPARE(m_frames.size(), 1);
}

void IncidentFeedTest::showsASnapshotOnlyWhenItIsWhole()
{
    start();
    sayJoined(4);
    saySnapshot({QStringLiteral("a")}, 1, 2);
    QTRY_COMPARE(m_client->roomFreshness(room), RoomFreshness::Recovering);
    m_peer->abort(); // half of it never comes
    QTRY_COMPARE(m_frames.size(), 2);
    QCOMPARE(m_store->size(), 0);
    sayJoined(4);
    saySnapshot({QStringLiteral("b")}, 1, 2);
    saySnapshot({QStringLiteral("c")}, 2, 2);
    QTRY_COMPARE(m_store->size(), 2);
    QVERIFY(!m_store->find(QStringLiteral("a")));
    // Without a time of its own it began when we were told.
    QCOMPARE(m_store->find(QStringLiteral("b"))->createdAt, timestampFromMilliseconds(77));
}

void IncidentFeedTest::followsChanges()
{
    start();
    sayJoined(4);
    saySnapshot({QStringLiteral("a")});
    const Incident created{
        .uuid = QStringLiteral("n"), .title = QStringLiteral("n"), .severity = Severity::Info};
    say(encodeMessage(IncidentCreated, created, timestampFromMilliseconds(5), room, 5));
    QTRY_COMPARE(m_store->size(), 2);
    Incident updated = created;
    updated.version = 2;
    updated.title = QStringLiteral("worse");
    say(encodeMessage(IncidentUpdated, updated, timestampFromMilliseconds(6), room, 6));
    QTRY_COMPARE(m_store->find(QStringLiteral("n"))->title, QStringLiteral("worse"));
    say(encodeMessage(IncidentResolved, {.uuid = QStringLiteral("n"), .version = 3},
        timestampFromMilliseconds(7), room, 7));
    QTRY_COMPARE(m_store->size(), 1);
}

// Of a server that leaves out when an incident began.
void IncidentFeedTest::isNoNewerForEachChange()
{
    start();
    const QString uuid = QStringLiteral("a");
    const auto began = [&] {
        const Incident *const incident = m_store->find(uuid);
        return incident && incident->createdAt ? toMilliseconds(*incident->createdAt) : -1;
    };
    sayJoined(4);
    saySnapshot({uuid}); // as of 77
    QTRY_COMPARE(began(), 77);
    Incident incident{.uuid = uuid, .title = uuid, .severity = Severity::Critical, .version = 2};
    incident.status = IncidentStatus::Acknowledged;
    say(encodeMessage(IncidentUpdated, incident, timestampFromMilliseconds(5'000), room, 5));
    QTRY_COMPARE(m_store->find(uuid)->status, IncidentStatus::Acknowledged);
    QCOMPARE(began(), 77);
    incident.version = 3;
    incident.title = QStringLiteral("told again");
    say(encodeMessage(IncidentCreated, incident, timestampFromMilliseconds(6'000), room, 6));
    QTRY_COMPARE(m_store->find(uuid)->title, incident.title);
    QCOMPARE(began(), 77);

    m_peer->abort();
    QTRY_COMPARE(m_frames.size(), 2);
    sayJoined(6);
    RoomSnapshotData list{room, QStringLiteral("e"), 6, {}, 1, 1};
    incident.title = QStringLiteral("in a list");
    list.incidents = {incident};
    say(encodeMessage(RoomSnapshot, list, timestampFromMilliseconds(9'000), room));
    QTRY_COMPARE(m_store->find(uuid)->title, incident.title);
    QCOMPARE(began(), 77);

    // Said, it counts; and what is over begins anew.
    incident.version = 4;
    incident.createdAt = timestampFromMilliseconds(50);
    say(encodeMessage(IncidentUpdated, incident, timestampFromMilliseconds(10'000), room, 7));
    QTRY_COMPARE(began(), 50);
    say(encodeMessage(IncidentResolved, {.uuid = uuid, .version = 5},
        timestampFromMilliseconds(11'000), room, 8));
    incident.version = 6;
    incident.createdAt.reset();
    say(encodeMessage(IncidentCreated, incident, timestampFromMilliseconds(12'000), room, 9));
    QTRY_COMPARE(began(), 12'000);
}

void IncidentFeedTest::keepsTheListWhenTheConnectionIsLost()
{
    start();
    sayJoined(4);
    saySnapshot({QStringLiteral("a")});
    QTRY_VERIFY(m_connections->isLive());
    m_server->close();
    m_peer->abort();
    QTRY_COMPARE(m_connections->status(), Status::Reconnecting);
    QCOMPARE(m_store->size(), 1);
    QVERIFY(cell(ConnectionModel::LastLiveRole).toDateTime().isValid());
}

// An incident of two rooms, each of which has its version from before: the first snapshot of the
// other history must not lose to the second room's memory.
void IncidentFeedTest::believesARestoredServerInAllRooms()
{
    start();
    const QString other = QStringLiteral("account:other");
    m_client->joinRoom(other);
    const auto tell = [&](const QString &epoch, qint64 version) {
        for (const QString &name : {QString(room), other}) {
            say(encodeMessage(RoomJoined, {name, epoch, 4, false}, {}, name));
            RoomSnapshotData data{name, epoch, 4, {}, 1, 1};
            data.incidents.append({.uuid = QStringLiteral("x"),
                .title = QStringLiteral("v%1").arg(version),
                .severity = Severity::Critical,
                .version = version});
            say(encodeMessage(RoomSnapshot, data, timestampFromMilliseconds(77), name));
        }
    };
    QTRY_COMPARE(m_frames.size(), 2);
    tell(QStringLiteral("e"), 9);
    QTRY_VERIFY(m_connections->isLive());
    QCOMPARE(m_store->find(QStringLiteral("x"))->version, 9);
    m_peer->abort();
    QTRY_COMPARE(m_frames.size(), 4);
    tell(QStringLiteral("restored"), 4);
    QTRY_VERIFY(m_connections->isLive());
    QCOMPARE(m_store->find(QStringLiteral("x"))->title, QStringLiteral("v4"));
    QVERIFY(!m_store->isPresumed(QStringLiteral("x")));
}

void IncidentFeedTest::forgetsARoomThatIsLeft()
{
    start();
    sayJoined(4);
    saySnapshot({QStringLiteral("a")});
    QTRY_COMPARE(m_store->size(), 1);
    m_client->leaveRoom(room);
    QCOMPARE(m_store->size(), 0);
    QVERIFY(!m_connections->isLive());
}

// Judged by the other thread while the room was still one of its own, and handled only now.
void IncidentFeedTest::takesNothingThatWasOnItsWayWhenARoomWasLeft()
{
    start();
    sayJoined(4);
    saySnapshot({QStringLiteral("a")});
    QTRY_COMPARE(m_store->size(), 1);
    int heard = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &) {
        if (++heard == 1)
            m_client->leaveRoom(room); // with all the others behind it
    });
    for (int i = 5; i < 105; ++i) {
        say(encodeMessage(IncidentUpdated,
            {.uuid = QString::number(i), .title = QStringLiteral("t"), .version = 2}, {}, room, i));
    }
    QTRY_COMPARE(heard, 1);
    // Comes behind all of them.
    QSignalSpy unknown(m_client.get(), &SocketClient::unknownMessagesChanged);
    say(R"({"name":"something.else","data":{}})");
    QTRY_COMPARE(unknown.size(), 1);
    QCOMPARE(heard, 1);
    QCOMPARE(m_store->size(), 0);
    QVERIFY(m_client->roomFreshness(room) != RoomFreshness::Live);
}

void IncidentFeedTest::leavesRoomsOfOtherHistoriesAlone()
{
    start();
    const QString other = QStringLiteral("account:other");
    m_client->joinRoom(other);
    const auto list = [&](const QString &of, const QString &epoch, const QString &uuid) {
        say(encodeMessage(RoomJoined, {of, epoch, 1, false}, {}, of));
        RoomSnapshotData data{of, epoch, 1, {}, 1, 1};
        data.incidents.append({.uuid = uuid, .title = uuid, .severity = Severity::Critical});
        say(encodeMessage(RoomSnapshot, data, timestampFromMilliseconds(77), of));
    };
    QTRY_COMPARE(m_frames.size(), 2);
    list(room, QStringLiteral("one"), QStringLiteral("a"));
    list(other, QStringLiteral("two"), QStringLiteral("b"));
    QTRY_COMPARE(m_store->size(), 2);
    QVERIFY(!m_store->isPresumed(QStringLiteral("a")));
    m_store->dropPresumed();
    QCOMPARE(m_store->size(), 2);
}

void IncidentFeedTest::tellsWhetherWhatIsShownIsCurrent()
{
    start();
    QTRY_COMPARE(m_connections->status(), Status::CatchingUp);
    sayJoined(4);
    QVERIFY(!m_connections->isLive());
    saySnapshot({});
    QTRY_COMPARE(m_connections->status(), Status::Live);
    QCOMPARE(cell(ConnectionModel::StatusNameRole).toString(), QStringLiteral("live"));
    QCOMPARE(cell(ConnectionModel::RoomsRole).toStringList(), QStringList{room});
    say("garbage");
    QTRY_COMPARE(cell(ConnectionModel::RejectedMessagesRole).toInt(), 1);
    m_client->disconnectFromServer();
    QTRY_COMPARE(m_connections->status(), Status::Offline);
    QVERIFY(!m_connections->isLive());
    m_client.reset();
    QCOMPARE(m_connections->count(), 0);
    QVERIFY(!m_connections->isLive());
    m_feed.reset();
}

void IncidentFeedTest::countsDownToTheNextAttempt()
{
    start({.reconnectDelay = 1h, .maxReconnectDelay = 1h});
    QCOMPARE(cell(ConnectionModel::RetrySecondsRole).toInt(), -1);
    m_peer->abort();
    QTRY_COMPARE(m_connections->status(), Status::Reconnecting);
    QTRY_VERIFY(cell(ConnectionModel::RetrySecondsRole).toInt() >= 0);
    QVERIFY(!cell(ConnectionModel::ErrorTextRole).toString().isEmpty());
    m_connections->retryNow(0);
    QTRY_COMPARE(m_frames.size(), 2);
    QTRY_COMPARE(m_connections->status(), Status::CatchingUp);
    QCOMPARE(cell(ConnectionModel::RetrySecondsRole).toInt(), -1);
}

void IncidentFeedTest::saysWhenNotAuthorised()
{
    start();
    m_peer->close(QWebSocketProtocol::CloseCode(4001), QStringLiteral("expired"));
    QTRY_COMPARE(m_frames.size(), 2);
    m_peer->close(QWebSocketProtocol::CloseCode(4001), QStringLiteral("expired"));
    QTRY_COMPARE(m_connections->status(), Status::NotAuthorised);
    QVERIFY(cell(ConnectionModel::ErrorTextRole).toString().contains(u"expired"));
    m_client->connectToServer();
    QTRY_COMPARE(m_frames.size(), 3);
    QTRY_COMPARE(m_connections->status(), Status::CatchingUp);
}

void IncidentFeedTest::saysSinceWhenItHearsOfThingsWhereThereIsNoList()
{
    const auto begin = QDateTime::currentDateTime();
    const auto resolved = [this] {
        say(encodeMessage(IncidentResolved, {.uuid = QStringLiteral("x"), .version = 3}, {}, room));
    };
    start();
    QTRY_COMPARE_GE(m_feed->heardSince(), begin);
    resolved();
    QTRY_VERIFY(m_connections->isLive());
    // Whoever comes now has heard nothing of before, and is sent nothing of it.
    const auto later = QDateTime::currentDateTime();
    const IncidentFeed late(*m_client, *m_store);
    QCOMPARE_GE(late.heardSince(), later);

    QSignalSpy changed(m_feed.get(), &IncidentFeed::heardSinceChanged);
    bool isAhead = false;
    connect(m_client.get(), &SocketClient::roomFreshnessChanged, this,
        [&](const QString &, RoomFreshness freshness) {
            if (freshness == RoomFreshness::Live)
                isAhead = !changed.isEmpty();
        });
    m_peer->abort();
    QTRY_COMPARE(m_frames.size(), 2);
    resolved();
    QTRY_VERIFY(m_connections->isLive());
    QVERIFY(isAhead);
    QCOMPARE_GE(m_feed->heardSince(), later);
    QCOMPARE_GE(late.heardSince(), later);

    m_peer->abort();
    QTRY_COMPARE(m_frames.size(), 3);
    sayJoined(4);
    QTRY_VERIFY(!m_feed->heardSince().isValid());
    QVERIFY(!m_connections->isLive());
    saySnapshot({});
    QTRY_VERIFY(m_connections->isLive());
    QVERIFY(!m_feed->heardSince().isValid());
    QVERIFY(!late.heardSince().isValid());
}

QTEST_MAIN(IncidentFeedTest)
#include "tst_incidentfeed.moc"
