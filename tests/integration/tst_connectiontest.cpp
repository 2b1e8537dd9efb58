// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/connectiontest.h"

#include "../authority.h"
#include "../gateway/gatewaytest.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QWebSocketServer>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;
using Verdict = ConnectionTest::Verdict;

namespace {

const QStringList shownRoom{u"account:default"_s};

/// Answers every request with these bytes, and hangs up.
class OneAnswer : public QTcpServer
{
public:
    explicit OneAnswer(const QByteArray &bytes)
    {
        connect(this, &QTcpServer::newConnection, this, [this, bytes] {
            QTcpSocket *const socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, bytes] {
                socket->readAll();
                socket->write(bytes);
                socket->disconnectFromHost();
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(errorString()));
    }
    [[nodiscard]] QString address(const QString &scheme = u"ws"_s) const
    {
        return u"%1://127.0.0.1:%2"_s.arg(scheme).arg(serverPort());
    }
};

class WebSocketServer : public QWebSocketServer
{
public:
    explicit WebSocketServer(const std::function<void(QWebSocket &)> &greet)
        : QWebSocketServer(u"other"_s, NonSecureMode)
    {
        connect(this, &QWebSocketServer::newConnection, this, [this, greet] {
            QWebSocket *const socket = nextPendingConnection();
            socket->setParent(this);
            greet(*socket);
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(errorString()));
    }
    [[nodiscard]] QString address() const { return u"ws://127.0.0.1:%1"_s.arg(serverPort()); }
};

} // namespace

/// What a person is told of a server that they try, of servers that are real.
class ConnectionTestTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void worksWithoutAToken();
    void worksWithAToken_data();
    void worksWithAToken();
    void worksWithAPlainServer();
    void saysThatItIsNoAddress();
    void saysThatThereIsNoSuchName();
    void saysThatNothingListens();
    void saysThatNothingComesBack();
    void saysThatATokenIsWanted();
    void saysThatTheTokenIsNotAccepted_data();
    void saysThatTheTokenIsNotAccepted();
    void saysThatTheTokenIsForReports();
    void saysThatTheRoomIsNotForThisToken();
    void saysWhatIsWrongWithTheCertificate_data();
    void saysWhatIsWrongWithTheCertificate();
    void worksWithTls();
    void saysThatNoTlsIsSpoken();
    void saysThatItHungUp();
    void saysThatItIsNoTocsinServer_data();
    void saysThatItIsNoTocsinServer();
    void saysThatItCannotServeNow();
    void saysThatItIsAnotherWebSocket_data();
    void saysThatItIsAnotherWebSocket();
    void saysThatTheVersionIsAnother();
    void leavesNothingBehind();
    void tellsOnlyOfTheLastOne();

private:
    [[nodiscard]] Verdict verdictOf(ConnectionTest &test, const QString &address,
        const QString &token = {}, const QStringList &rooms = shownRoom)
    {
        test.start(address, token, rooms);
        const bool done = QTest::qWaitFor([&] { return !test.isRunning(); }, 2 * patience);
        // Whatever came of it, it is said, and holds no secret.
        if (!done || test.headline().isEmpty()
            || (!token.isEmpty() && (test.headline() + test.advice()).contains(token)))
            return Verdict::None;
        return test.verdict();
    }
    void startWithTokens(GatewayConfiguration configuration = {})
    {
        if (!QFile::exists(tokensFile()))
            m_token = QString::fromLatin1(token(Role::Responder));
        configuration.tokensFile = tokensFile();
        start(configuration);
    }
    [[nodiscard]] QString address() const { return m_gateway->webSocketUrl().toString(); }

    Authority m_authority{u"Test Authority"_s};
    QSslConfiguration m_usualTls = QSslConfiguration::defaultConfiguration();
    QString m_token;
};

void ConnectionTestTest::cleanup()
{
    QSslConfiguration::setDefaultConfiguration(m_usualTls);
    m_gateway.reset();
}

void ConnectionTestTest::worksWithoutAToken()
{
    start();
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"one"_s)).status, 200);
    ConnectionTest test;
    QCOMPARE(test.verdict(), Verdict::None);
    QCOMPARE(verdictOf(test, address()), Verdict::Works);
    QVERIFY(test.works());
    QCOMPARE(test.headline(), u"It works: connected to 127.0.0.1:%1."_s.arg(m_gateway->port()));
    QCOMPARE(
        test.advice(), u"It asks for no token. Rooms: account:default. Active incidents: 1."_s);
    // As it stands in a browser.
    QCOMPARE(verdictOf(test, m_url.toString() + u"/healthz"_s), Verdict::Works);
}

