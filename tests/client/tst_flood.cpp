// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "handserver.h"
#include "protocol/messages.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>

using namespace tocsin;

namespace {

const QString room = QStringLiteral("r");

QByteArray frame(qint64 sequence, QStringView name = IncidentUpdated.name,
    const QString &title = QStringLiteral("t"))
{
    const Message<Incident> message{name};
    return encodeMessage(message,
        {.uuid = QString::number(sequence), .title = title, .severity = Severity::Critical},
        timestampFromMilliseconds(1), room, sequence);
}

QByteArray emptyRoom(const QString &epoch)
{
    return encodeMessage(
        RoomSnapshot, RoomSnapshotData{room, epoch, 0, {}}, timestampFromMilliseconds(1));
}

/// Sends as much as the other side takes and not more, in a thread of its own, and says when it
/// cannot go on. Whoever waits for `halted` knows that the socket is full, or that all is sent.
class EagerServer
{
public:
    /// More than every buffer on the way can hold together: the client's queue, and TCP's.
    static constexpr qint64 messages = 60'000;
    static constexpr qsizetype titleSize = 4'096;

    EagerServer()
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(&m_context, [this] { listen(); }, Qt::BlockingQueuedConnection);
    }
    ~EagerServer()
    {
        QMetaObject::invokeMethod(
            &m_context, [this] { m_server.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    EagerServer(const EagerServer &) = delete;
    EagerServer &operator=(const EagerServer &) = delete;

    QUrl url;
    std::atomic<qint64> sent = 0;
    QSemaphore halted;

private:
    // What we hold ourselves: small, so that what is sent is sent.
    static constexpr qint64 mostUnsent = 256 * 1024;
    // A socket that took nothing for so long is full. Where the machine is slow, too early an
    // answer makes the test say less, and not fail.
    static constexpr std::chrono::milliseconds quiet{500};

    void listen()
    {
        m_server = std::make_unique<QWebSocketServer>(
            QStringLiteral("eager"), QWebSocketServer::NonSecureMode);
        if (!m_server->listen(QHostAddress::LocalHost))
            qFatal("Cannot listen: %s", qPrintable(m_server->errorString()));
        url = m_server->serverUrl();
        QObject::connect(m_server.get(), &QWebSocketServer::newConnection, m_server.get(), [this] {
            QWebSocket *const socket = m_server->nextPendingConnection();
            socket->setParent(m_server.get());
            QObject::connect(socket, &QWebSocket::textMessageReceived, m_server.get(),
                [this, socket](const QString &text) {
                    if (text.contains(u"room.join"))
                        beginTo(socket);
                });
        });
    }
    void beginTo(QWebSocket *socket)
    {
        say(socket,
            encodeMessage(RoomJoined, RoomJoinedData{room, QStringLiteral("e"), 0, false},
                timestampFromMilliseconds(1)));
        say(socket, emptyRoom(QStringLiteral("e")));
        // bytesWritten() does not come for what is written inside its own handler, so we look.
        auto *const timer = new QTimer(socket);
        QObject::connect(timer, &QTimer::timeout, socket, [this, socket] { sendOn(socket); });
        m_progress.start();
        timer->start(1);
    }
    static void say(QWebSocket *socket, const QByteArray &text)
    {
        socket->sendTextMessage(QString::fromUtf8(text));
    }
    void sendOn(QWebSocket *socket)
    {
        const QString title(titleSize, u'x');
        const qint64 before = sent;
        socket->flush();
        while (sent < messages && socket->bytesToWrite() < mostUnsent)
            say(socket, frame(++sent, IncidentUpdated.name, title));
        if (sent > before)
            m_progress.start();
        else if (m_progress.hasExpired(quiet.count()) && !std::exchange(m_saidHalted, true))
            halted.release();
    }

    QThread m_thread;
    QObject m_context;
    QElapsedTimer m_progress;
    bool m_saidHalted = false;
    std::unique_ptr<QWebSocketServer> m_server;
};

} // namespace

/// Many messages at once, against real sockets.
class FloodTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void deliversAllInOrderToOneWhoIsSlow();
    void slowsTheServerDownForOneWhoIsSlow();
    void slowsTheServerDownForOneWhoTakesHisTime();
    void leavesATurnToWhatElseIsToDo();
    void countsWhatItDoesNotReport();
    void keepsTheOrderOfEverything();
    void hearsOnceAndWhatNobodyKnows();
    void givesAnotherThreadCopies();
    void skipsNobodyWhereAHandlerRunsALoop();
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
    m_server->say(emptyRoom(QStringLiteral("e")));
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

// A window is to be drawn in a flood as well: half a second's work is not done in one turn.
void FloodTest::leavesATurnToWhatElseIsToDo()
{
    constexpr qint64 messages = 500;
    qint64 last = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &envelope) {
        QElapsedTimer work;
        work.start();
        while (!work.hasExpired(1)) { }
        last = envelope.sequence;
    });
    int turns = 0;
    QTimer other;
    connect(&other, &QTimer::timeout, this, [&] { turns += last > 0 && last < messages ? 1 : 0; });
    connectClient();
    other.start(0);
    for (qint64 sequence = 1; sequence <= messages; ++sequence)
        m_server->say(frame(sequence));
    QTRY_COMPARE_WITH_TIMEOUT(last, messages, 60'000);
    QCOMPARE_GE(turns, 5);
}

// Nothing between the two grows: the queue is full, so the socket is not read, so the server waits.
void FloodTest::slowsTheServerDownForOneWhoIsSlow()
{
    EagerServer server;
    SocketClient client({.url = server.url});
    qint64 last = 0;
    qint64 sentMeanwhile = -1;
    bool inOrder = true;
    client.on(IncidentUpdated, this, [&](const Incident &incident, const Envelope &envelope) {
        if (sentMeanwhile < 0 && server.halted.tryAcquire(1, 60'000))
            sentMeanwhile = server.sent;
        inOrder = inOrder && envelope.sequence == last + 1
            && incident.uuid == QString::number(envelope.sequence)
            && incident.title.size() == EagerServer::titleSize;
        last = envelope.sequence;
    });
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(last, EagerServer::messages, 120'000);
    QVERIFY(sentMeanwhile > 0);
    QVERIFY2(sentMeanwhile < EagerServer::messages / 2, qPrintable(QString::number(sentMeanwhile)));
    QVERIFY(inOrder);
    QCOMPARE(client.rejectedMessages(), 0);
    QCOMPARE(client.roomFreshness(room), RoomFreshness::Live);
}

// Likewise where the loop runs and every message takes a while: what a turn takes is not more than
// what was handled.
void FloodTest::slowsTheServerDownForOneWhoTakesHisTime()
{
    EagerServer server;
    SocketClient client({.url = server.url});
    qint64 last = 0;
    qint64 sentMeanwhile = -1;
    client.on(IncidentUpdated, this, [&](const Incident &, const Envelope &envelope) {
        last = envelope.sequence;
        if (sentMeanwhile >= 0)
            return;
        QElapsedTimer work;
        work.start();
        while (!work.hasExpired(1)) { }
        if (server.halted.tryAcquire())
            sentMeanwhile = server.sent;
    });
    client.joinRoom(room);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(last, EagerServer::messages, 120'000);
    QVERIFY(sentMeanwhile > 0);
    QVERIFY2(sentMeanwhile < EagerServer::messages / 2, qPrintable(QString::number(sentMeanwhile)));
}

void FloodTest::countsWhatItDoesNotReport()
{
    constexpr int each = 17'000; // of three kinds: 51,000 in all
    m_client->on(IncidentUpdated, this, [](const Incident &, const Envelope &) { });
    QElapsedTimer time;
    QSignalSpy errors(m_client.get(), &SocketClient::errorOccurred);
    connectClient();
    time.start();
    for (int i = 0; i < each; ++i) {
        m_server->say("{\"name\":");
        m_server->say(R"({"name":"incident.updated","data":{"uuid":7}})");
        m_server->say(frame(0, u"nobody.knows"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_client->rejectedMessages(), 2 * each, 60'000);
    QTRY_COMPARE(m_client->unknownMessages(), each);
    // Ten in each second that has begun (ErrorLimiter).
    const qint64 most = 10 * (time.elapsed() / 1'000 + 2);
    QVERIFY2(
        errors.size() >= 10 && errors.size() <= most, qPrintable(QString::number(errors.size())));
    QCOMPARE(m_client->state(), SocketClient::State::Connected);
    // And it still hears what is right.
    bool heard = false;
    m_client->once(
        IncidentUpdated, this, [&](const Incident &, const Envelope &) { heard = true; });
    m_server->say(frame(1));
    QTRY_VERIFY(heard);
}

// Usual frames are read by one thread, all others by another; the order is that of the wire.
void FloodTest::keepsTheOrderOfEverything()
{
    constexpr int rounds = 2'000;
    QStringList heard;
    QStringList said;
    const auto note = [&heard](const QString &mark) { heard.append(mark); };
    m_client->on(IncidentUpdated, this,
        [&](const Incident &incident, const Envelope &) { note(incident.uuid); });
    // Two types for one name: not the usual frame.
    const Message<IncidentReference> reference{IncidentCreated.name};
    m_client->on(IncidentCreated, this, [](const Incident &, const Envelope &) { });
    m_client->on(reference, this,
        [&](const IncidentReference &data, const Envelope &) { note(u'c' + data.uuid); });
    QObject::connect(m_client.get(), &SocketClient::attachmentReceived, this,
        [&](const Attachment &attachment) { note(attachment.id); });
    connectClient();
    qint64 sequence = 0;
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < 5; ++i) {
            m_server->say(frame(++sequence));
            said.append(QString::number(sequence));
        }
        m_server->say(frame(++sequence, IncidentCreated.name));
        said.append(u'c' + QString::number(sequence));
        if (round % 8 == 0) {
            m_server->say("{\"cut\":");
            const QString id = QStringLiteral("a%1").arg(round);
            m_server->say(encodeMessage(AttachmentAnnounced,
                AttachmentHeader{id, QStringLiteral("n"), QStringLiteral("t"), 3},
                timestampFromMilliseconds(1), {}, 0));
            m_server->sayBytes("abc");
            said.append(id);
        }
        if (round % 100 == 0)
            m_server->say("3");
    }
    QTRY_COMPARE_WITH_TIMEOUT(heard.size(), said.size(), 60'000);
    QCOMPARE(heard, said);
    QCOMPARE(m_client->rejectedMessages(), rounds / 8);
    QCOMPARE(m_client->roomFreshness(room), RoomFreshness::Live);
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
    // A name that is the client's own never comes off the wire.
    m_server->say(frame(0, u"__connected"));
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

// A dialogue is opened by a handler: what comes meanwhile takes those who are gone from the list in
// which the first message is still under way.
void FloodTest::skipsNobodyWhereAHandlerRunsALoop()
{
    QStringList heard;
    QEventLoop loop;
    {
        QObject gone;
        m_client->on(IncidentUpdated, &gone, [](const Incident &, const Envelope &) { });
    }
    m_client->on(IncidentUpdated, this, [&](const Incident &incident, const Envelope &) {
        heard.append(QStringLiteral("first ") + incident.uuid);
        if (incident.uuid == u"1")
            loop.exec();
        else
            loop.quit();
    });
    m_client->on(IncidentUpdated, this, [&](const Incident &incident, const Envelope &) {
        heard.append(QStringLiteral("then ") + incident.uuid);
    });
    connectClient();
    m_server->say(frame(1));
    m_server->say(frame(2));
    QTRY_COMPARE(heard.size(), 4);
    QCOMPARE(heard, (QStringList{"first 1", "first 2", "then 2", "then 1"}));
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
    QCOMPARE(heard, 5); // none of the 95 behind it, not even late
    QVERIFY2(m_server->newestFrames()[0].contains(u"room.join"),
        qPrintable(m_server->newestFrames()[0]));
    // From the beginning: from where it had come to, 95 would be missing for good.
    QVERIFY2(
        !m_server->newestFrames()[0].contains(u"since"), qPrintable(m_server->newestFrames()[0]));
    QVERIFY(m_client->roomFreshness(room) != RoomFreshness::Live);
    heard = 0;
    m_client->on(IncidentUpdated, this, [&](const Incident &, const Envelope &) {
        if (heard == 3)
            m_client.reset();
    });
    m_server->say(encodeMessage(RoomJoined, RoomJoinedData{room, QStringLiteral("f"), 0, false},
        timestampFromMilliseconds(1)));
    m_server->say(emptyRoom(QStringLiteral("f")));
    for (qint64 sequence = 1; sequence <= 100; ++sequence)
        m_server->say(frame(sequence));
    QTRY_VERIFY(!m_client);
    QCOMPARE(heard, 3);
}

QTEST_GUILESS_MAIN(FloodTest)
#include "tst_flood.moc"
