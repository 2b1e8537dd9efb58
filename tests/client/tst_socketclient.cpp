// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QFutureInterface>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const QString room = QStringLiteral("account:acme");

QByteArray incidentFrame(const QString &uuid, qint64 sequence = 0)
{
    return encodeMessage(IncidentCreated,
        {.uuid = uuid, .title = uuid, .severity = Severity::Critical}, timestampFromMilliseconds(1),
        sequence > 0 ? room : QString(), sequence);
}

QFuture<QString> readyToken(const QString &token)
{
    QPromise<QString> promise;
    promise.start();
    promise.addResult(token);
    promise.finish();
    return promise.future();
}

} // namespace

class SocketClientTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void deliversTypedMessagesInOrder();
    void doesNotDeliverWhatIsNotOfItsSchema();
    void hasOneConnectionAfterTenDisconnectsAndConnects();
    void deliversNothingAfterDisconnect();
    void maySendInsideTheConnectedHandler();
    void survivesEveryCallInEverySignal();
    void mayBeDeletedInAHandler();
    void endsSubscriptionsWithTheirContext();
    void callsHandlersInTheirContextsThread();
    void keepsOrderThroughANestedEventLoop();
    void asksTheTokenProviderForEachAttempt();
    void failsTheAttemptWhenTheProviderFails();
    void recoversExactlyWhatWasMissed();
    void tellsRoundTripTimeAndRetryTime();
    void isLiveOnlyAfterTheSnapshotIsWhole();
};

void SocketClientTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void SocketClientTest::deliversTypedMessagesInOrder()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QStringList seen;
    client.on(IncidentCreated, this, [&](const Incident &incident, const Envelope &envelope) {
        QCOMPARE(envelope.name, IncidentCreated.name);
        seen.append(incident.uuid);
    });
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QTRY_COMPARE(server.sockets.size(), 1);
    QStringList sent;
    for (int i = 0; i < 2'000; ++i) {
        sent.append(QString::number(i));
        server.say(incidentFrame(sent.constLast()));
    }
    QTRY_COMPARE(seen.size(), sent.size());
    QCOMPARE(seen, sent);
}

void SocketClientTest::doesNotDeliverWhatIsNotOfItsSchema()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QStringList seen;
    QList<Error> errors;
    client.on(IncidentCreated, this,
        [&](const Incident &incident, const Envelope &) { seen.append(incident.uuid); });
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error); });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(R"({"name":"incident.created","data":{"uuid":"bad","title":5,"severity":"info"}})");
    server.say(incidentFrame(QStringLiteral("good")));
    QTRY_COMPARE(seen, QStringList{QStringLiteral("good")});
    QCOMPARE(client.rejectedMessages(), 1);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors[0].where, QStringLiteral("data.title"));
    QCOMPARE(client.state(), SocketClient::State::Connected);
}

void SocketClientTest::hasOneConnectionAfterTenDisconnectsAndConnects()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.joinRoom(room);
    int delivered = 0;
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) { ++delivered; });
    client.connectToServer();
    for (int i = 0; i < 10; ++i) {
        client.disconnectFromServer();
        client.connectToServer();
    }
    QTRY_COMPARE(client.state(), SocketClient::State::Connected);
    QTRY_COMPARE(server.newestFrames().size(), 1);
    QTRY_COMPARE(server.open(), 1);
    QCOMPARE(server.newestFrames().constFirst(),
        QStringLiteral(R"({"type":"room.join","room":"account:acme"})"));
    server.say(incidentFrame(QStringLiteral("once")));
    QTRY_COMPARE(delivered, 1);
}

void SocketClientTest::deliversNothingAfterDisconnect()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    int delivered = 0;
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        ++delivered;
        client.disconnectFromServer();
    });
    QSignalSpy disconnected(&client, &SocketClient::disconnected);
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    for (int i = 0; i < 100; ++i)
        server.say(incidentFrame(QString::number(i)));
    QTRY_COMPARE(disconnected.size(), 1);
    QTRY_COMPARE(server.closed, 1);
    QCOMPARE(delivered, 1);
    QCOMPARE(disconnected[0][0].toInt(), 1000);
    QCOMPARE(client.state(), SocketClient::State::Disconnected);
}

