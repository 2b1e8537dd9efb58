// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "hostileserver.h"
#include "protocol/messages.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using State = SocketClient::State;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

SocketClientOptions fastOptions(const QUrl &url)
{
    SocketClientOptions options{.url = url};
    options.connection.reconnectDelay = 5ms;
    options.connection.maxReconnectDelay = 10ms;
    return options;
}

/// Everything that a client says of its connection, in the order in which it said it.
class Record : public QObject
{
    Q_OBJECT

public:
    explicit Record(SocketClient &client)
    {
        connect(&client, &SocketClient::connected, this, [this] { ++connected; });
        connect(&client, &SocketClient::disconnected, this, [this, &client](int code) {
            codes.append(code);
            stateAtDisconnected = client.state();
        });
        connect(&client, &SocketClient::errorOccurred, this,
            [this](const Error &error) { errors.append(error); });
        connect(&client, &SocketClient::reconnectAttempt, this, [this] { ++retries; });
        connect(&client, &SocketClient::stopped, this, [this](int code) { stopped.append(code); });
        connect(&client, &SocketClient::authenticationFailed, this, [this] { ++refused; });
    }

    int connected = 0;
    int retries = 0;
    int refused = 0;
    QList<int> codes;
    QList<int> stopped;
    QList<Error> errors;
    State stateAtDisconnected = State::Connected;
};

/// The most address space that the process ever had.
qint64 peakAddressSpace()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmPeak:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return -1;
}

} // namespace

class HostileServerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void givesUpOnAServerThatStaysSilent();
    void namesARefusedUpgrade_data();
    void namesARefusedUpgrade();
    void asksOnceMoreAfterHttp401();
    void stopsAfterHttp403();
    void surfacesWhatIsNoHttp();
    void survivesAResetInTheHandshake();
    void reconnectsAfterAReset();
    void actsOnCloseCodes_data();
    void actsOnCloseCodes();
    void triesOnceMoreWithAFreshTokenAfter4001();
    void refusesWhatBreaksTheProtocol_data();
    void refusesWhatBreaksTheProtocol();
    void keepsTheConnectionOverOneBadMessage_data();
    void keepsTheConnectionOverOneBadMessage();
    void readsAMaskedFrame();
    void takesAMessageOfExactlyTheLimit();
    void makesNoRoomForAFrameThatIsOnlyAnnounced_data();
    void makesNoRoomForAFrameThatIsOnlyAnnounced();
    void noticesAPeerThatStopsInTheMiddleOfAFrame();
    void isNotHeldUpByAPeerThatDoesNotRead_data();
    void isNotHeldUpByAPeerThatDoesNotRead();
    void goesOnAtOnceWhenAPeerThatDoesNotReadCloses();
};

void HostileServerTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void HostileServerTest::givesUpOnAServerThatStaysSilent()
{
    HostileServer server;
    auto options = fastOptions(server.url());
    options.connection.connectionTimeout = 50ms;
    SocketClient client(options);
    Record record(client);
    client.connectToServer();
    QTRY_VERIFY(server.upgrades() >= 2);
    QVERIFY(record.errors.size() >= 1);
    QCOMPARE(record.errors[0].code, ErrorCode::ConnectionTimeout);
    QCOMPARE(record.connected, 0);
    QVERIFY(record.codes.isEmpty());
    client.disconnectFromServer();
    QTRY_COMPARE(server.open(), 0);
}