void ConnectionTestTest::worksWithAToken_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<QString>("words");
    QTest::newRow("viewer") << Role::Viewer << u"You are viewer, who may look and not act"_s;
    QTest::newRow("responder") << Role::Responder
                               << u"You are responder, with the role responder"_s;
}

void ConnectionTestTest::worksWithAToken()
{
    QFETCH(Role, role);
    QFETCH(QString, words);
    const auto shown = QString::fromLatin1(token(role));
    startWithTokens();
    ConnectionTest test;
    // As it is pasted, with the end of the line.
    QCOMPARE(verdictOf(test, address(), shown + u'\n'), Verdict::Works);
    QVERIFY2(test.advice().startsWith(words), qPrintable(test.advice()));
    QVERIFY(!test.advice().contains(shown));
}

void ConnectionTestTest::worksWithAPlainServer()
{
    WebSocketServer server([](QWebSocket &socket) {
        socket.sendTextMessage(
            uR"({"name":"incident.created","data":{"uuid":"a","title":"Disk","severity":"info"}})"_s);
    });
    ConnectionTest test;
    QCOMPARE(verdictOf(test, server.address()), Verdict::Works);
    QVERIFY2(test.advice().contains(u"a plain server"), qPrintable(test.advice()));
}

void ConnectionTestTest::saysThatItIsNoAddress()
{
    ConnectionTest test;
    QSignalSpy changes(&test, &ConnectionTest::verdictChanged);
    QCOMPARE(verdictOf(test, u"the new one"_s), Verdict::BadAddress);
    QCOMPARE(changes.size(), 1);
    QVERIFY(test.advice().contains(u"“the new one”"));
    test.forget();
    QCOMPARE(test.verdict(), Verdict::None);
    QVERIFY(test.headline().isEmpty());
}

void ConnectionTestTest::saysThatThereIsNoSuchName()
{
    // RFC 6761 section 6.4: there never is one.
    ConnectionTest test;
    QCOMPARE(verdictOf(test, u"wss://tocsin.invalid"_s), Verdict::NameNotFound);
    QCOMPARE(test.headline(), u"There is no “tocsin.invalid”."_s);
}

