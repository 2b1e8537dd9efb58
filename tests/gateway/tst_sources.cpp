// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "alertmanagerprocess.h"
#include "gatewaytest.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const QString room = u"account:default"_s;
constexpr int longPatience = alertmanagerPatience;

QDateTime aMinuteAgo()
{
    return QDateTime::currentDateTimeUtc().addSecs(-60);
}

} // namespace

/// What the gateway knows of its senders, with the real Alertmanager.
class SourcesTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void opensWhatItWasNotTold();
    void endsWhatEndedWhileItWasSilenced();
    void opensAgainWhatOnlySeemedOver();
    void opensNothingThatEndedSinceItAsked();
    void endsNothingWhileAMemberIsAway();
    void endsNothingWhenAlertmanagerStartsAnew();
    void showsItsCredentials();
    void saysWhyASourceCannotBeAsked_data();
    void saysWhyASourceCannotBeAsked();
    void missesASourceThatIsSilent();
    void missesItAfterARestartToo();
    void forgetsTheSilenceOfASourceThatIsGone();
    void tellsTwoSendersOfOneKindApart();
    void refusesANameThatIsNone();

private:
    QUrl webhook(const QString &source = {}) const
    {
        QUrl url = m_url.resolved(QUrl(u"/ingest/alertmanager"_s));
        if (!source.isEmpty())
            url.setQuery(u"source="_s + source);
        return url;
    }
    static IncidentSource asked(const QUrl &api)
    {
        IncidentSource source{.name = u"alertmanager"_s, .apiUrls = {api}};
        source.readEvery = 100ms;
        source.restartGrace = 0ms;
        return source;
    }
    // The gateway is started before its Alertmanager, which posts to it: at a port that is known.
    void startWith(const IncidentSource &source, const QList<Route> &routes = {})
    {
        m_gateway.reset();
        if (m_port == 0) {
            QTcpServer free;
            QVERIFY(free.listen(QHostAddress::LocalHost));
            m_port = free.serverPort();
        }
        auto gateway = Gateway::start(
            {.port = m_port, .dataDirectory = data(), .routes = routes, .sources = {source}});
        QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
        m_gateway = std::move(*gateway);
        m_url = m_gateway->httpUrl();
    }
    double metric(const QByteArray &name) const
    {
        const QByteArray text = request("GET", m_url.resolved(QUrl(u"/metrics"_s))).body;
        for (const QByteArray &line : text.split('\n')) {
            if (line.startsWith(name + ' '))
                return line.mid(name.size() + 1).toDouble();
        }
        return -1;
    }
    // So many times from now on, so that what they could do is done.
    void awaitReadings(int count)
    {
        const QByteArray name = "tocsin_gateway_source_readings_total{result=\"read\"}";
        const double begun = metric(name);
        QTRY_VERIFY_WITH_TIMEOUT(metric(name) >= begun + count, longPatience);
    }
    QStringList titles(const QString &of = room)
    {
        const Answer answer = request("GET", m_url.resolved(QUrl(u"/api/incidents?room="_s + of)));
        QStringList titles;
        for (const QJsonValue &incident : answer.json().value(u"incidents"_s).toArray())
            titles.append(incident.toObject().value(u"title"_s).toString());
        titles.sort();
        return titles;
    }
    QJsonObject onlyIncident()
    {
        const Answer answer = incidents();
        const QJsonArray open = answer.json().value(u"incidents"_s).toArray();
        return open.size() == 1 ? open.first().toObject() : QJsonObject();
    }

    quint16 m_port = 0;
};

void SourcesTest::init()
{
    // Some of what is tested here is a warning in the log.
    m_gateway.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_port = 0;
}

void SourcesTest::opensWhatItWasNotTold()
{
    // Its webhook goes nowhere.
    AlertmanagerProcess alertmanager(QUrl(u"http://127.0.0.1:1/nowhere"_s));
    alertmanager.silence(u"Silenced"_s);
    alertmanager.say(u"Silenced"_s, u"critical"_s, aMinuteAgo(), false);
    alertmanager.say(u"Missed"_s, u"warning"_s, aMinuteAgo(), false);
    // Where it would be had it come by itself; the source's own room is for what no route is for.
    IncidentSource source = asked(alertmanager.url());
    source.rooms = {u"team:on-call"_s};
    startWith(source, {{.match = {{u"service"_s, {u"orders-db"_s}}}, .rooms = {u"team:db"_s}}});
    QTRY_COMPARE_WITH_TIMEOUT(
        titles(u"team:db"_s), QStringList{u"Summary of Missed"_s}, longPatience);
    awaitReadings(3);
    QCOMPARE(titles(u"team:db"_s), QStringList{u"Summary of Missed"_s});
    QCOMPARE(titles(), QStringList());
    QCOMPARE(metric("tocsin_gateway_reconciled_incidents_total{change=\"opened\"}"), 1);
    // Asked again and again, it is one report.
    const Answer answer = request("GET", m_url.resolved(QUrl(u"/api/incidents?room=team:db"_s)));
    const QJsonObject incident = answer.json().value(u"incidents"_s).toArray().at(0).toObject();
    QCOMPARE(incident.value(u"count"_s).toInt(1), 1);
    QCOMPARE(incident.value(u"source"_s).toString(), u"alertmanager"_s);

    // Whoever resolves it here has resolved it, though it is still there.
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, u"incident.resolve"_s}, {u"requestId"_s, 1},
        {u"uuid"_s, incident.value(u"uuid"_s)}}));
    QVERIFY(peer.takeData(u"reply"_s).value(u"ok"_s).toBool());
    awaitReadings(3);
    QCOMPARE(titles(u"team:db"_s), QStringList());
}

