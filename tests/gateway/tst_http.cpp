// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "peer.h"

#include <QDir>
#include <QProcess>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// An embedded gateway's HTTP side, and who it lets in.
class HttpTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_gateway.reset(); }
    void takesWhatAlertmanagerSends();
    void refuses_data();
    void refuses();
    void appliesNothingOfARefusedRequest();
    void refusesALargeBodyHoweverItIsSent_data();
    void refusesALargeBodyHoweverItIsSent();
    void answersWhatIsNoHttp_data();
    void answersWhatIsNoHttp();
    void givesUpASlowRequest();
    void keepsAConnectionForManyRequests();
    void letsNoWebPageIn_data();
    void letsNoWebPageIn();
    void asksForATokenByRole_data();
    void asksForATokenByRole();
    void asksASessionForAToken_data();
    void asksASessionForAToken();
    void doesNotWaitForEverForAToken();
    void keepsATokenToItsRooms();
    void listensBeyondLoopbackWithTokensOnly();
    void servesTls();
    void saysThatThePortIsTaken();
    void sharesItsDataDirectoryWithNobody();
    void saysWhatIsWrongWithItsConfiguration_data();
    void saysWhatIsWrongWithItsConfiguration();

private:
    void start(GatewayConfiguration configuration = {})
    {
        configuration.port = 0;
        if (configuration.dataDirectory.isEmpty())
            configuration.dataDirectory = m_directory->filePath(u"data"_s);
        auto gateway = Gateway::start(configuration);
        QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
        m_gateway = std::move(*gateway);
        m_url = m_gateway->httpUrl();
    }
    QString tokensFile() const { return m_directory->filePath(u"tokens.toml"_s); }
    QByteArray token(Role role)
    {
        return addToken(tokensFile(), enumQString(role), role).value().toLatin1();
    }
    Answer incidents(const Headers &headers = {})
    {
        return request(
            "GET", m_url.resolved(QUrl(u"/api/incidents?room=account:default"_s)), {}, headers);
    }
    // What comes back for bytes as they are, until the gateway closes or is waited for too long.
    QByteArray exchange(const QByteArray &bytes)
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
        socket.write(bytes);
        QByteArray answer;
        const bool closed = QTest::qWaitFor(
            [&] {
                answer += socket.readAll();
                return socket.state() == QAbstractSocket::UnconnectedState;
            },
            patience);
        return closed ? answer + socket.readAll() : "not closed; " + answer;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Gateway> m_gateway;
    QUrl m_url;
};

void HttpTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void HttpTest::takesWhatAlertmanagerSends()
{
    start();
    for (const auto &[name, open] : {std::pair("group-firing.json", 2),
             std::pair("group-one-resolved.json", 1), std::pair("group-resolved.json", 0)}) {
        QFile file(QStringLiteral(TOCSIN_TEST_DATA "/alertmanager/") + QLatin1StringView(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Answer answer = post(m_url, u"/ingest/alertmanager"_s, file.readAll());
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.json().value(u"accepted"_s).toInt() >= 1);
        QCOMPARE(int(incidents().json().value(u"incidents"_s).toArray().size()), open);
    }
    const QJsonObject room = incidents().json();
    QCOMPARE(
        room.value(u"seq"_s).toInt(), 5); // two created, one resolved, one updated, one resolved
    QVERIFY(!room.value(u"epoch"_s).toString().isEmpty());
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status, 200);
}

