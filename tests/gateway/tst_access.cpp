// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QDir>
#include <QProcess>
#include <QSslConfiguration>
#include <QTcpServer>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// Who is let into a gateway, and what it needs to start.
class AccessTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void letsNoWebPageIn_data();
    void letsNoWebPageIn();
    void asksForATokenByRole_data();
    void asksForATokenByRole();
    void asksASessionForAToken_data();
    void asksASessionForAToken();
    void doesNotWaitForEverForAToken();
    void keepsATokenToItsRooms();
    void keepsSendersOfDifferentRoomsApart();
    void asksForTheTokenAgainBehindTheBody_data();
    void asksForTheTokenAgainBehindTheBody();
    void speaksForItself();
    void listensBeyondLoopbackWithTokensOnly();
    void servesTls();
    void saysThatThePortIsTaken();
    void sharesItsDataDirectoryWithNobody();
    void saysWhatIsWrongWithItsConfiguration_data();
    void saysWhatIsWrongWithItsConfiguration();
};

void AccessTest::letsNoWebPageIn_data()
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

void AccessTest::letsNoWebPageIn()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, host);
    QFETCH(bool, isLetIn);
    start();
    const QByteArray rest = " HTTP/1.1\r\nHost: " + host + "\r\n" + header;
    const QByteArray body = nativeReport(u"a"_s);
    const QByteArray posted = exchange("POST /ingest/incident" + rest
        + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: "
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

void AccessTest::asksForATokenByRole_data()
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

void AccessTest::asksForATokenByRole()
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

void AccessTest::asksASessionForAToken_data()
{
    QTest::addColumn<std::optional<Role>>("role");
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("closeCode"); // 0: it is let in
    QTest::newRow("viewer") << std::optional(Role::Viewer) << u"auth"_s << 0;
    QTest::newRow("made up") << std::optional<Role>() << u"auth"_s << 4001;
    QTest::newRow("sender") << std::optional(Role::Sender) << u"auth"_s << 4003;
    QTest::newRow("no auth") << std::optional<Role>() << u"room.join"_s << 4001;
}

void AccessTest::asksASessionForAToken()
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

void AccessTest::doesNotWaitForEverForAToken()
{
    token(Role::Admin);
    start({.tokensFile = tokensFile(), .authenticationTimeout = 100ms});
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.waitForClose(4001));
}

// Two that know nothing of each other name their alerts alike.
void AccessTest::keepsSendersOfDifferentRoomsApart()
{
    const auto restricted = [&](const QString &name) {
        const auto made
            = addToken(tokensFile(), {.name = name, .role = Role::Sender, .rooms = {name}});
        return Headers{{"Authorization", "Bearer " + made->toLatin1()}};
    };
    const Headers mine = restricted(u"mine"_s);
    const Headers theirs = restricted(u"theirs"_s);
    const Headers all{{"Authorization", "Bearer " + token(Role::Admin)}};
    start({.tokensFile = tokensFile()});
    const auto say = [&](const Headers &sender, const QString &title, const QString &status) {
        return post(m_url, u"/ingest/incident"_s,
            u"{\"key\":\"backup\",\"title\":\"%1\",\"status\":\"%2\"}"_s.arg(title, status)
                .toUtf8(),
            sender)
            .status;
    };
    const auto titles = [&](const QString &room) {
        const auto list
            = request("GET", m_url.resolved(QUrl(u"/api/incidents?room="_s + room)), {}, all);
        QStringList found;
        for (const auto &incident : list.json()[u"incidents"_s].toArray())
            found.append(incident[u"title"_s].toString());
        return found;
    };
    QCOMPARE(say(mine, u"A"_s, u"firing"_s), 200);
    QCOMPARE(say(theirs, u"B"_s, u"firing"_s), 200);
    QCOMPARE(titles(u"mine"_s), QStringList{u"A"_s});
    QCOMPARE(titles(u"theirs"_s), QStringList{u"B"_s});
    QCOMPARE(say(theirs, u"B again"_s, u"firing"_s), 200);
    QCOMPARE(titles(u"theirs"_s), QStringList{u"B again"_s});
    QCOMPARE(say(theirs, u"B"_s, u"resolved"_s), 200);
    QCOMPARE(titles(u"theirs"_s), QStringList());
    QCOMPARE(titles(u"mine"_s), QStringList{u"A"_s});
    // And the other way round, where the other one has had it first.
    QCOMPARE(say(mine, u"A"_s, u"resolved"_s), 200);
    QCOMPARE(say(theirs, u"B"_s, u"firing"_s), 200);
    QCOMPARE(say(mine, u"A"_s, u"firing"_s), 200);
    QCOMPARE(titles(u"mine"_s), QStringList{u"A"_s});
    QCOMPARE(say(mine, u"A"_s, u"resolved"_s), 200);
    QCOMPARE(titles(u"mine"_s), QStringList());
    QCOMPARE(titles(u"theirs"_s), QStringList{u"B"_s});
    // Nor does it end what somebody for all rooms has in its own room by that name.
    QCOMPARE(post(m_url, u"/ingest/incident"_s,
                 R"({"key":"backup","title":"C","rooms":["theirs"]})", all)
                 .status,
        200);
    QCOMPARE(say(theirs, u"B"_s, u"resolved"_s), 200);
    QCOMPARE(titles(u"theirs"_s), QStringList{u"C"_s});
}