void SourcesTest::endsWhatEndedWhileItWasSilenced()
{
    startWith({.name = u"unused"_s});
    AlertmanagerProcess alertmanager(webhook());
    const QDateTime began = aMinuteAgo();
    alertmanager.say(u"Disk"_s, u"critical"_s, began, false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Disk"_s}, longPatience);
    startWith(asked(alertmanager.url()));
    alertmanager.silence(u"Disk"_s);
    awaitReadings(4);
    // Silenced is not over.
    QCOMPARE(titles(), QStringList{u"Summary of Disk"_s});
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(room));
    QVERIFY(!peer.takeData(u"room.snapshot"_s).isEmpty());
    alertmanager.say(u"Disk"_s, u"critical"_s, began, true);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList(), longPatience);
    QVERIFY(!peer.takeData(u"incident.resolved"_s).isEmpty());
    QCOMPARE(metric("tocsin_gateway_reconciled_incidents_total{change=\"ended\"}"), 1);
}

// As where Prometheus does not reach Alertmanager for some minutes.
void SourcesTest::opensAgainWhatOnlySeemedOver()
{
    startWith({.name = u"unused"_s});
    AlertmanagerProcess alertmanager(webhook());
    const QDateTime began = aMinuteAgo();
    alertmanager.say(u"Down"_s, u"critical"_s, began, false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Down"_s}, longPatience);
    alertmanager.say(u"Down"_s, u"critical"_s, began, true);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList(), longPatience);
    alertmanager.say(u"Down"_s, u"critical"_s, began, false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Down"_s}, longPatience);
}

// An answer that is long under way is of before the end, which came by itself meanwhile.
void SourcesTest::opensNothingThatEndedSinceItAsked()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QList<QTcpSocket *> waiting; // for what is active
    const auto answer = [](QTcpSocket *socket, const QByteArray &body) {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\nConnection: close\r\n\r\n" + body);
        socket->disconnectFromHost();
    };
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
            const QByteArray head = socket->readAll();
            if (head.startsWith("GET /api/v2/status"))
                answer(socket, R"({"uptime":"2026-11-20T19:00:00Z"})");
            else if (head.startsWith("GET "))
                waiting.append(socket);
        });
    });
    startWith(asked(QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()))));
    QTRY_COMPARE(waiting.size(), 1);
    const auto say = [&](const QByteArray &status) {
        return post(m_url, u"/ingest/alertmanager"_s,
            R"({"version":"4","alerts":[{"fingerprint":"f","labels":{"alertname":"Down"},)"
            R"("startsAt":"2026-11-20T19:30:00Z","status":")"
                + status + "\"}]}")
            .status;
    };
    QCOMPARE(say("firing"), 200);
    QCOMPARE(say("resolved"), 200);
    const QByteArray active = R"([{"fingerprint":"f","labels":{"alertname":"Down"},)"
                              R"("startsAt":"2026-11-20T19:30:00Z","status":{"state":"active"}}])";
    answer(waiting.at(0), active);
    // Asked again once that is on its way to the log; what is told now comes behind it.
    QTRY_COMPARE(waiting.size(), 2);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"x"_s)).status, 200);
    QCOMPARE(titles(), QStringList{u"Title of x"_s});
    // It is there again, or still: asked behind the end, it says so.
    answer(waiting.at(1), active);
    QTRY_COMPARE(titles(), (QStringList{u"Down"_s, u"Title of x"_s}));
}