void HttpTest::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("where");
    const QString alertmanager = u"/ingest/alertmanager"_s;
    const QString native = u"/ingest/incident"_s;
    QTest::newRow("no JSON") << "POST"_ba << alertmanager << "x"_ba << 400 << u"invalid_json"_s
                             << QString();
    QTest::newRow("empty") << "POST"_ba << alertmanager << QByteArray() << 400 << u"invalid_json"_s
                           << QString();
    QTest::newRow("version") << "POST"_ba << alertmanager << R"({"version":"3","alerts":[]})"_ba
                             << 400 << u"invalid_payload"_s << u"version"_s;
    QTest::newRow("type") << "POST"_ba << alertmanager
                          << R"({"version":"4","alerts":[{"status":"firing","labels":[]}]})"_ba
                          << 400 << u"invalid_payload"_s << u"alerts[0].labels"_s;
    QTest::newRow("native") << "POST"_ba << native << R"([{"key":"a"}])"_ba << 400
                            << u"invalid_payload"_s << u"[0].title"_s;
    QTest::newRow("unknown path") << "POST"_ba << u"/ingest/other"_s << "{}"_ba << 404
                                  << u"not_found"_s << QString();
    QTest::newRow("path trick") << "GET"_ba << u"/ws/../healthz/x"_s << QByteArray() << 404
                                << u"not_found"_s << QString();
    QTest::newRow("wrong method") << "GET"_ba << native << QByteArray() << 405
                                  << u"invalid_payload"_s << QString();
    QTest::newRow("wrong method with body")
        << "PUT"_ba << native << "{}"_ba << 405 << u"invalid_payload"_s << QString();
    QTest::newRow("no upgrade") << "GET"_ba << u"/ws"_s << QByteArray() << 426
                                << u"invalid_payload"_s << QString();
    QTest::newRow("room") << "GET"_ba << u"/api/incidents?room=%01"_s << QByteArray() << 400
                          << u"invalid_payload"_s << u"room"_s;
}

void HttpTest::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    start();
    const Answer answer = request(method, m_url.resolved(QUrl(path)), body);
    QTEST(answer.status, "status");
    QTEST(answer.error().value(u"code"_s).toString(), "code");
    QTEST(answer.error().value(u"where"_s).toString(), "where");
    QVERIFY(!answer.error().value(u"message"_s).toString().isEmpty());
    QCOMPARE(answer.headers.value("content-type"), "application/json"_ba);
    if (answer.status == 405)
        QCOMPARE(answer.headers.value("allow"), "POST"_ba);
}

void HttpTest::appliesNothingOfARefusedRequest()
{
    start();
    QCOMPARE(post(m_url, u"/ingest/incident"_s,
                 '[' + nativeReport(u"a"_s) + ',' + nativeReport(u"b"_s) + R"(,{"key":"c"}])")
                 .status,
        400);
    QCOMPARE(incidents().json().value(u"seq"_s).toInt(-1), 0);
}

void HttpTest::refusesALargeBodyHoweverItIsSent_data()
{
    QTest::addColumn<QByteArray>("request");
    const QByteArray head = "POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("announced") << head + "Content-Length: 20000\r\n\r\n" + QByteArray(20'000, ' ');
    QTest::newRow("only announced") << head + "Content-Length: 99999999999\r\n\r\n";
    QByteArray chunks;
    for (int i = 0; i < 30; ++i)
        chunks += "400\r\n" + QByteArray(0x400, ' ') + "\r\n";
    QTest::newRow("in chunks") << head + "Transfer-Encoding: chunked\r\n\r\n" + chunks
            + "0\r\n\r\n";
}

void HttpTest::refusesALargeBodyHoweverItIsSent()
{
    QFETCH(QByteArray, request);
    start({.largestBody = 10'000});
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
    socket.write(request);
    QTRY_VERIFY(socket.peek(20).startsWith("HTTP/1.1 413 "));
}

void HttpTest::answersWhatIsNoHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01 garbage\r\n\r\n") << "HTTP/1.1 400 "_ba;
    QTest::newRow("no host") << "GET /healthz HTTP/1.1\r\n\r\n"_ba << "HTTP/1.1 400 "_ba;
    QTest::newRow("bad header") << "GET /healthz HTTP/1.1\r\nHost: localhost\r\nx y: z\r\n\r\n"_ba
                                << "HTTP/1.1 400 "_ba;
    QTest::newRow("large header") << "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: "_ba
            + QByteArray(20'000, 'x')
            + "\r\n\r\n" << "HTTP/1.1 431 "_ba;
    QTest::newRow("two lengths") << "POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n"
                                    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"_ba
                                 << "HTTP/1.1 400 "_ba;
}

void HttpTest::answersWhatIsNoHttp()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, answer);
    start();
    const QByteArray got = exchange(bytes);
    QVERIFY2(got.startsWith(answer), got.constData());
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status, 200);
}

