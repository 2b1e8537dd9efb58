// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QtEndian>

#include <malloc.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

enum FirstByte : quint8 {
    Continuation = 0,
    Text = 1,
    Close = 8,
    Ping = 9,
    Rsv1 = 0x40,
    Fin = 0x80
};
enum class Masking { Masked, Bare };

// A client's WebSocket frame, by hand: QWebSocket makes good ones only.
QByteArray frame(quint8 first, const QByteArray &payload, Masking masking = Masking::Masked)
{
    QByteArray bytes(1, char(first));
    const char mask = masking == Masking::Masked ? char(0x80) : char(0);
    if (payload.size() < 126) {
        bytes += char(mask | char(payload.size()));
    } else if (payload.size() < 0x10000) {
        bytes += char(mask | char(126));
        const auto size = qToBigEndian(quint16(payload.size()));
        bytes.append(reinterpret_cast<const char *>(&size), sizeof size);
    } else {
        bytes += char(mask | char(127));
        const auto size = qToBigEndian(quint64(payload.size()));
        bytes.append(reinterpret_cast<const char *>(&size), sizeof size);
    }
    if (masking == Masking::Masked)
        bytes += QByteArray(4, '\0'); // a mask that changes nothing
    return bytes + payload;
}

const QByteArray upgrade = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const QByteArray postHead = "POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Type: application/json\r\n";

qint64 residentBytes()
{
    ::malloc_trim(0); // what is free is not the gateway's
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace

/// A gateway among peers that mean no good: each is given a clear answer, others are served
/// meanwhile, and nothing is left of any.
class HostileTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void answersBadRequests_data();
    void answersBadRequests();
    void takesNoSecondRequestOutOfOne_data();
    void takesNoSecondRequestOutOfOne();
    void closesOnBadFrames_data();
    void closesOnBadFrames();
    void negotiatesNoCompression();
    void refusesLargeMessagesHoweverTheyAreSent_data();
    void refusesLargeMessagesHoweverTheyAreSent();
    void namesInvalidUtf8InABody();
    void refusesAPostOfTooManyReports_data();
    void refusesAPostOfTooManyReports();
    void servesOthersWhileSomeDribble();
    void givesUpAMessageOfNothing();
    void givesUpASilentPeer();
    void readsNoBodyBeyondItsBound();
    void keepsNothingOfManyAttempts();

private:
    bool isServing() { return request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status == 200; }
    /// A WebSocket by hand, after its handshake.
    std::unique_ptr<QTcpSocket> open()
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(u"127.0.0.1"_s, m_gateway->port());
        socket->write(upgrade + "\r\n");
        QByteArray answer;
        const bool opened = QTest::qWaitFor(
            [&] {
                answer += socket->readAll();
                return answer.contains("\r\n\r\n");
            },
            patience);
        return opened && answer.startsWith("HTTP/1.1 101 ") ? std::move(socket) : nullptr;
    }
    /// The code of the close frame that comes, or 0; waits until the gateway has closed.
    static int closeCode(QTcpSocket &socket)
    {
        QByteArray bytes;
        int code = 0;
        const bool closed = QTest::qWaitFor(
            [&] {
                if (socket.isOpen())
                    bytes += socket.readAll();
                // Frames of the gateway are short here, and not masked.
                while (code == 0 && bytes.size() >= 2 && bytes.size() >= 2 + bytes[1]) {
                    if (bytes[0] == char(Fin | Close)) {
                        code = qFromBigEndian<quint16>(bytes.constData() + 2);
                        socket.write(frame(Fin | Close, bytes.mid(2, 2)));
                        socket.disconnectFromHost();
                    }
                    bytes.remove(0, 2 + bytes[1]);
                }
                return socket.state() == QAbstractSocket::UnconnectedState;
            },
            patience);
        return closed ? code : -1;
    }
};