// Members do not share their alerts: what the one does not have may be with the other.
void SourcesTest::endsNothingWhileAMemberIsAway()
{
    startWith({.name = u"unused"_s});
    AlertmanagerProcess first(webhook());
    AlertmanagerProcess second(QUrl(u"http://127.0.0.1:1/nowhere"_s));
    first.say(u"Disk"_s, u"critical"_s, aMinuteAgo(), false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Disk"_s}, longPatience);
    IncidentSource source = asked(first.url());
    source.apiUrls.append(second.url());
    first.kill();
    startWith(source);
    // Which is told, though there is an answer.
    const QString blind
        = u"alertmanager cannot be asked what is active: what it ends without saying so stays open"_s;
    QTRY_COMPARE_WITH_TIMEOUT(titles(), (QStringList{u"Summary of Disk"_s, blind}), longPatience);
    // What the other one has is opened meanwhile.
    second.say(u"Network"_s, u"warning"_s, aMinuteAgo(), false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(),
        (QStringList{u"Summary of Disk"_s, u"Summary of Network"_s, blind}), longPatience);
    // It knows nothing any more when it comes back, and then that counts.
    first.start();
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Network"_s}, longPatience);
}

void SourcesTest::endsNothingWhenAlertmanagerStartsAnew()
{
    startWith({.name = u"unused"_s});
    AlertmanagerProcess alertmanager(webhook());
    const QDateTime began = aMinuteAgo();
    alertmanager.say(u"Disk"_s, u"critical"_s, began, false);
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Disk"_s}, longPatience);
    IncidentSource source = asked(alertmanager.url());
    source.restartGrace = 1h;
    startWith(source);
    awaitReadings(1);

    alertmanager.kill();
    const QString blind
        = u"alertmanager cannot be asked what is active: what it ends without saying so stays open"_s;
    QTRY_COMPARE_WITH_TIMEOUT(titles(), (QStringList{u"Summary of Disk"_s, blind}), longPatience);
    // It comes back, and knows of no alert.
    alertmanager.start();
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{u"Summary of Disk"_s}, longPatience);
    awaitReadings(4);
    QCOMPARE(titles(), QStringList{u"Summary of Disk"_s});

    // Told of it again, it still has it when it is old enough to be believed.
    alertmanager.say(u"Disk"_s, u"critical"_s, began, false);
    source.restartGrace = 0ms;
    startWith(source);
    awaitReadings(4);
    QCOMPARE(titles(), QStringList{u"Summary of Disk"_s});
    // What it was not told of again is over.
    alertmanager.kill();
    alertmanager.start();
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList(), longPatience);
}

void SourcesTest::showsItsCredentials()
{
    QTemporaryDir directory;
    const auto write = [&](const QString &name, const QByteArray &content) {
        QFile file(directory.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    // bcrypt of "secret"
    QVERIFY(write(u"web.yml"_s,
        "basic_auth_users:\n  ann: "
        "$2b$04$vRdNMHVvrPj7.U1MXK9kf.QlqaudH15RgDrv6IMt.qgtb5zBEzNCS\n"));
    QVERIFY(write(u"password"_s, "wrong\n"));
    AlertmanagerProcess alertmanager(QUrl(u"http://127.0.0.1:1/nowhere"_s),
        {u"--web.config.file="_s + directory.filePath(u"web.yml"_s)});
    IncidentSource source = asked(alertmanager.url());
    source.apiUser = u"ann"_s;
    source.apiPasswordFile = directory.filePath(u"password"_s);
    startWith(source);
    const QString blind
        = u"alertmanager cannot be asked what is active: what it ends without saying so stays open"_s;
    const auto reason = [&] {
        return onlyIncident().value(u"annotations"_s).toObject().value(u"description"_s).toString();
    };
    // First, while Alertmanager starts, it is refused.
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{blind}, longPatience);
    QVERIFY2(!reason().contains(u"wrong"), qPrintable(reason()));
    // The file is read each time.
    QVERIFY(write(u"password"_s, "secret\n"));
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList(), longPatience);
    awaitReadings(1);
    QVERIFY(write(u"password"_s, "wrong again\n"));
    QTRY_COMPARE_WITH_TIMEOUT(titles(), QStringList{blind}, longPatience);
    QVERIFY2(reason().contains(u"refuses the credentials (HTTP 401)"), qPrintable(reason()));
}

void SourcesTest::saysWhyASourceCannotBeAsked_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("reason");
    const auto http = [](const QByteArray &status, const QByteArray &body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\nConnection: close\r\n\r\n" + body;
    };
    QTest::newRow("not JSON") << http("200 OK", "<html>") << u"not what Alertmanager answers"_s;
    QTest::newRow("another form") << http("200 OK", "[{\"labels\":{}}]")
                                  << u"[0].status: expected"_s;
    QTest::newRow("no such page") << http("404 Not Found", "") << u"answers with HTTP 404"_s;
    QTest::newRow("elsewhere") << http("302 Found\r\nLocation: http://127.0.0.1:1/", "")
                               << u"redirects (HTTP 302)"_s;
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-x\r\n") << u"cannot be read"_s;
    QTest::newRow("nothing") << QByteArray() << u"Connection closed"_s;
}