void HttpTest::givesUpASlowRequest()
{
    start({.headerTimeout = 200ms, .bodyTimeout = 200ms});
    QCOMPARE(exchange("GET /healthz HT"), QByteArray());
    QCOMPARE(exchange("POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n"
                      "Content-Length: 5\r\n\r\n{"),
        QByteArray());
}

void HttpTest::keepsAConnectionForManyRequests()
{
    start();
    const QByteArray one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const QByteArray last = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    // Pipelined, a refusal among them.
    const QByteArray answers
        = exchange(one + "GET /no HTTP/1.1\r\nHost: localhost\r\n\r\n" + one + last);
    QCOMPARE(answers.count("HTTP/1.1 200 "), 3);
    QCOMPARE(answers.count("HTTP/1.1 404 "), 1);
}

void HttpTest::letsNoWebPageIn_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isLetIn");
    QTest::newRow("no browser") << QByteArray() << "127.0.0.1:1"_ba << true;
    QTest::newRow("localhost") << QByteArray() << "localhost"_ba << true;
    QTest::newRow("IPv6") << QByteArray() << "[::1]:8787"_ba << true;
    QTest::newRow("foreign page") << "Origin: https://evil.example\r\n"_ba << "localhost:1"_ba
                                  << false;
    QTest::newRow("file") << "Origin: null\r\n"_ba << "localhost:1"_ba << false;
    QTest::newRow("page on another port") << "Origin: http://localhost:3000\r\n"_ba
                                          << "localhost:1"_ba << false;
    QTest::newRow("own page") << "Origin: http://localhost:1\r\n"_ba << "localhost:1"_ba << true;
    QTest::newRow("rebound name") << "Origin: http://evil.example:1\r\n"_ba << "evil.example:1"_ba
                                  << false;
    QTest::newRow("rebound name, no origin") << QByteArray() << "evil.example"_ba << false;
    QTest::newRow("name like an address") << QByteArray() << "127.0.0.1.evil.example"_ba << false;
}

void HttpTest::letsNoWebPageIn()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, host);
    QFETCH(bool, isLetIn);
    start();
    const QByteArray rest = " HTTP/1.1\r\nHost: " + host + "\r\n" + header;
    const QByteArray body = nativeReport(u"a"_s);
    const QByteArray posted
        = exchange("POST /ingest/incident" + rest + "Connection: close\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY2(posted.startsWith(isLetIn ? "HTTP/1.1 200 " : "HTTP/1.1 403 "), posted.constData());

    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
    socket.write("GET /ws" + rest
        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_VERIFY(socket.peek(13).size() == 13);
    QCOMPARE(socket.peek(13), isLetIn ? "HTTP/1.1 101 "_ba : "HTTP/1.1 403 "_ba);
}

void HttpTest::asksForATokenByRole_data()
{
    QTest::addColumn<std::optional<Role>>("role");
    QTest::addColumn<int>("postStatus");
    QTest::addColumn<int>("getStatus");
    QTest::newRow("nobody") << std::optional<Role>() << 401 << 401;
    QTest::newRow("viewer") << std::optional(Role::Viewer) << 403 << 200;
    QTest::newRow("responder") << std::optional(Role::Responder) << 403 << 200;
    QTest::newRow("sender") << std::optional(Role::Sender) << 200 << 403;
    QTest::newRow("admin") << std::optional(Role::Admin) << 200 << 200;
}

void HttpTest::asksForATokenByRole()
{
    QFETCH(std::optional<Role>, role);
    const QByteArray other = token(role == Role::Viewer ? Role::Admin : Role::Viewer);
    const QByteArray own = role ? token(*role) : "made-up"_ba;
    QVERIFY(own != other);
    QCOMPARE(QFile::permissions(tokensFile()) & QFile::Permission(0x77), QFile::Permissions());
    QFile file(tokensFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(own));

    start({.tokensFile = tokensFile()});
    const Headers headers{{"Authorization", "Bearer " + own}};
    const Answer posted = post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s), headers);
    QTEST(posted.status, "postStatus");
    if (posted.status == 401)
        QCOMPARE(posted.headers.value("www-authenticate"), "Bearer"_ba);
    QTEST(incidents(headers).status, "getStatus");
    QCOMPARE(incidents().status, 401);
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status, 200);
}