void SocketClientTest::maySendInsideTheConnectedHandler()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.send(Acknowledge, {.uuid = QStringLiteral("before")});
    connect(&client, &SocketClient::connected, this,
        [&] { client.send(Acknowledge, {.uuid = QStringLiteral("inside")}); });
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 2);
    QVERIFY(server.newestFrames()[0].contains(u"before"));
    QVERIFY(server.newestFrames()[1].contains(u"inside"));
}

void SocketClientTest::survivesEveryCallInEverySignal()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    int reconnected = 0;
    connect(&client, &SocketClient::disconnected, this, [&] {
        if (++reconnected < 5)
            client.connectToServer();
    });
    connect(&client, &SocketClient::stateChanged, this, [&](SocketClient::State state) {
        if (state == SocketClient::State::Connected)
            client.disconnectFromServer();
    });
    client.connectToServer();
    QTRY_COMPARE(client.state(), SocketClient::State::Disconnected);
    // `connected` was never signalled, so neither was its end.
    QCOMPARE(reconnected, 0);

    client.disconnect(this);
    connect(&client, &SocketClient::connected, this, [&] { client.disconnectFromServer(); });
    connect(&client, &SocketClient::disconnected, this, [&] {
        if (++reconnected < 5)
            client.connectToServer();
    });
    client.connectToServer();
    QTRY_COMPARE(reconnected, 5);
    QTRY_COMPARE(server.open(), 0);
    QCOMPARE(client.state(), SocketClient::State::Disconnected);
}

void SocketClientTest::mayBeDeletedInAHandler()
{
    HandServer server;
    for (int where = 0; where < 4; ++where) {
        auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
        const auto destroy = [&] { client.reset(); };
        client->on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
            if (where == 0)
                destroy();
        });
        connect(client.get(), &SocketClient::stateChanged, this, [&](SocketClient::State state) {
            if ((where == 1 && state == SocketClient::State::Connected)
                || (where == 2 && state == SocketClient::State::Disconnected))
                destroy();
        });
        connect(client.get(), &SocketClient::connected, this, [&] {
            if (where == 3)
                destroy();
        });
        const qsizetype before = server.sockets.size();
        client->connectToServer();
        QTRY_COMPARE(server.sockets.size(), before + 1);
        if (where == 0)
            server.say(incidentFrame(QStringLiteral("u")));
        if (where == 2) {
            QTRY_COMPARE(client->state(), SocketClient::State::Connected);
            client->disconnectFromServer();
        }
        QTRY_VERIFY(!client);
        QTRY_COMPARE(server.open(), 0);
    }
}

void SocketClientTest::endsSubscriptionsWithTheirContext()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    int first = 0;
    int second = 0;
    int always = 0;
    auto context = std::make_unique<QObject>();
    client.on(IncidentCreated, context.get(), [&](const Incident &, const Envelope &) { ++first; });
    Subscription subscription;
    subscription = client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) {
        ++second;
        subscription.unsubscribe();
        subscription.unsubscribe();
    });
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) { ++always; });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(incidentFrame(QStringLiteral("1")));
    QTRY_COMPARE(always, 1);
    context.reset();
    server.say(incidentFrame(QStringLiteral("2")));
    QTRY_COMPARE(always, 2);
    QCOMPARE(first, 1);
    QCOMPARE(second, 1);
    QVERIFY(!subscription.isActive());
}

void SocketClientTest::callsHandlersInTheirContextsThread()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QThread thread;
    auto *const context = new QObject;
    context->moveToThread(&thread);
    connect(&thread, &QThread::finished, context, &QObject::deleteLater);
    thread.start();
    std::atomic<QThread *> seen = nullptr;
    client.on(IncidentCreated, context,
        [&](const Incident &, const Envelope &) { seen = QThread::currentThread(); });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    server.say(incidentFrame(QStringLiteral("u")));
    QTRY_COMPARE(seen.load(), &thread);
    thread.quit();
    QVERIFY(thread.wait());
}

