// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QFile>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// A gateway's HTTP side: what it takes, what it refuses, and its bounds.
class HttpTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void takesWhatAlertmanagerSends();
    void refuses_data();
    void refuses();
    void appliesNothingOfARefusedRequest();
    void refusesALargeBodyHoweverItIsSent_data();
    void refusesALargeBodyHoweverItIsSent();
    void answersWhatIsNoHttp_data();
    void answersWhatIsNoHttp();
    void asksToTryAgainWhileItCannotWrite();
    void givesUpASlowRequest();
    void takesJsonOnly_data();
    void takesJsonOnly();
    void takesEverySender();
    void tellsOfMonitors();
    void tellsWhoComesLaterOfMonitors();
    void showsReportsInTheRoomsOfTheirRoutes();
    void keepsAConnectionForManyRequests();
};

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
    const QByteArray head = "POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n"
                            "Content-Type: application/json\r\n";
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
                                    "Content-Type: application/json\r\n"
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

void HttpTest::asksToTryAgainWhileItCannotWrite()
{
    start();
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s)).status, 200);
    {
        // Somebody else holds the database's write lock, as a full disk would hold it up.
        const auto removed = qScopeGuard([] { QSqlDatabase::removeDatabase(u"other"_s); });
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(data() + u"/incidents.sqlite"_s);
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"database is locked"_s));
        const Answer refused = post(m_url, u"/ingest/incident"_s, nativeReport(u"b"_s));
        QCOMPARE(refused.status, 503);
        QVERIFY(refused.headers.value("retry-after").toInt() > 0);
        QCOMPARE(refused.error().value(u"code"_s), u"unavailable"_s);
        // What is there can still be read.
        QCOMPARE(incidents().json().value(u"seq"_s).toInt(), 1);
    }
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"b"_s)).status, 200);
    QCOMPARE(incidents().json().value(u"seq"_s).toInt(), 2);
}

void HttpTest::givesUpASlowRequest()
{
    start({.headerTimeout = 200ms, .bodyTimeout = 200ms});
    QCOMPARE(exchange("GET /healthz HT"), QByteArray());
    QCOMPARE(exchange("POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\n"
                      "Content-Type: application/json\r\n"
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

void HttpTest::takesJsonOnly_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<int>("status");
    QTest::newRow("JSON") << "application/json"_ba << ""_ba << 200;
    QTest::newRow("with a charset")
        << "Application/JSON ; charset=utf-8"_ba << "identity"_ba << 200;
    // What a form on a web page can send without being asked.
    QTest::newRow("form") << "application/x-www-form-urlencoded"_ba << ""_ba << 415;
    QTest::newRow("files") << "multipart/form-data; boundary=x"_ba << ""_ba << 415;
    QTest::newRow("text") << "text/plain"_ba << ""_ba << 415;
    QTest::newRow("another JSON") << "application/cloudevents+json"_ba << ""_ba << 415;
    QTest::newRow("compressed") << "application/json"_ba << "gzip"_ba << 415;
}

void HttpTest::takesJsonOnly()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, encoding);
    start();
    Headers headers{{"Content-Type", type}};
    if (!encoding.isEmpty())
        headers.append({"Content-Encoding", encoding});
    const Answer answer = post(m_url, u"/ingest/incident"_s, nativeReport(u"k"_s), headers);
    QTEST(answer.status, "status");
    QVERIFY(answer.status == 200
        || answer.error()[u"where"_s].toString()
            == (encoding.isEmpty() ? u"Content-Type"_s : u"Content-Encoding"_s));
}

void HttpTest::takesEverySender()
{
    start();
    const auto file = [](const QString &name) {
        QFile payload(QStringLiteral(TOCSIN_TEST_DATA "/") + name);
        return payload.open(QIODevice::ReadOnly) ? payload.readAll() : QByteArray();
    };
    const auto accepted = [&](const QString &path, const QByteArray &body, const Headers &headers) {
        const Answer answer = post(m_url, path, body, headers);
        return answer.status == 200 ? answer.json()[u"accepted"_s].toInt() : -answer.status;
    };
    QCOMPARE(accepted(u"/ingest/alertmanager"_s, file(u"alertmanager/group-firing.json"_s), {}), 2);
    QCOMPARE(accepted(u"/ingest/grafana"_s, file(u"grafana/two-firing.json"_s), {}), 2);
    QCOMPARE(accepted(u"/ingest/uptime-kuma"_s, file(u"uptime-kuma/down.json"_s), {}), 1);
    QCOMPARE(accepted(u"/ingest/uptime-kuma"_s, file(u"uptime-kuma/test.json"_s), {}), 0);
    QCOMPARE(accepted(u"/ingest/cloudevents"_s,
                 R"({"specversion":"1.0","type":"t","source":"s","id":"i"})",
                 {{"Content-Type", "application/cloudevents+json"}}),
        1);
    QCOMPARE(accepted(u"/ingest/cloudevents"_s,
                 R"([{"specversion":"1.0","type":"t","source":"s","id":"j"}])",
                 {{"Content-Type", "application/cloudevents-batch+json; charset=utf-8"}}),
        1);
    QCOMPARE(accepted(u"/ingest/cloudevents"_s, "{}",
                 {{"CE-SpecVersion", "1.0"}, {"ce-type", "t"}, {"ce-source", "s"}, {"ce-id", "k"}}),
        1);
    QCOMPARE(accepted(u"/ingest/grafana"_s, file(u"grafana/legacy.json"_s), {}), -400);
    // Two of Alertmanager's, one of Grafana's (the other had ended), one monitor, three events.
    QCOMPARE(incidents().json()[u"incidents"_s].toArray().size(), 7);
    QCOMPARE(accepted(u"/ingest/uptime-kuma"_s, file(u"uptime-kuma/up.json"_s), {}), 1);
    QCOMPARE(incidents().json()[u"incidents"_s].toArray().size(), 6);
}