void HostileServerTest::namesARefusedUpgrade_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("text");
    const auto row
        = [](const char *name, int status, const QByteArray &headers, ErrorCode code,
              const QString &text) { QTest::newRow(name) << status << headers << code << text; };
    row("400", 400, {}, ErrorCode::HandshakeFailed, QStringLiteral("HTTP 400"));
    row("404", 404, {}, ErrorCode::HandshakeFailed, QStringLiteral("Is the path"));
    row("503", 503, {}, ErrorCode::Unavailable, QStringLiteral("cannot serve at the moment"));
    row("200", 200, {}, ErrorCode::HandshakeFailed, QStringLiteral("HTTP 200"));
    row("302", 302, "Location: https://login.example.com/in?secret=1\r\n",
        ErrorCode::HandshakeFailed,
        QStringLiteral("127.0.0.1 redirects to login.example.com (HTTP 302), which is not "
                       "followed"));
    row("relative 301", 301, "location: /elsewhere\r\n", ErrorCode::HandshakeFailed,
        QStringLiteral("redirects to 127.0.0.1 (HTTP 301)"));
    row("308 to nowhere", 308, {}, ErrorCode::HandshakeFailed,
        QStringLiteral("without saying where to"));
}

void HostileServerTest::namesARefusedUpgrade()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(ErrorCode, code);
    QFETCH(QString, text);
    HostileServer elsewhere;
    HostileServer server([&](HostilePeer &peer) { peer.answer(status, headers); });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_VERIFY(record.errors.size() >= 2);
    QCOMPARE(record.errors[0].code, code);
    QVERIFY2(record.errors[0].message.contains(text), qPrintable(record.errors[0].message));
    QVERIFY(!record.errors[0].message.contains(u"secret"));
    QCOMPARE(record.connected, 0);
    QVERIFY(record.codes.isEmpty());
    QVERIFY(record.retries >= 1);
    // One error for each attempt, though Qt reports a refused upgrade twice.
    client.disconnectFromServer();
    QVERIFY(record.errors.size() <= server.upgrades());
    QCOMPARE(elsewhere.peers.size(), 0);
}

void HostileServerTest::asksOnceMoreAfterHttp401()
{
    HostileServer server([](HostilePeer &peer) { peer.answer(401); });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.refused, 1);
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(server.upgrades(), 2);
    QCOMPARE(record.errors[0].code, ErrorCode::Unauthenticated);
    QVERIFY(!client.retryAt().isValid());
}

void HostileServerTest::stopsAfterHttp403()
{
    HostileServer server([](HostilePeer &peer) { peer.answer(403); });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.stopped, QList<int>{4003});
    QCOMPARE(client.state(), State::Disconnected);
    QCOMPARE(server.upgrades(), 1);
    QCOMPARE(record.errors.size(), 1);
    QCOMPARE(record.errors[0].code, ErrorCode::Forbidden);
}

void HostileServerTest::surfacesWhatIsNoHttp()
{
    HostileServer server([](HostilePeer &peer) {
        peer.send("220 mail.example.com ESMTP\r\n\r\n");
        peer.hangUp();
    });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_VERIFY(record.errors.size() >= 2);
    QCOMPARE(record.errors[0].code, ErrorCode::HandshakeFailed);
    QVERIFY(record.codes.isEmpty());
}

void HostileServerTest::survivesAResetInTheHandshake()
{
    HostileServer server([](HostilePeer &peer) { peer.reset(); });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_VERIFY(record.errors.size() >= 2);
    QCOMPARE(record.errors[0].code, ErrorCode::ConnectionLost);
    server.script = &HostilePeer::acceptUpgrade;
    QTRY_COMPARE(client.state(), State::Connected);
}

void HostileServerTest::reconnectsAfterAReset()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    server.peers.constLast()->reset();
    QTRY_COMPARE(record.connected, 2);
    QCOMPARE(record.codes, QList<int>{1006});
    QCOMPARE(record.stateAtDisconnected, State::Reconnecting);
    QCOMPARE(record.errors.size(), 1);
    QCOMPARE(record.errors[0].code, ErrorCode::ConnectionLost);
}