void HttpTest::asksASessionForAToken_data()
{
    QTest::addColumn<std::optional<Role>>("role");
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("closeCode"); // 0: it is let in
    QTest::newRow("viewer") << std::optional(Role::Viewer) << u"auth"_s << 0;
    QTest::newRow("made up") << std::optional<Role>() << u"auth"_s << 4001;
    QTest::newRow("sender") << std::optional(Role::Sender) << u"auth"_s << 4003;
    QTest::newRow("no auth") << std::optional<Role>() << u"room.join"_s << 4001;
}

void HttpTest::asksASessionForAToken()
{
    QFETCH(std::optional<Role>, role);
    QFETCH(QString, first);
    QFETCH(int, closeCode);
    token(Role::Admin);
    const QString own = role ? QString::fromLatin1(token(*role)) : u"made-up"_s;
    start({.tokensFile = tokensFile()});
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, first}, {u"token"_s, own}, {u"room"_s, u"r"_s}}));
    if (closeCode == 0) {
        QCOMPARE(peer.takeData(u"auth.ok"_s)[u"user"_s][u"role"_s].toString(), u"viewer"_s);
        QVERIFY(peer.send({{u"type"_s, u"incident.resolve"_s}, {u"uuid"_s, u"x"_s}}));
        QCOMPARE(peer.takeData(u"error"_s).value(u"code"_s), u"forbidden"_s);
        return;
    }
    QVERIFY2(peer.waitForClose(closeCode), qPrintable(QString::number(peer.socket.closeCode())));
    if (first != u"auth")
        QCOMPARE(peer.takeData(u"error"_s).value(u"code"_s), u"unauthenticated"_s);
}

void HttpTest::doesNotWaitForEverForAToken()
{
    token(Role::Admin);
    start({.tokensFile = tokensFile(), .authenticationTimeout = 100ms});
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.waitForClose(4001));
}

void HttpTest::keepsATokenToItsRooms()
{
    const QByteArray viewer = token(Role::Viewer);
    const QByteArray sender = token(Role::Sender);
    QFile file(tokensFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray content = file.readAll();
    file.close();
    content.replace("\nsha256", "\nrooms = [\"mine\"]\nexpires = 2100-01-01\nsha256");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    start({.tokensFile = tokensFile()});

    const Headers headers{{"Authorization", "Bearer " + sender}};
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s), headers).status, 200);
    const Answer foreign = post(
        m_url, u"/ingest/incident"_s, R"({"key":"b","title":"t","rooms":["theirs"]})", headers);
    QCOMPARE(foreign.status, 403);

    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(viewer)}}));
    QVERIFY(peer.join(u"theirs"_s));
    QCOMPARE(peer.takeData(u"error"_s).value(u"code"_s), u"forbidden"_s);
    QVERIFY(peer.join(u"mine"_s));
    QCOMPARE(peer.takeData(u"room.snapshot"_s).value(u"incidents"_s).toArray().size(), 1);
    const Answer list = request("GET", m_url.resolved(QUrl(u"/api/incidents?room=theirs"_s)), {},
        {{"Authorization", "Bearer " + viewer}});
    QCOMPARE(list.status, 403);
}

void HttpTest::listensBeyondLoopbackWithTokensOnly()
{
    GatewayConfiguration configuration{.listenAddress = u"0.0.0.0"_s,
        .port = 0,
        .dataDirectory = m_directory->filePath(u"data"_s)};
    const auto refused = Gateway::start(configuration);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(refused.error().message.contains(u"tokens"), qPrintable(refused.error().message));
    const QByteArray admin = token(Role::Admin);
    start({.listenAddress = u"0.0.0.0"_s, .tokensFile = tokensFile()});
    QCOMPARE(m_gateway->httpUrl().host(), u"127.0.0.1"_s);
    const Headers headers{{"Authorization", "Bearer " + admin}, {"Host", "ops.example.com"}};
    QCOMPARE(incidents(headers).status, 200);
}