void HostileTest::answersBadRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto get = [](const QByteArray &target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    };
    QTest::newRow("two slashes") << get("//healthz") << 404;
    QTest::newRow("up") << get("/x/../healthz") << 404;
    QTest::newRow("up, encoded") << get("/%2e%2e/etc/passwd") << 404;
    QTest::newRow("encoded") << get("/%68ealthz") << 404;
    QTest::newRow("a slash behind") << get("/ingest/alertmanager/") << 404;
    QTest::newRow("a parameter") << get("/healthz;x") << 404;
    QTest::newRow("other case") << get("/HEALTHZ") << 404;
    QTest::newRow("absolute") << get("http://localhost/healthz") << 404;
    QTest::newRow("of another host") << get("http://evil.example/metrics") << 404;
    QTest::newRow("an asterisk") << get("*") << 404;
    QTest::newRow("an encoded NUL") << get("/healthz%00") << 404;
    QTest::newRow("a NUL") << get("/healthz" + QByteArray(1, '\0')) << 400;
    QTest::newRow("a long target") << get('/' + QByteArray(20'000, 'x')) << 431;
    QTest::newRow("no target") << "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba << 400;
    QTest::newRow("connect") << "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n"
                                "Connection: close\r\n\r\n"_ba
                             << 404;
    QTest::newRow("trace") << "TRACE /healthz HTTP/1.1\r\nHost: localhost\r\n"
                              "Connection: close\r\n\r\n"_ba
                           << 405;
    QTest::newRow("version") << "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n"_ba << 400;
    QTest::newRow("HTTP/2") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba << 400;
    QTest::newRow("a TLS hello") << QByteArray::fromHex("16030100c8010000c40303") + "\r\n\r\n"
                                 << 400;
    QTest::newRow("a large header")
        << "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n"
        << 431;
    QTest::newRow("many headers") << "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
            + QByteArray("a:b\r\n").repeated(5'000)
            + "\r\n" << 431;
    QTest::newRow("a NUL in a header")
        << "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a" + QByteArray(1, '\0') + "b\r\n\r\n"
        << 400;
    QTest::newRow("a folded header")
        << "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\r\n\tb\r\n"
           "Connection: close\r\n\r\n"_ba
        << 200; // as RFC 7230 section 3.2.4 has it: read as a space
    QTest::newRow("a space before the colon")
        << "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n"_ba << 400;
    QTest::newRow("two hosts") << "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
                                  "Host: evil.example\r\n\r\n"_ba
                               << 400;
    QTest::newRow("no host") << "GET /healthz HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("a compressed body") << postHead
            + "Content-Encoding: gzip\r\n"
              "Content-Length: 20\r\n\r\n"
                                       << 415;
    QTest::newRow("a form") << "POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                               "text/plain\r\nContent-Length: 2\r\n\r\n{}"_ba
                            << 415;
    QTest::newRow("an old WebSocket") << QByteArray(upgrade).replace("Version: 13", "Version: 8")
            + "\r\n" << 426;
}

void HostileTest::answersBadRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    start();
    const QByteArray answer = exchange(request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '),
        (answer + " for " + request.left(200)).constData());
    QVERIFY(isServing());
}

// What a proxy before the gateway might read as one request, the gateway must not read as two.
void HostileTest::takesNoSecondRequestOutOfOne_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer"); // how it begins
    const QByteArray inner = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const QByteArray bad = "HTTP/1.1 400 ";
    QTest::newRow("a length and chunks")
        << postHead + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner
        << bad;
    QTest::newRow("chunks and a length")
        << postHead + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + inner
        << bad;
    QTest::newRow("two lengths") << postHead + "Content-Length: 0\r\nContent-Length: 48\r\n\r\n"
            + inner << bad;
    QTest::newRow("a list of lengths") << postHead + "Content-Length: 0, 48\r\n\r\n" + inner << bad;
    QTest::newRow("a signed length") << postHead + "Content-Length: +0\r\n\r\n" + inner << bad;
    QTest::newRow("no length at all") << postHead + "Content-Length: \r\n\r\n" + inner << bad;
    QTest::newRow("a huge length")
        << postHead + "Content-Length: 99999999999999999999\r\n\r\n" + inner << bad;
    QTest::newRow("bare line feeds")
        << "POST /ingest/incident HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n" + inner << bad;
    QTest::newRow("a bare carriage return")
        << postHead + "X: a\rTransfer-Encoding: chunked\r\n\r\n" + inner << bad;
    QTest::newRow("a coding nobody knows")
        << postHead + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner << bad;
    QTest::newRow("chunked, and not last")
        << postHead + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + inner << bad;
    QTest::newRow("chunks in HTTP/1.0")
        << "POST /ingest/incident HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
           "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + inner
        << "HTTP/1.0 400 "_ba;
    QTest::newRow("two codings") << postHead
            + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
            + inner << bad;
    QTest::newRow("a chunk's size that is none")
        << postHead + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + inner << bad;
    QTest::newRow("a chunk that is longer")
        << postHead + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n" + inner << bad;
    // The reader of a refused body does not look for requests in it.
    QTest::newRow("a body that is refused") << "POST /ingest/incident HTTP/1.1\r\nHost: localhost"
                                               "\r\nContent-Length: 48\r\n\r\n"
            + inner << "HTTP/1.1 415 "_ba;
}