void HostileServerTest::actsOnCloseCodes_data()
{
    // docs/protocol.md, "Close codes".
    enum class Then { Reconnect, Report, Stop };
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("stops");
    QTest::addColumn<bool>("reports");
    const auto rows = [](Then then, std::initializer_list<int> codes) {
        for (const int code : codes) {
            QTest::addRow("%d", code) << code << (then == Then::Stop) << (then != Then::Reconnect);
        }
    };
    rows(Then::Reconnect, {1000, 1001, 1011, 1012, 1013, 4000, 4008, 4029, 4100, 4399, 4500, 4999});
    rows(Then::Report, {1002, 1003, 1007, 1008, 1009});
    rows(Then::Stop, {4003, 4010, 4400, 4401, 4499});
}

void HostileServerTest::actsOnCloseCodes()
{
    QFETCH(int, code);
    QFETCH(bool, stops);
    QFETCH(bool, reports);
    bool first = true;
    HostileServer server([&](HostilePeer &peer) {
        peer.acceptUpgrade();
        if (std::exchange(first, false))
            peer.close(code, "for a reason");
    });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    QString reason;
    connect(&client, &SocketClient::disconnected, this,
        [&](int, const QString &given) { reason = given; });
    client.connectToServer();
    QTRY_COMPARE(record.codes.size(), 1);
    // Qt does not let a code be read that it does not know itself.
    const bool readable = (code != 1012 && code != 1013) || record.codes[0] == code;
    QCOMPARE(record.codes[0], readable ? code : 1005);
    if (readable)
        QCOMPARE(reason, QStringLiteral("for a reason"));
    if (stops) {
        QTRY_COMPARE(record.stopped, QList<int>{code});
        QCOMPARE(record.stateAtDisconnected, State::Disconnected);
        QCOMPARE(client.state(), State::Disconnected);
        QVERIFY(!client.retryAt().isValid());
        QCOMPARE(record.retries, 0);
    } else {
        QTRY_COMPARE(record.connected, 2);
        QCOMPARE(record.stateAtDisconnected, State::Reconnecting);
        QCOMPARE(record.retries, 1);
        QVERIFY(record.stopped.isEmpty());
    }
    QCOMPARE(record.errors.size(), reports ? 1 : 0);
    if (reports) {
        QCOMPARE(record.errors[0].code,
            code == 4003 ? ErrorCode::Forbidden : ErrorCode::ProtocolViolation);
        QVERIFY(record.errors[0].message.contains(QString::number(code)));
    }
    // The peer was answered before the socket went.
    QTRY_COMPARE(server.open(), stops ? 0 : 1);
}

void HostileServerTest::triesOnceMoreWithAFreshTokenAfter4001()
{
    HostileServer server([](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.close(4001, "token expired");
    });
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    QSignalSpy refused(&client, &SocketClient::authenticationFailed);
    client.connectToServer();
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().contains(u"token expired"));
    QCOMPARE(server.upgrades(), 2);
    QCOMPARE(record.codes, (QList<int>{4001, 4001}));
    QCOMPARE(record.stateAtDisconnected, State::Disconnected);
    QVERIFY(record.stopped.isEmpty());
}

void HostileServerTest::refusesWhatBreaksTheProtocol_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<ErrorCode>("error");
    const auto row = [](const char *name, const QByteArray &bytes, int code, ErrorCode error) {
        QTest::newRow(name) << bytes << code << error;
    };
    const auto violation = ErrorCode::ProtocolViolation;
    row("garbage", QByteArray(512, '\xff'), 1002, violation);
    row("HTTP where frames belong", "HTTP/1.1 200 OK\r\n\r\n", 1002, violation);
    row("a reserved opcode", wire::frame(wire::Opcode::Reserved, "x"), 1002, violation);
    row("text that is no UTF-8", wire::text("{\"name\":\"\xc3\x28\"}"), 1007, violation);
    row("a ping of 126 bytes", wire::frame(wire::Opcode::Ping, QByteArray(126, 'x')), 1002,
        violation);
    row("a close frame of one byte", wire::frame(wire::Opcode::Close, "x"), 1002, violation);
    row("one byte more than the limit", wire::text(QByteArray(16 * mebibyte + 1, ' ')), 1009,
        ErrorCode::TooLarge);
    row("2 GiB announced", wire::header(wire::Opcode::Text, 2048 * mebibyte), 1009,
        ErrorCode::TooLarge);
    row("2^63 - 1 bytes announced", wire::header(wire::Opcode::Text, 0x7fffffffffffffffULL), 1009,
        ErrorCode::TooLarge);
}

