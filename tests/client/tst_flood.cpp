// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace tocsin;

namespace {

const QString room = QStringLiteral("r");

QByteArray frame(qint64 sequence, QStringView name = IncidentUpdated.name)
{
    const Message<Incident> message{name};
    return encodeMessage(message,
        {.uuid = QString::number(sequence),
            .title = QStringLiteral("t"),
            .severity = Severity::Critical},
        timestampFromMilliseconds(1), room, sequence);
}

} // namespace

/// Many messages at once, against real sockets.
class FloodTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void deliversAllInOrderToOneWhoIsSlow();
    void countsWhatItDoesNotReport();
    void hearsOnceAndWhatNobodyKnows();
    void givesAnotherThreadCopies();
    void endsInTheMiddleOfABatch();

private:
    void connectClient();

    std::unique_ptr<HandServer> m_server;
    std::unique_ptr<SocketClient> m_client;
};

void FloodTest::init()
{
    m_server = std::make_unique<HandServer>();
    m_client = std::make_unique<SocketClient>(SocketClientOptions{.url = m_server->url()});
    m_client->joinRoom(room);
}

void FloodTest::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void FloodTest::connectClient()
{
    m_client->connectToServer();
    QTRY_COMPARE(m_client->state(), SocketClient::State::Connected);
    QTRY_VERIFY(!m_server->newestFrames().isEmpty());
    const RoomJoinedData joined{room, QStringLiteral("e"), 0, false};
    m_server->say(encodeMessage(RoomJoined, joined, timestampFromMilliseconds(1)));
    m_server->say(encodeMessage(RoomSnapshot, RoomSnapshotData{room, QStringLiteral("e"), 0, {}},
        timestampFromMilliseconds(1)));
    QTRY_COMPARE(m_client->roomFreshness(room), RoomFreshness::Live);
}

// More than the queue between the threads holds, while the client's thread does nothing.
void FloodTest::deliversAllInOrderToOneWhoIsSlow()
{
    constexpr qint64 messages = 60'000;
    qint64 last = 0;
    bool inOrder = true;
    m_client->on(IncidentUpdated, this, [&](const Incident &incident, const Envelope &envelope) {
        inOrder = inOrder && envelope.sequence == last + 1
            && incident.uuid == QString::number(envelope.sequence);
        last = envelope.sequence;
    });
    connectClient();
    for (qint64 sequence = 1; sequence <= messages; ++sequence)
        m_server->say(frame(sequence));
    // This thread is the server's and the handlers' both: nothing was handled while it spoke.
    QCOMPARE(last, 0);
    QTRY_COMPARE_WITH_TIMEOUT(last, messages, 60'000);
    QVERIFY(inOrder);
    QCOMPARE(m_client->roomFreshness(room), RoomFreshness::Live);
}

void FloodTest::countsWhatItDoesNotReport()
{
    constexpr int bad = 5'000;
    QSignalSpy errors(m_client.get(), &SocketClient::errorOccurred);
    connectClient();
    for (int i = 0; i < bad; ++i) {
        m_server->say("{\"name\":");
        m_server->say(frame(0, u"nobody.knows"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_client->rejectedMessages(), bad, 60'000);
    QTRY_COMPARE(m_client->unknownMessages(), bad);
    QVERIFY2(errors.size() >= 1 && errors.size() < 500, qPrintable(QString::number(errors.size())));
    QCOMPARE(m_client->state(), SocketClient::State::Connected);
}

void FloodTest::hearsOnceAndWhatNobodyKnows()
{
    int once = 0;
    int any = 0;
    QStringList unknown;
    m_client->once(IncidentUpdated, this, [&](const Incident &, const Envelope &) { ++once; });
    m_client->onAny(this, [&](const Envelope &envelope, const QByteArray &json) {
        if (envelope.sequence > 0 && json.contains("uuid"))
            ++any;
    });
    m_client->onUnknown(
        this, [&](const Envelope &envelope, const QByteArray &) { unknown.append(envelope.name); });
    connectClient();
    for (qint64 sequence = 1; sequence <= 3; ++sequence)
        m_server->say(frame(sequence));
    m_server->say(frame(4, u"nobody.knows"));
    QTRY_COMPARE(unknown, QStringList{QStringLiteral("nobody.knows")});
    QCOMPARE(once, 1);
    QCOMPARE(any, 4);
}

void FloodTest::givesAnotherThreadCopies()
{
    constexpr qint64 messages = 5'000;
    QThread thread;
    QObject elsewhere;
    elsewhere.moveToThread(&thread);
    thread.start();
    QSemaphore mayGoOn;
    std::atomic<qint64> last = 0;
    std::atomic<bool> right = true;
    m_client->on(
        IncidentUpdated, &elsewhere, [&](const Incident &incident, const Envelope &envelope) {
            if (envelope.sequence == 1)
                mayGoOn.acquire(); // until the client has used its own for others long since
            right = right && QThread::currentThread() == &thread && envelope.sequence == last + 1
                && incident.uuid == QString::number(envelope.sequence);
            last = envelope.sequence;
        });
    qint64 here = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &) { ++here; });
    connectClient();
    for (qint64 sequence = 1; sequence <= messages; ++sequence)
        m_server->say(frame(sequence));
    QTRY_COMPARE_WITH_TIMEOUT(here, messages, 60'000);
    mayGoOn.release();
    QTRY_COMPARE_WITH_TIMEOUT(last.load(), messages, 60'000);
    QVERIFY(right);
    thread.quit();
    thread.wait();
}

void FloodTest::endsInTheMiddleOfABatch()
{
    int heard = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &) {
        if (++heard == 5)
            m_client->disconnectFromServer();
    });
    connectClient();
    for (qint64 sequence = 1; sequence <= 100; ++sequence)
        m_server->say(frame(sequence));
    QTRY_COMPARE(heard, 5);
    // It comes back and is given the rest: what was thrown away was not taken as had.
    m_client->connectToServer();
    QTRY_COMPARE(m_client->state(), SocketClient::State::Connected);
    QTRY_VERIFY(!m_server->newestFrames().isEmpty());
    QVERIFY2(m_server->newestFrames()[0].contains(u"room.join"),
        qPrintable(m_server->newestFrames()[0]));
    heard = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &) {
        if (heard == 3)
            m_client.reset();
    });
    m_server->say(encodeMessage(RoomJoined, RoomJoinedData{room, QStringLiteral("f"), 0, false},
        timestampFromMilliseconds(1)));
    m_server->say(encodeMessage(RoomSnapshot, RoomSnapshotData{room, QStringLiteral("f"), 0, {}},
        timestampFromMilliseconds(1)));
    for (qint64 sequence = 1; sequence <= 100; ++sequence)
        m_server->say(frame(sequence));
    QTRY_VERIFY(!m_client);
    QCOMPARE(heard, 3);
}

QTEST_GUILESS_MAIN(FloodTest)
#include "tst_flood.moc"