void HttpTest::tellsOfMonitors()
{
    start();
    const auto say = [&](const QString &name) {
        QFile payload(QStringLiteral(TOCSIN_TEST_DATA "/uptime-kuma/") + name);
        return payload.open(QIODevice::ReadOnly)
            ? post(m_url, u"/ingest/uptime-kuma"_s, payload.readAll()).status
            : 0;
    };
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(u"account:default"_s));
    QVERIFY(!peer.takeData(u"room.snapshot"_s).isEmpty());
    QCOMPARE(say(u"down.json"_s), 200);
    QCOMPARE(say(u"down.json"_s), 200); // a reminder, which is no change
    QCOMPARE(say(u"up.json"_s), 200);
    QVERIFY(!peer.takeData(u"incident.resolved"_s).isEmpty());
    const QJsonObject down = peer.take(u"monitor.status-changed"_s);
    QCOMPARE(down.value(u"seq"_s).toInt(), 2);
    QCOMPARE(down.value(u"data"_s).toObject(),
        (QJsonObject{{u"monitorUuid"_s, u"uptime-kuma:29"_s}, {u"name"_s, u"Shop front"_s},
            {u"status"_s, u"down"_s}, {u"changedAt"_s, qint64(1'727'221'895'527)}}));
    const QJsonObject up = peer.take(u"monitor.status-changed"_s);
    QCOMPARE(up.value(u"seq"_s).toInt(), 5);
    QCOMPARE(up.value(u"data"_s).toObject().value(u"status"_s).toString(), u"up"_s);
}

// A screen that starts now has heard none of what was told, and must not take that for calm.
void HttpTest::tellsWhoComesLaterOfMonitors()
{
    start();
    const auto say = [&](const QString &name) {
        QFile payload(QStringLiteral(TOCSIN_TEST_DATA "/uptime-kuma/") + name);
        return payload.open(QIODevice::ReadOnly)
            ? post(m_url, u"/ingest/uptime-kuma"_s, payload.readAll()).status
            : 0;
    };
    const auto inSnapshot = [&] {
        Peer peer(m_gateway->webSocketUrl());
        peer.join(u"account:default"_s);
        return peer.takeData(u"room.snapshot"_s).value(u"monitors"_s);
    };
    QCOMPARE(inSnapshot(), QJsonValue(QJsonArray())); // none, and not unknown
    QCOMPARE(say(u"down.json"_s), 200);
    QCOMPARE(say(u"down.json"_s), 200);
    const QJsonArray down{
        QJsonObject{{u"monitorUuid"_s, u"uptime-kuma:29"_s}, {u"name"_s, u"Shop front"_s},
            {u"status"_s, u"down"_s}, {u"changedAt"_s, qint64(1'727'221'895'527)}}};
    QCOMPARE(inSnapshot(), QJsonValue(down));
    m_gateway.reset();
    start();
    QCOMPARE(inSnapshot(), QJsonValue(down));
    QCOMPARE(incidents().json()[u"monitors"_s], QJsonValue(down));
    QCOMPARE(say(u"up.json"_s), 200);
    QCOMPARE(incidents().json()[u"monitors"_s][0][u"status"_s].toString(), u"up"_s);
    // The older one comes once more.
    QCOMPARE(say(u"down.json"_s), 200);
    QCOMPARE(incidents().json()[u"monitors"_s][0][u"status"_s].toString(), u"up"_s);
}

void HttpTest::showsReportsInTheRoomsOfTheirRoutes()
{
    start({.routes = {{.match = {{u"severity"_s, {u"critical"_s}}}, .rooms = {u"a"_s, u"b"_s}}}});
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"k"_s)).status, 200);
    QCOMPARE(post(m_url, u"/ingest/incident"_s,
                 R"({"key":"own","title":"t","severity":"critical","rooms":["own"]})")
                 .status,
        200);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, R"({"key":"n","title":"t"})").status, 200);
    const auto count = [&](const QString &room) {
        return request("GET", m_url.resolved(QUrl(u"/api/incidents?room="_s + room)))
            .json()[u"incidents"_s]
            .toArray()
            .size();
    };
    QCOMPARE(count(u"a"_s), 1);
    QCOMPARE(count(u"b"_s), 1);
    QCOMPARE(count(u"own"_s), 1);
    QCOMPARE(count(u"account:default"_s), 1);
}

QTEST_GUILESS_MAIN(HttpTest)
#include "tst_http.moc"