void ConnectionTestTest::saysThatNothingListens()
{
    QString closed;
    {
        const OneAnswer server({});
        closed = server.address();
    }
    ConnectionTest test;
    QCOMPARE(verdictOf(test, closed), Verdict::Refused);
    QVERIFY(test.suggestion().isEmpty());
    // A free machine of a test has nothing at TLS's port.
    QTcpSocket taken;
    taken.connectToHost(QHostAddress(u"127.0.0.3"_s), 443);
    if (taken.waitForConnected(1'000))
        QSKIP("Something listens at port 443 here.");
    QCOMPARE(verdictOf(test, u"wss://127.0.0.3"_s), Verdict::Refused);
    QCOMPARE(test.suggestion(), u"wss://127.0.0.3:8787/ws"_s);
}

void ConnectionTestTest::saysThatNothingComesBack()
{
    // Its backlog takes the connection, and nobody ever reads from it.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ConnectionTest test;
    test.setPatience(100ms);
    for (const auto &scheme : {u"ws"_s, u"wss"_s}) {
        QCOMPARE(verdictOf(test, u"%1://127.0.0.1:%2"_s.arg(scheme).arg(silent.serverPort())),
            Verdict::Unreachable);
    }
}

void ConnectionTestTest::saysThatATokenIsWanted()
{
    startWithTokens();
    ConnectionTest test;
    QCOMPARE(verdictOf(test, address()), Verdict::TokenMissing);
    OneAnswer proxy("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(verdictOf(test, proxy.address()), Verdict::TokenMissing);
    QCOMPARE(verdictOf(test, proxy.address(), m_token), Verdict::TokenRefused);
}

void ConnectionTestTest::saysThatTheTokenIsNotAccepted_data()
{
    QTest::addColumn<bool>("expired");
    QTest::newRow("unknown") << false;
    QTest::newRow("expired") << true;
}

void ConnectionTestTest::saysThatTheTokenIsNotAccepted()
{
    QFETCH(bool, expired);
    const QString shown = expired
        ? QString::fromLatin1(
              token({.name = u"ann"_s, .role = Role::Viewer, .expires = u"2020-01-31"_s}))
        : u"not-one-of-theirs"_s;
    (void)token(Role::Admin);
    startWithTokens();
    ConnectionTest test;
    QCOMPARE(verdictOf(test, address(), shown), Verdict::TokenRefused);
    QVERIFY(test.advice().contains(u"has expired"));
}

void ConnectionTestTest::saysThatTheTokenIsForReports()
{
    const auto shown = QString::fromLatin1(token(Role::Sender));
    startWithTokens();
    ConnectionTest test;
    QCOMPARE(verdictOf(test, address(), shown), Verdict::Forbidden);
    QVERIFY(test.advice().contains(u"for reports only"));
}

void ConnectionTestTest::saysThatTheRoomIsNotForThisToken()
{
    const auto shown = QString::fromLatin1(
        token({.name = u"ann"_s, .role = Role::Viewer, .rooms = {u"account:acme"_s}}));
    startWithTokens();
    ConnectionTest test;
    QCOMPARE(verdictOf(test, address(), shown, {u"account:acme"_s}), Verdict::Works);
    QCOMPARE(verdictOf(test, address(), shown, {u"account:acme"_s, u"account:other"_s}),
        Verdict::RoomRefused);
    QVERIFY2(test.advice().contains(u"account:other"), qPrintable(test.advice()));
}

void ConnectionTestTest::saysWhatIsWrongWithTheCertificate_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("validFrom");
    QTest::addColumn<int>("validUntil");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("advice");
    QTest::newRow("expired") << u"DNS:localhost"_s << -9 << -2 << true
                             << Verdict::CertificateExpired << u"Renew it"_s;
    QTest::newRow("not yet valid") << u"DNS:localhost"_s << 2 << 40 << true
                                   << Verdict::CertificateNotYetValid << u"Check the clock"_s;
    QTest::newRow("another name") << u"DNS:ops.example.com"_s << -1 << 30 << true
                                  << Verdict::CertificateWrongName << u"is for ops.example.com"_s;
    QTest::newRow("unknown authority")
        << u"DNS:localhost"_s << -1 << 30 << false << Verdict::CertificateUntrusted
        << u"issued by \"Test Authority\""_s;
    QTest::newRow("self-signed") << QString() << 0 << 0 << false << Verdict::CertificateUntrusted
                                 << u"signed by itself"_s;
}

void ConnectionTestTest::saysWhatIsWrongWithTheCertificate()
{
    QFETCH(QString, name);
    QFETCH(int, validFrom);
    QFETCH(int, validUntil);
    QFETCH(bool, trusted);
    QFETCH(Verdict, verdict);
    QFETCH(QString, advice);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (name.isEmpty())
        (void)m_authority.issueSelfSigned();
    else
        (void)m_authority.issue(name, now.addDays(validFrom), now.addDays(validUntil));
    if (trusted) {
        QSslConfiguration tls = m_usualTls;
        tls.addCaCertificate(m_authority.certificate());
        QSslConfiguration::setDefaultConfiguration(tls);
    }
    start({.tlsCertificate = m_authority.path() + u"/it.pem"_s,
        .tlsKey = m_authority.path() + u"/it.key"_s});
    ConnectionTest test;
    QCOMPARE(verdictOf(test, u"https://localhost:%1"_s.arg(m_gateway->port())), verdict);
    QVERIFY2(test.advice().contains(advice), qPrintable(test.advice()));
    QVERIFY(test.suggestion().isEmpty());
}

void ConnectionTestTest::worksWithTls()
{
    (void)m_authority.issue(u"DNS:localhost"_s);
    QSslConfiguration tls = m_usualTls;
    tls.addCaCertificate(m_authority.certificate());
    QSslConfiguration::setDefaultConfiguration(tls);
    startWithTokens({.tlsCertificate = m_authority.path() + u"/it.pem"_s,
        .tlsKey = m_authority.path() + u"/it.key"_s});
    ConnectionTest test;
    QCOMPARE(
        verdictOf(test, u"https://localhost:%1"_s.arg(m_gateway->port()), m_token), Verdict::Works);
    // Without its s: that is found out, and said.
    QCOMPARE(
        verdictOf(test, u"http://localhost:%1"_s.arg(m_gateway->port()), m_token), Verdict::HungUp);
    QCOMPARE(test.suggestion(), u"wss://localhost:%1/ws"_s.arg(m_gateway->port()));
    QCOMPARE(verdictOf(test, test.suggestion(), m_token), Verdict::Works);
}

void ConnectionTestTest::saysThatNoTlsIsSpoken()
{
    startWithTokens();
    ConnectionTest test;
    QCOMPARE(
        verdictOf(test, u"wss://127.0.0.1:%1"_s.arg(m_gateway->port()), m_token), Verdict::NoTls);
    QVERIFY2(test.advice().contains(u"can be read on the way"), qPrintable(test.advice()));
    QCOMPARE(verdictOf(test, test.suggestion(), m_token), Verdict::Works);
}

void ConnectionTestTest::saysThatItHungUp()
{
    const OneAnswer server({});
    ConnectionTest test;
    QCOMPARE(verdictOf(test, server.address()), Verdict::HungUp);
}

void ConnectionTestTest::saysThatItIsNoTocsinServer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("word");
    QTest::newRow("a page") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                            << u"HTTP 200"_s;
    QTest::newRow("no such page") << QByteArray(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                                  << u"HTTP 404"_s;
    QTest::newRow("elsewhere") << QByteArray(
        "HTTP/1.1 302 Found\r\nLocation: https://login.example.com/\r\n\r\n")
                               << u"redirects to login.example.com"_s;
}

void ConnectionTestTest::saysThatItIsNoTocsinServer()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, word);
    const OneAnswer server(answer);
    ConnectionTest test;
    QCOMPARE(verdictOf(test, server.address()), Verdict::NotTocsin);
    QVERIFY2(test.advice().contains(word), qPrintable(test.advice()));
    QVERIFY(test.suggestion().isEmpty());
    QCOMPARE(verdictOf(test, server.address() + u"/live"_s), Verdict::NotTocsin);
    QCOMPARE(test.suggestion(), server.address() + u"/ws"_s);
}