void AccessTest::asksForTheTokenAgainBehindTheBody_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("of a list") << "GET /api/incidents?room=theirs HTTP/1.1"_ba;
    QTest::newRow("of a post") << "POST /ingest/incident HTTP/1.1"_ba;
}

// The head of a request is judged as soon as it is there, and its body may take minutes.
void AccessTest::asksForTheTokenAgainBehindTheBody()
{
    QFETCH(QByteArray, line);
    const auto made
        = addToken(tokensFile(), {.name = u"tenant"_s, .role = Role::Admin, .rooms = {u"mine"_s}});
    QVERIFY(made);
    token(Role::Admin); // one that stays
    start({.tokensFile = tokensFile()});
    const QByteArray body = nativeReport(u"a"_s);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
    socket.write(line + "\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
        + made->toLatin1() + "\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body.chopped(1));
    QVERIFY(socket.waitForBytesWritten());
    const Headers own{{"Authorization", "Bearer " + made->toLatin1()}};
    QTRY_COMPARE(incidents(own).status, 403); // its head has been taken: this came behind it
    QVERIFY(removeToken(tokensFile(), u"tenant"_s));
    QTRY_COMPARE_WITH_TIMEOUT(incidents(own).status, 401, 10'000);
    socket.write(body.right(1));
    QTRY_VERIFY(socket.bytesAvailable() > 12);
    const QByteArray answer = socket.readAll();
    QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
}

// Nobody else ends what it says of the silence of a source.
void AccessTest::speaksForItself()
{
    start();
    const Answer answer = post(m_url, u"/ingest/incident"_s,
        R"({"source":"gateway","key":"silent:alertmanager","status":"resolved"})");
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json()[u"error"_s][u"where"_s].toString(), u"source"_s);
}

void AccessTest::keepsATokenToItsRooms()
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
    const QByteArray admin = token(Role::Admin); // for all rooms
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

    // Who authenticates anew for less is no longer told of the rest.
    Peer both(m_gateway->webSocketUrl());
    QVERIFY(both.send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(admin)}}));
    QVERIFY(both.join(u"theirs"_s));
    QVERIFY(both.join(u"mine"_s));
    QVERIFY(both.waitForMessages(5));
    QVERIFY(both.send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(viewer)}}));
    QVERIFY(both.waitForMessages(6));
    const Headers all{{"Authorization", "Bearer " + admin}};
    QCOMPARE(
        post(m_url, u"/ingest/incident"_s, R"({"key":"x","title":"t","rooms":["theirs"]})", all)
            .status,
        200);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, R"({"key":"y","title":"t","rooms":["mine"]})", all)
                 .status,
        200);
    QVERIFY(both.waitForMessages(7));
    QCOMPARE(both.messages.last().value(u"room"_s), u"mine"_s);
}

void AccessTest::listensBeyondLoopbackWithTokensOnly()
{
    GatewayConfiguration configuration{
        .listenAddress = u"0.0.0.0"_s, .port = 0, .dataDirectory = data()};
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

void AccessTest::servesTls()
{
    const QString certificate = m_directory->filePath(u"cert.pem"_s);
    const QString key = m_directory->filePath(u"key.pem"_s);
    QCOMPARE(QProcess::execute(u"openssl"_s,
                 {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                     u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, key, u"-out"_s,
                     certificate, u"-days"_s, u"30"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
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

void AccessTest::saysThatThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    GatewayConfiguration configuration{.port = other.serverPort(), .dataDirectory = data()};
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

void AccessTest::sharesItsDataDirectoryWithNobody()
{
    const QString directory = data();
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

void AccessTest::saysWhatIsWrongWithItsConfiguration_data()
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

void AccessTest::saysWhatIsWrongWithItsConfiguration()
{
    QFETCH(GatewayConfiguration, configuration);
    QFETCH(QString, names);
    configuration.port = 0;
    configuration.dataDirectory = data();
    const auto refused = Gateway::start(configuration);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(refused.error().message.contains(names), qPrintable(refused.error().message));
    QCOMPARE(Gateway::runningIn(configuration.dataDirectory), std::nullopt);
}

QTEST_GUILESS_MAIN(AccessTest)
#include "tst_access.moc"