void SocketClientTest::keepsOrderThroughANestedEventLoop()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    QStringList seen;
    client.on(IncidentCreated, this, [&](const Incident &incident, const Envelope &) {
        seen.append(incident.uuid);
        if (seen.size() == 1)
            QTRY_COMPARE(seen.size(), 50);
    });
    client.connectToServer();
    QTRY_COMPARE(server.sockets.size(), 1);
    QStringList sent;
    for (int i = 0; i < 50; ++i) {
        sent.append(QString::number(i));
        server.say(incidentFrame(sent.constLast()));
    }
    QTRY_COMPARE(seen, sent);
}

void SocketClientTest::asksTheTokenProviderForEachAttempt()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    int asked = 0;
    client.setTokenProvider([&] { return readyToken(QStringLiteral("t%1").arg(++asked)); });
    client.joinRoom(room);
    bool authenticated = false;
    client.on(Authenticated, this,
        [&](const AuthenticatedData &, const Envelope &) { authenticated = true; });
    QSignalSpy connected(&client, &SocketClient::connected);
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 2);
    QCOMPARE(server.newestFrames()[0], QStringLiteral(R"({"type":"auth","token":"t1"})"));
    server.say(R"({"name":"auth.ok","data":{"user":{"id":"1","name":"n","role":"viewer"}}})");
    QTRY_VERIFY(authenticated);
    server.sockets.constLast()->abort();
    QTRY_COMPARE(server.sockets.size(), 2);
    QTRY_COMPARE(server.newestFrames().size(), 2);
    QCOMPARE(server.newestFrames()[0], QStringLiteral(R"({"type":"auth","token":"t2"})"));
    QTRY_COMPARE(connected.size(), 2);
    QCOMPARE(connected[0][0].toBool(), false);
    QCOMPARE(connected[1][0].toBool(), true);
}

void SocketClientTest::failsTheAttemptWhenTheProviderFails()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.connection.maxReconnectAttempts = 1;
    options.connection.connectionTimeout = 50ms;
    SocketClient client(options);
    QList<ErrorCode> errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error.code); });
    QSignalSpy failed(&client, &SocketClient::reconnectFailed);
    QPromise<QString> never;
    never.start();
    int asked = 0;
    client.setTokenProvider([&]() -> QFuture<QString> {
        if (++asked == 2)
            return never.future(); // times out
        QPromise<QString> promise;
        promise.start();
        promise.setException(std::make_exception_ptr(std::runtime_error("the keyring is locked")));
        promise.finish();
        return promise.future();
    });
    client.connectToServer();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(errors, (QList<ErrorCode>{ErrorCode::ProviderFailed, ErrorCode::ConnectionTimeout}));
    QCOMPARE(server.sockets.size(), 0);
    never.finish();
}