void HostileServerTest::refusesWhatBreaksTheProtocol()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(ErrorCode, error);
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    server.peers.constLast()->send(bytes);
    QTRY_COMPARE(record.connected, 2);
    QCOMPARE(record.codes, QList<int>{code});
    QCOMPARE(record.stateAtDisconnected, State::Reconnecting);
    QCOMPARE(record.errors.size(), 1);
    QCOMPARE(record.errors[0].code, error);
    // It says whose fault it was.
    QVERIFY2(
        record.errors[0].message.startsWith(u"127.0.0.1 "), qPrintable(record.errors[0].message));
}

void HostileServerTest::keepsTheConnectionOverOneBadMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no JSON") << wire::text("hello");
    QTest::newRow("half an object") << wire::text("{\"name\":");
    QTest::newRow("no object") << wire::text("[1,2,3]");
    QTest::newRow("an empty message") << wire::text("");
    QTest::newRow("binary, not announced") << wire::frame(wire::Opcode::Binary, "\1\2\3");
}

void HostileServerTest::keepsTheConnectionOverOneBadMessage()
{
    QFETCH(QByteArray, bytes);
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    int delivered = 0;
    client.on(IncidentCreated, this, [&](const Incident &, const Envelope &) { ++delivered; });
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    HostilePeer &peer = *server.peers.constLast();
    peer.send(bytes);
    peer.send(wire::text(R"({"name":"incident.created","timestamp":1,)"
                         R"("data":{"uuid":"u","title":"t","severity":"info"}})"));
    QTRY_COMPARE(delivered, 1);
    QCOMPARE(client.rejectedMessages(), 1);
    QCOMPARE(record.errors.size(), 1);
    QCOMPARE(client.state(), State::Connected);
    QVERIFY(record.codes.isEmpty());
}

void HostileServerTest::readsAMaskedFrame()
{
    // RFC 6455 lets only clients mask. QWebSocket unmasks it all the same, and the mask hides
    // nothing from anybody, so that there is nothing to defend.
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    const QSignalSpy unknown(&client, &SocketClient::unknownMessagesChanged);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_COMPARE(server.upgrades(), 1);
    server.peers.constLast()->send(wire::frame(
        wire::Opcode::Text, R"({"name":"nobody.knows","data":{}})", wire::Mask::AsAClientDoes));
    QTRY_COMPARE(client.unknownMessages(), 1);
    QCOMPARE(client.latestUnknownMessage(), QStringLiteral("nobody.knows"));
    QCOMPARE(unknown.size(), 1);
    QCOMPARE(client.state(), State::Connected);
}

void HostileServerTest::takesAMessageOfExactlyTheLimit()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    QByteArray message = R"({"name":"nobody.knows","data":{}})";
    message.append(16 * mebibyte - message.size(), ' ');
    server.peers.constLast()->send(wire::text(message));
    QTRY_COMPARE_WITH_TIMEOUT(client.unknownMessages(), 1, 20'000);
    QCOMPARE(client.state(), State::Connected);
    QVERIFY(record.errors.isEmpty());
}

void HostileServerTest::makesNoRoomForAFrameThatIsOnlyAnnounced_data()
{
    QTest::addColumn<quint64>("length");
    QTest::newRow("2 GiB") << quint64(2048 * mebibyte);
    QTest::newRow("2 GiB - 1") << quint64(2048 * mebibyte - 1);
}