void HostileTest::takesNoSecondRequestOutOfOne()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    start();
    const QByteArray got = exchange(request);
    QVERIFY2(got.startsWith(answer), (got + " for " + request).constData());
    QCOMPARE(got.count("\nServer: "), 1);
    QVERIFY(isServing());
}

void HostileTest::closesOnBadFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("not masked") << frame(Fin | Text, "{}", Masking::Bare) << 1002;
    QTest::newRow("compressed") << frame(Fin | Rsv1 | Text, "{}") << 1002;
    QTest::newRow("reserved bits") << frame(Fin | 0x30 | Text, "{}") << 1002;
    QTest::newRow("reserved opcode") << frame(Fin | 3, "{}") << 1002;
    QTest::newRow("reserved control") << frame(Fin | 11, {}) << 1002;
    QTest::newRow("a long ping") << frame(Fin | Ping, QByteArray(126, 'x')) << 1002;
    QTest::newRow("a ping in parts") << frame(Ping, "x") << 1002;
    QTest::newRow("a part of nothing") << frame(Fin | Continuation, "x") << 1002;
    QTest::newRow("text within text") << frame(Text, "{") + frame(Fin | Text, "}") << 1002;
    QTest::newRow("a short close") << frame(Fin | Close, "x") << 1002;
    QTest::newRow("a code that may not be sent") << frame(Fin | Close, "\x03\xed") << 1002; // 1005
    QTest::newRow("a size that is not the least")
        << QByteArray::fromHex("81fe0002000000007b7d") << 1002;
    QTest::newRow("invalid UTF-8") << frame(Fin | Text, "{\"type\":\"\xff\"}") << 1007;
    QTest::newRow("a surrogate in UTF-8") << frame(Fin | Text, "\"\xed\xa0\x80\"") << 1007;
    QTest::newRow("UTF-8 that ends early") << frame(Fin | Text, "\"\xc3") << 1007;
    QTest::newRow("invalid UTF-8 in parts")
        << frame(Text, "\"\xc3") + frame(Fin | Continuation, "x\"") << 1007;
}

void HostileTest::closesOnBadFrames()
{
    QFETCH(QByteArray, bytes);
    start();
    const auto socket = open();
    QVERIFY(socket);
    socket->write(bytes);
    QTEST(closeCode(*socket), "code");
    QVERIFY(isServing());
}

void HostileTest::negotiatesNoCompression()
{
    start();
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
    socket.write(upgrade + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    QByteArray answer;
    QTRY_VERIFY((answer += socket.readAll()).contains("\r\n\r\n"));
    QVERIFY(answer.startsWith("HTTP/1.1 101 "));
    QVERIFY(!answer.toLower().contains("sec-websocket-extensions"));
}

void HostileTest::refusesLargeMessagesHoweverTheyAreSent_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("then");
    QTest::newRow("at once") << frame(Fin | Text, QByteArray(2 << 20, 'x')) << QByteArray();
    QTest::newRow("announced only")
        << QByteArray::fromHex("81ff000000100000000000000000") + QByteArray(2 << 20, 'x')
        << QByteArray();
    QTest::newRow("beyond all bounds") << QByteArray::fromHex("81ffffffffffffffffff00000000")
            + QByteArray(2 << 20, 'x') << QByteArray();
    QTest::newRow("in parts without end")
        << frame(Text, "x") << frame(Continuation, QByteArray(60'000, 'x'));
    QTest::newRow("in small parts without end")
        << frame(Text, "x") << frame(Continuation, QByteArray(100, 'x')).repeated(500);
}

void HostileTest::refusesLargeMessagesHoweverTheyAreSent()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, then);
    start();
    const auto socket = open();
    QVERIFY(socket);
    socket->write(first);
    for (int i = 0; i < 40 && !then.isEmpty(); ++i)
        socket->write(then);
    QCOMPARE(closeCode(*socket), 1009);
    QVERIFY(isServing());
}