void SourcesTest::saysWhyASourceCannotBeAsked()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, reason);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            if (!socket->readAll().endsWith("\r\n\r\n"))
                return;
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    startWith(asked(QUrl(u"http://127.0.0.1:%1/am/"_s.arg(server.serverPort()))));
    QTRY_VERIFY(!onlyIncident().isEmpty());
    const QJsonObject incident = onlyIncident();
    const QString said
        = incident.value(u"annotations"_s).toObject().value(u"description"_s).toString();
    QVERIFY2(said.contains(reason), qPrintable(said));
    QVERIFY2(said.contains(u"/am/api/v2/alerts"_s), qPrintable(said));
    QCOMPARE(incident.value(u"severity"_s).toString(), u"warning"_s);
}

void SourcesTest::missesASourceThatIsSilent()
{
    IncidentSource source{.name = u"backup"_s};
    source.expectEvery = 1s;
    startWith(source);
    const QString silent
        = u"Nothing has been heard from backup for more than 1 second: its alerts may be missing"_s;
    QTRY_COMPARE(titles(), QStringList{silent});
    QCOMPARE(onlyIncident().value(u"source"_s).toString(), u"gateway"_s);
    QCOMPARE(onlyIncident().value(u"service"_s).toString(), u"backup"_s);
    QTRY_COMPARE(metric("tocsin_gateway_silent_sources"), 1);
    // Somebody else is no sign of life of it, nor is what was refused.
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"x"_s)).status, 200);
    QCOMPARE(post(m_url, u"/ingest/incident?source=backup"_s, "[{}]").status, 400);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"x"_s, u"resolved"_s)).status, 200);
    QCOMPARE(titles(), QStringList{silent});
    // A report by its own name, or nothing at all in its name.
    QCOMPARE(post(m_url, u"/ingest/incident?source=backup"_s, "[]").status, 200);
    QTRY_COMPARE(titles(), QStringList());
    QTRY_COMPARE(titles(), QStringList{silent});
    QCOMPARE(
        post(m_url, u"/ingest/incident"_s, R"({"source":"backup","key":"1","status":"resolved"})")
            .status,
        200);
    QTRY_COMPARE(titles(), QStringList());
}

void SourcesTest::missesItAfterARestartToo()
{
    IncidentSource source{.name = u"backup"_s};
    source.expectEvery = 1s;
    startWith(source);
    QTRY_COMPARE(titles().size(), 1);
    const QString uuid = onlyIncident().value(u"uuid"_s).toString();
    source.expectEvery = 2s;
    startWith(source);
    // Not heard yet: it stays, and stays one.
    QTRY_COMPARE(metric("tocsin_gateway_silent_sources"), 1);
    QCOMPARE(onlyIncident().value(u"uuid"_s).toString(), uuid);
    QCOMPARE(onlyIncident().value(u"count"_s).toInt(1), 1);
    QCOMPARE(post(m_url, u"/ingest/incident?source=backup"_s, "[]").status, 200);
    QTRY_COMPARE(titles(), QStringList());
}

void SourcesTest::forgetsTheSilenceOfASourceThatIsGone()
{
    IncidentSource source{.name = u"backup"_s};
    source.expectEvery = 1s;
    startWith(source);
    QTRY_COMPARE(titles().size(), 1);
    // Taken out of the configuration.
    startWith({.name = u"another"_s});
    QTRY_COMPARE(titles(), QStringList());
}

void SourcesTest::tellsTwoSendersOfOneKindApart()
{
    start();
    QFile file(QStringLiteral(TOCSIN_TEST_DATA "/alertmanager/warning-firing.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray payload = file.readAll();
    QCOMPARE(post(m_url, u"/ingest/alertmanager?source=eu"_s, payload).status, 200);
    QCOMPARE(post(m_url, u"/ingest/alertmanager?source=us"_s, payload).status, 200);
    QCOMPARE(post(m_url, u"/ingest/alertmanager"_s, payload).status, 200);
    QStringList sources;
    for (const QJsonValue &incident : incidents().json().value(u"incidents"_s).toArray())
        sources.append(incident.toObject().value(u"source"_s).toString());
    sources.sort();
    QCOMPARE(sources, (QStringList{u"alertmanager"_s, u"eu"_s, u"us"_s}));
}

void SourcesTest::refusesANameThatIsNone()
{
    start();
    const Answer answer = post(m_url, u"/ingest/incident?source=%0A"_s, nativeReport(u"x"_s));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error().value(u"where"_s).toString(), u"source"_s);
}

QTEST_MAIN(SourcesTest)
#include "tst_sources.moc"