void HostileServerTest::makesNoRoomForAFrameThatIsOnlyAnnounced()
{
    QFETCH(quint64, length);
    HostileServer server(&HostilePeer::acceptUpgrade);
    SocketClient client(fastOptions(server.url()));
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    const qint64 before = peakAddressSpace();
    QVERIFY(before > 0);
    server.peers.constLast()->send(wire::header(wire::Opcode::Text, length) + "{\"name\"");
    QTRY_COMPARE(record.codes, QList<int>{1009});
    QCOMPARE(record.errors[0].code, ErrorCode::TooLarge);
    QTRY_COMPARE(record.connected, 2);
    QCOMPARE_LT(peakAddressSpace() - before, 1024 * mebibyte);
}

void HostileServerTest::noticesAPeerThatStopsInTheMiddleOfAFrame()
{
    HostileServer server(&HostilePeer::acceptUpgrade);
    auto options = fastOptions(server.url());
    options.connection.heartbeatInterval = 20ms;
    options.connection.heartbeatTimeout = 40ms;
    SocketClient client(options);
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    server.peers.constLast()->send(wire::header(wire::Opcode::Text, 1000) + "{\"name\":");
    QTRY_COMPARE(record.codes.value(0), 4000);
    QCOMPARE(record.stateAtDisconnected, State::Reconnecting);
    QCOMPARE(record.errors[0].code, ErrorCode::HeartbeatTimeout);
    QTRY_VERIFY(record.connected >= 2);
}

void HostileServerTest::isNotHeldUpByAPeerThatDoesNotRead_data()
{
    QTest::addColumn<bool>("destroys");
    QTest::newRow("disconnected, then destroyed") << false;
    QTest::newRow("destroyed") << true;
}

void HostileServerTest::isNotHeldUpByAPeerThatDoesNotRead()
{
    QFETCH(bool, destroys);
    HostileServer server([](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.stopReading();
    });
    auto client = std::make_unique<SocketClient>(fastOptions(server.url()));
    Record record(*client);
    client->connectToServer();
    QTRY_COMPARE(record.connected, 1);
    // More than the kernel takes on both sides together (tcp_wmem and tcp_rmem: 4 and 6 MiB).
    const QByteArray frame(mebibyte, 'x');
    for (int i = 0; i < 32; ++i)
        client->sendText(frame);
    QElapsedTimer time;
    time.start();
    if (!destroys) {
        client->disconnectFromServer();
        QCOMPARE(client->state(), State::Disconnected);
        QCOMPARE(record.codes, QList<int>{1000});
        // And the next connection is not kept waiting by the one that cannot leave.
        server.script = &HostilePeer::acceptUpgrade;
        client->connectToServer();
        QTRY_COMPARE(client->state(), State::Connected);
        QCOMPARE(record.connected, 2);
    }
    client.reset();
    QCOMPARE_LT(time.elapsed(), 2'000);
}

void HostileServerTest::goesOnAtOnceWhenAPeerThatDoesNotReadCloses()
{
    HostileServer server([](HostilePeer &peer) {
        peer.acceptUpgrade();
        peer.stopReading();
    });
    auto options = fastOptions(server.url());
    options.connection.heartbeatInterval = 0ms; // nothing else ends the wait
    SocketClient client(options);
    Record record(client);
    client.connectToServer();
    QTRY_COMPARE(record.connected, 1);
    const QByteArray frame(mebibyte, 'x');
    for (int i = 0; i < 32; ++i)
        client.sendText(frame);
    // The stream stays open: only the close frame says that it is over.
    server.script = &HostilePeer::acceptUpgrade;
    server.peers.constLast()->send(wire::close(1001));
    QTRY_COMPARE(record.connected, 2);
    QCOMPARE(record.codes, QList<int>{1001});
}

QTEST_GUILESS_MAIN(HostileServerTest)
#include "tst_hostileserver.moc"