void HostileTest::namesInvalidUtf8InABody()
{
    start();
    const Answer answer
        = post(m_url, u"/ingest/incident"_s, "{\"key\":\"a\",\"title\":\"\xff\xfe\"}");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error()[u"code"_s].toString(), u"invalid_json"_s);
    QVERIFY2(answer.error()[u"message"_s].toString().contains(u"UTF-8"), answer.body.constData());
    QCOMPARE(incidents().json()[u"seq"_s].toInt(-1), 0);
}

void HostileTest::refusesAPostOfTooManyReports_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("behind");
    QTest::newRow("native") << u"/ingest/incident"_s << "["_ba << R"({"key":"a","title":"t"})"_ba
                            << "]"_ba;
    QTest::newRow("Alertmanager")
        << u"/ingest/alertmanager"_s << R"({"version":"4","status":"firing","alerts":[)"_ba
        << R"({"status":"firing","labels":{"alertname":"a"},"annotations":{},)"
           R"("startsAt":"2026-02-01T12:00:00Z","fingerprint":"1"})"_ba
        << "]}"_ba;
}

void HostileTest::refusesAPostOfTooManyReports()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, behind);
    start();
    constexpr int most = 100'000;
    const auto answer = post(m_url, path, before + (one + ',').repeated(most) + one + behind);
    QCOMPARE(answer.status, 413);
    QCOMPARE(answer.error()[u"code"_s].toString(), u"too_large"_s);
    QCOMPARE(answer.error()[u"message"_s].toString(),
        u"A post may bring at most 100000 reports, and this one brings 100001: split it into"
        " several."_s);
    QCOMPARE(incidents().json()[u"seq"_s].toInt(-1), 0);
    QCOMPARE(post(m_url, path, before + one + behind).status, 200);
}