void HttpTest::servesTls()
{
    const QString certificate = m_directory->filePath(u"cert.pem"_s);
    const QString key = m_directory->filePath(u"key.pem"_s);
    QCOMPARE(QProcess::execute(u"openssl"_s,
                 {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                     u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, key, u"-out"_s,
                     certificate, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
                     u"subjectAltName=IP:127.0.0.1"_s}),
        0);
    start({.tlsCertificate = certificate, .tlsKey = key});
    QCOMPARE(m_url.scheme(), u"https"_s);
    QCOMPARE(m_gateway->webSocketUrl().scheme(), u"wss"_s);

    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(certificate));
    const Answer answer = request(
        "POST", m_url.resolved(QUrl(u"/ingest/incident"_s)), nativeReport(u"a"_s), {}, &tls);
    QCOMPARE(answer.status, 200);
    Peer peer({});
    peer.socket.abort();
    peer.socket.setSslConfiguration(tls);
    peer.socket.open(m_gateway->webSocketUrl());
    QVERIFY(peer.join(u"account:default"_s));
    QCOMPARE(peer.takeData(u"room.snapshot"_s).value(u"incidents"_s).toArray().size(), 1);
    const QByteArray plain = exchange("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY2(!plain.contains("200"), plain.constData());
}

void HttpTest::saysThatThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    GatewayConfiguration configuration{
        .port = other.serverPort(), .dataDirectory = m_directory->filePath(u"data"_s)};
    const auto refused = Gateway::start(configuration);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::BadConfiguration);
    QVERIFY(refused.error().message.contains(QString::number(other.serverPort())));
    configuration.fallBackToAnyPort = true;
    const auto elsewhere = Gateway::start(configuration);
    QVERIFY(elsewhere);
    QVERIFY((*elsewhere)->port() != other.serverPort() && (*elsewhere)->port() != 0);
    QCOMPARE(Gateway::runningIn(configuration.dataDirectory), (*elsewhere)->webSocketUrl());
}

void HttpTest::sharesItsDataDirectoryWithNobody()
{
    const QString directory = m_directory->filePath(u"data"_s);
    QCOMPARE(Gateway::runningIn(directory), std::nullopt);
    QVERIFY(!QDir(directory).exists());
    start();
    QCOMPARE(Gateway::runningIn(directory), m_gateway->webSocketUrl());
    const auto second = Gateway::start({.port = 0, .dataDirectory = directory});
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Conflict);
    QCOMPARE(Gateway::runningIn(directory), m_gateway->webSocketUrl());
    m_gateway.reset();
    QCOMPARE(Gateway::runningIn(directory), std::nullopt);
    QVERIFY(!QFile::exists(directory + u"/gateway.url"_s));
    start();
}

void HttpTest::saysWhatIsWrongWithItsConfiguration_data()
{
    QTest::addColumn<GatewayConfiguration>("configuration");
    QTest::addColumn<QString>("names");
    QTest::newRow("address") << GatewayConfiguration{.listenAddress = u"nowhere.example"_s}
                             << u"nowhere.example"_s;
    QTest::newRow("tokens") << GatewayConfiguration{.tokensFile = u"/nonexistent"_s}
                            << u"/nonexistent"_s;
    QTest::newRow("half of TLS") << GatewayConfiguration{.tlsKey = u"/nonexistent"_s} << u"TLS"_s;
    QTest::newRow("certificate") << GatewayConfiguration{.tlsCertificate = u"/nonexistent"_s,
        .tlsKey = u"/nonexistent"_s}
                                 << u"/nonexistent"_s;
}

void HttpTest::saysWhatIsWrongWithItsConfiguration()
{
    QFETCH(GatewayConfiguration, configuration);
    QFETCH(QString, names);
    configuration.port = 0;
    configuration.dataDirectory = m_directory->filePath(u"data"_s);
    const auto refused = Gateway::start(configuration);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(refused.error().message.contains(names), qPrintable(refused.error().message));
    QCOMPARE(Gateway::runningIn(configuration.dataDirectory), std::nullopt);
}

QTEST_GUILESS_MAIN(HttpTest)
#include "tst_http.moc"