void SocketClientTest::recoversExactlyWhatWasMissed()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.joinRoom(room);
    QList<qint64> seen;
    client.on(IncidentCreated, this,
        [&](const Incident &, const Envelope &envelope) { seen.append(envelope.sequence); });
    const auto joined = [&](qint64 sequence, bool recovered) {
        server.say(
            encodeMessage(RoomJoined, {room, QStringLiteral("e"), sequence, recovered}, {}, room));
    };
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 1);
    joined(4, false);
    server.say(encodeMessage(RoomSnapshot, {room, QStringLiteral("e"), 4, {}, 1, 1}, {}, room));
    server.say(incidentFrame(QStringLiteral("a"), 5));
    server.say(incidentFrame(QStringLiteral("a"), 5)); // twice
    QTRY_COMPARE(seen, (QList<qint64>{5}));
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);

    server.sockets.constLast()->abort();
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Recovering);
    QTRY_COMPARE(server.sockets.size(), 2);
    QTRY_COMPARE(server.newestFrames().size(), 1);
    QCOMPARE(server.newestFrames()[0],
        QStringLiteral(
            R"({"type":"room.join","room":"account:acme","since":{"epoch":"e","seq":5}})"));
    joined(8, true);
    for (qint64 sequence = 6; sequence <= 8; ++sequence)
        server.say(incidentFrame(QString::number(sequence), sequence));
    QTRY_COMPARE(seen, (QList<qint64>{5, 6, 7, 8}));
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);

    // A hole: asked for again, and only then applied.
    server.say(incidentFrame(QStringLiteral("10"), 10));
    QTRY_COMPARE(server.newestFrames().size(), 2);
    QVERIFY(server.newestFrames()[1].contains(u"\"seq\":8"));
    QCOMPARE(client.roomFreshness(room), RoomFreshness::Recovering);
    joined(10, true);
    server.say(incidentFrame(QStringLiteral("9"), 9));
    server.say(incidentFrame(QStringLiteral("10"), 10));
    QTRY_COMPARE(seen, (QList<qint64>{5, 6, 7, 8, 9, 10}));
    QTRY_COMPARE(client.roomFreshness(room), RoomFreshness::Live);
}

void SocketClientTest::tellsRoundTripTimeAndRetryTime()
{
    HandServer server;
    auto options = fastOptions(server.url());
    options.connection.heartbeatInterval = 20ms;
    options.connection.reconnectDelay = options.connection.maxReconnectDelay = 1h;
    SocketClient client(options);
    client.connectToServer();
    QTRY_VERIFY(server.newestFrames().contains(QStringLiteral("2")));
    server.say("3");
    QTRY_VERIFY(client.roundTripTime().has_value());
    QVERIFY(!client.retryAt().isValid());
    server.stopListening();
    server.sockets.constLast()->abort();
    QTRY_VERIFY(client.retryAt().isValid());
    QCOMPARE(client.state(), SocketClient::State::Reconnecting);
    QSignalSpy states(&client, &SocketClient::stateChanged);
    client.reconnectNow();
    QTRY_VERIFY(!states.isEmpty());
    QCOMPARE(states[0][0].value<SocketClient::State>(), SocketClient::State::Connecting);
    client.disconnectFromServer();
    QTRY_VERIFY(!client.retryAt().isValid());
}

void SocketClientTest::isLiveOnlyAfterTheSnapshotIsWhole()
{
    HandServer server;
    SocketClient client(fastOptions(server.url()));
    client.joinRoom(room);
    QList<RoomFreshness> told;
    int parts = 0;
    int partsWhenLive = 0;
    client.on(RoomSnapshot, this, [&](const RoomSnapshotData &, const Envelope &) { ++parts; });
    connect(&client, &SocketClient::roomFreshnessChanged, this,
        [&](const QString &, RoomFreshness freshness) {
            told.append(freshness);
            if (freshness == RoomFreshness::Live)
                partsWhenLive = parts;
        });
    client.connectToServer();
    QTRY_COMPARE(server.newestFrames().size(), 1);
    server.say(encodeMessage(RoomJoined, {room, QStringLiteral("e"), 4, false}, {}, room));
    server.say(encodeMessage(RoomSnapshot, {room, QStringLiteral("e"), 4, {}, 1, 2}, {}, room));
    QTRY_COMPARE(told, (QList<RoomFreshness>{RoomFreshness::Recovering}));
    server.say(encodeMessage(RoomSnapshot, {room, QStringLiteral("e"), 4, {}, 2, 2}, {}, room));
    QTRY_COMPARE(told, (QList<RoomFreshness>{RoomFreshness::Recovering, RoomFreshness::Live}));
    QCOMPARE(partsWhenLive, 2); // never live with a list that has not arrived
    server.sockets.constLast()->abort();
    QTRY_VERIFY(told.contains(RoomFreshness::Stale));
}

QTEST_GUILESS_MAIN(SocketClientTest)
#include "tst_socketclient.moc"