void ConnectionTestTest::saysThatItCannotServeNow()
{
    const OneAnswer server("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    ConnectionTest test;
    QCOMPARE(verdictOf(test, server.address()), Verdict::Unavailable);
    QVERIFY2(test.advice().contains(u"HTTP 502"), qPrintable(test.advice()));
}

void ConnectionTestTest::saysThatItIsAnotherWebSocket_data()
{
    QTest::addColumn<QString>("greeting");
    QTest::addColumn<QString>("word");
    QTest::newRow("silent") << QString() << u"only when something happens"_s;
    QTest::newRow("of another kind") << u"hello"_s << u"is not understood"_s;
}

void ConnectionTestTest::saysThatItIsAnotherWebSocket()
{
    QFETCH(QString, greeting);
    QFETCH(QString, word);
    WebSocketServer server([greeting](QWebSocket &socket) {
        if (!greeting.isEmpty())
            socket.sendTextMessage(greeting);
    });
    ConnectionTest test;
    test.setPatience(300ms);
    QCOMPARE(verdictOf(test, server.address(), u"secret"_s), Verdict::OtherWebSocket);
    QVERIFY2(test.advice().contains(word), qPrintable(test.advice()));
    WebSocketServer closing(
        [](QWebSocket &socket) { socket.close(QWebSocketProtocol::CloseCode(4999), u"no"_s); });
    QCOMPARE(verdictOf(test, closing.address()), Verdict::OtherWebSocket);
    QVERIFY2(test.advice().contains(u"It says: “no”"), qPrintable(test.advice()));
}

void ConnectionTestTest::saysThatTheVersionIsAnother()
{
    WebSocketServer server([](QWebSocket &socket) {
        socket.close(QWebSocketProtocol::CloseCode(4010), u"version 2 only"_s);
    });
    ConnectionTest test;
    QCOMPARE(verdictOf(test, server.address()), Verdict::VersionNotSupported);
    QVERIFY2(test.advice().contains(u"version 2 only"), qPrintable(test.advice()));
}

void ConnectionTestTest::leavesNothingBehind()
{
    int open = 0;
    WebSocketServer server([&open](QWebSocket &socket) {
        ++open;
        connect(&socket, &QWebSocket::disconnected, &socket, [&open] { --open; });
    });
    ConnectionTest test;
    test.setPatience(200ms);
    QCOMPARE(verdictOf(test, server.address()), Verdict::OtherWebSocket);
    QTRY_COMPARE(open, 0);
    test.setPatience(60s);
    test.start(server.address(), {}, shownRoom);
    QTRY_COMPARE(open, 1);
    test.forget();
    QTRY_COMPARE(open, 0);
}

void ConnectionTestTest::tellsOnlyOfTheLastOne()
{
    start();
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ConnectionTest test;
    QSignalSpy changes(&test, &ConnectionTest::verdictChanged);
    test.start(u"ws://127.0.0.1:%1"_s.arg(silent.serverPort()), {}, shownRoom);
    test.start(address(), {}, shownRoom);
    QTRY_COMPARE(test.verdict(), Verdict::Works);
    QCOMPARE(changes.size(), 3);
}

QTEST_GUILESS_MAIN(ConnectionTestTest)
#include "tst_connectiontest.moc"