void HostileTest::servesOthersWhileSomeDribble()
{
    start({.headerTimeout = 1s});
    QVERIFY(isServing());
    const qint64 before = residentBytes();
    std::vector<std::unique_ptr<QTcpSocket>> slow;
    for (int i = 0; i < 400; ++i) {
        slow.push_back(std::make_unique<QTcpSocket>());
        slow.back()->connectToHost(u"127.0.0.1"_s, m_gateway->port());
    }
    const auto count = [&](QAbstractSocket::SocketState state) {
        return std::ranges::count_if(
            slow, [state](const auto &socket) { return socket->state() == state; });
    };
    QTRY_COMPARE(count(QAbstractSocket::ConnectedState), 400);
    const QByteArray header = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ";
    // A byte at a time, with somebody served between, until all have been given up.
    for (qsizetype i = 0; count(QAbstractSocket::ConnectedState) > 0; ++i) {
        for (const auto &socket : slow) {
            if (socket->state() == QAbstractSocket::ConnectedState)
                socket->write(header.mid(qMin(i, header.size() - 1), 1));
        }
        QVERIFY(isServing());
        QVERIFY(i < 100'000);
    }
    QVERIFY2(
        residentBytes() - before < 32 << 20, qPrintable(QString::number(residentBytes() - before)));
}

// A message that is never done, and never longer: no part of it comes to the session, which counts
// messages. A stranger has his five seconds of it (here one), while the others are served.
void HostileTest::givesUpAMessageOfNothing()
{
    token(Role::Admin);
    start({.tokensFile = tokensFile(), .authenticationTimeout = 1s});
    const auto socket = open();
    QVERIFY(socket);
    const qint64 before = residentBytes();
    socket->write(frame(Text, {}));
    const QByteArray nothing = frame(Continuation, {}).repeated(1'000);
    QElapsedTimer since;
    since.start();
    QByteArray got;
    while (socket->state() == QAbstractSocket::ConnectedState && !got.contains("\x0f\xa1"_ba)) {
        if (socket->bytesToWrite() < 1 << 20)
            socket->write(nothing);
        QVERIFY(isServing());
        got += socket->readAll();
        QVERIFY(since.elapsed() < 30'000);
    }
    // 4001, as any stranger who does not say who he is.
    QVERIFY2(got.contains("\x0f\xa1"_ba), got.toHex().constData());
    QVERIFY(residentBytes() - before < 16 << 20);
}

void HostileTest::givesUpASilentPeer()
{
    start({.silenceTimeout = 300ms});
    // It answers no ping, as one would whose machine is gone without a word.
    const auto socket = open();
    QVERIFY(socket);
    QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
    const QByteArray got = socket->readAll();
    QVERIFY2(got.startsWith(QByteArray::fromHex("8900")), got.toHex().constData());
    Peer alive(m_gateway->webSocketUrl()); // answers them
    QVERIFY(alive.waitUntil([&] { return alive.socket.isValid(); }));
    QTRY_VERIFY(request("GET", m_url.resolved(QUrl(u"/metrics"_s)))
            .body.contains("tocsin_gateway_sessions 1\n"));
}

void HostileTest::readsNoBodyBeyondItsBound()
{
    start({.largestBody = 1 << 20});
    QVERIFY(isServing());
    const qint64 before = residentBytes();
    for (const bool inChunks : {false, true}) {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        socket.write(postHead
            + (inChunks ? "Transfer-Encoding: chunked\r\n\r\n"_ba
                        : "Content-Length: 104857600\r\n\r\n"_ba));
        const QByteArray piece = (inChunks ? "10000\r\n"_ba : QByteArray())
            + QByteArray(0x10000, ' ') + (inChunks ? "\r\n"_ba : QByteArray());
        QByteArray answer;
        for (int i = 0; i < 1'600 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
            socket.write(piece);
            QTRY_VERIFY(((answer += socket.readAll()), socket.bytesToWrite() == 0)
                || socket.state() != QAbstractSocket::ConnectedState);
        }
        QTRY_VERIFY((answer += socket.readAll()).contains("\r\n\r\n"));
        QVERIFY2(answer.startsWith("HTTP/1.1 413 "), answer.constData());
    }
    QVERIFY2(
        residentBytes() - before < 16 << 20, qPrintable(QString::number(residentBytes() - before)));
}

// What it kept would be seen: each attempt has some kilobytes.
void HostileTest::keepsNothingOfManyAttempts()
{
    start();
    const QList<QByteArray> requests{
        postHead + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        "GET /%2e%2e/" + QByteArray(2'000, 'x')
            + " HTTP/1.1\r\nHost: localhost\r\n"
              "Connection: close\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n",
        postHead + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        postHead + "Connection: close\r\nContent-Length: 4000\r\n\r\n" + QByteArray(4'000, '['),
        QByteArray(upgrade).replace("Version: 13", "Version: 8") + "\r\n",
    };
    const QList<QByteArray> frames{
        frame(Fin | Text, "\xff"),
        frame(Fin | Text, QByteArray(4'000, 'x'), Masking::Bare),
        frame(Fin | Rsv1 | Text, QByteArray(4'000, 'x')),
        frame(Text, QByteArray(4'000, 'x')) + frame(Fin | Text, "x"),
    };
    const auto attempt = [&](int times) {
        for (int i = 0; i < times; ++i) {
            const QByteArray &request = requests[i % requests.size()];
            if (!exchange(request).startsWith("HTTP/1.1 4"))
                return false;
            const auto socket = open();
            if (!socket)
                return false;
            socket->write(frames[i % frames.size()]);
            // One in four goes without a word.
            if (i % 4 != 3 && closeCode(*socket) < 1002)
                return false;
        }
        return true;
    };
    QVERIFY(attempt(60)); // until every pool has what it keeps
    const qint64 before = residentBytes();
    // A request and a session each.
    const int times = qMax(300, qEnvironmentVariableIntValue("TOCSIN_HOSTILE_ATTEMPTS") / 2);
    QVERIFY(attempt(times));
    QVERIFY(isServing());
    const qint64 grown = residentBytes() - before;
    qInfo("%d attempts: %lld KiB more", 2 * times, grown / 1024);
    QVERIFY(grown < 4 << 20);
    QTRY_VERIFY(request("GET", m_url.resolved(QUrl(u"/metrics"_s)))
            .body.contains("tocsin_gateway_sessions 0\n"));
}

QTEST_GUILESS_MAIN(HostileTest)
#include "tst_hostile.moc"
