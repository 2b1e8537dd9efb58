// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/doorkeeper_p.h"
#include "gateway/messagerate_p.h"
#include "gatewaytest.h"

#include <QNetworkInterface>
#include <QSignalSpy>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

IpAddress address(const char *text)
{
    return boost::asio::ip::make_address(text);
}

} // namespace

/// Web pages and proxies that are let in, and how many peers, and how much of each.
class PeersTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void answersToNames_data();
    void answersToNames();
    void letsNamedPagesIn();
    void answersAPreflight();
    void finds_data();
    void finds();
    void countsANetworkOfIpv6AsOne();
    void givesPlacesBack();
    void boundsForwardedAddresses();
    void boundsAddresses();
    void boundsConnections();
    void keepsARate();
    void closesASessionThatSendsTooMuch_data();
    void closesASessionThatSendsTooMuch();
    void boundsTheRoomsOfASession();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    Answer health(const Headers &headers)
    {
        return request("GET", m_url.resolved(QUrl(u"/healthz"_s)), {}, headers);
    }
    QByteArray refusals(const QByteArray &reason)
    {
        const QByteArray name
            = "tocsin_gateway_refused_connections_total{reason=\"" + reason + "\"} ";
        const QByteArray text = request("GET", m_url.resolved(QUrl(u"/metrics"_s))).body;
        return text.mid(text.indexOf(name) + name.size()).split('\n').constFirst();
    }
};

void PeersTest::answersToNames_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    const QByteArray own = "tocsin.example.com";
    QTest::newRow("named") << own << QByteArray() << 200;
    QTest::newRow("in other case, with a port")
        << "Tocsin.Example.com:8443"_ba << QByteArray() << 200;
    QTest::newRow("loopback") << "localhost:1"_ba << QByteArray() << 200;
    QTest::newRow("with its port") << "only.example.com:81"_ba << QByteArray() << 200;
    QTest::newRow("with another port") << "only.example.com"_ba << QByteArray() << 403;
    QTest::newRow("another") << "evil.example"_ba << QByteArray() << 403;
    QTest::newRow("longer") << "tocsin.example.com.evil.example"_ba << QByteArray() << 403;
    QTest::newRow("below") << "x.tocsin.example.com"_ba << QByteArray() << 403;
    QTest::newRow("own page, TLS at the proxy") << own << "https://tocsin.example.com"_ba << 200;
    QTest::newRow("own page, usual port") << own + ":443" << "https://tocsin.example.com"_ba << 200;
    QTest::newRow("own page, other port") << own + ":444" << "https://tocsin.example.com"_ba << 403;
    QTest::newRow("page of another") << own << "https://evil.example"_ba << 403;
    QTest::newRow("page that is named") << own << "https://status.example.com"_ba << 200;
    QTest::newRow("page on another port") << own << "https://status.example.com:1"_ba << 403;
    QTest::newRow("page without TLS") << own << "http://status.example.com"_ba << 403;
    QTest::newRow("page with more") << own << "https://status.example.com.evil.example"_ba << 403;
    QTest::newRow("file") << own << "null"_ba << 403;
    QTest::newRow("named page, rebound name")
        << "evil.example"_ba << "https://status.example.com"_ba << 403;
}

void PeersTest::answersToNames()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    start({.allowedHosts = {u"tocsin.example.com"_s, u"only.example.com:81"_s},
        .allowedOrigins = {u"https://Status.example.com:443"_s}});
    Headers headers{{"Host", host}};
    if (!origin.isEmpty())
        headers.append({"Origin", origin});
    const Answer answer = health(headers);
    QTEST(answer.status, "status");
    QCOMPARE(answer.headers.value("vary"), "Origin"_ba);
    const bool isForOthers = answer.status == 200 && origin == "https://status.example.com";
    QCOMPARE(
        answer.headers.value("access-control-allow-origin"), isForOthers ? origin : QByteArray());
}

void PeersTest::letsNamedPagesIn()
{
    token(Role::Viewer);
    start({.tokensFile = tokensFile(), .allowedOrigins = {u"https://status.example.com"_s}});
    // It is told, in a form that it can read, that it needs a token like anybody.
    const Answer refused = incidents({{"Origin", "https://status.example.com"}});
    QCOMPARE(refused.status, 401);
    QCOMPARE(refused.headers.value("access-control-allow-origin"), "https://status.example.com"_ba);
    QVERIFY(!refused.headers.contains("access-control-allow-credentials"));
    Peer page(m_gateway->webSocketUrl(), u"https://status.example.com"_s);
    QVERIFY(page.waitUntil([&] { return page.socket.isValid(); }));
    Peer foreign(m_gateway->webSocketUrl(), u"https://other.example.com"_s);
    QTRY_VERIFY(foreign.socket.errorString().contains(u"403"));
}

void PeersTest::answersAPreflight()
{
    token(Role::Viewer);
    start({.tokensFile = tokensFile(), .allowedOrigins = {u"https://status.example.com"_s}});
    const auto ask = [&](const QString &path, const QByteArray &origin, const QByteArray &method) {
        Headers headers{{"Origin", origin}};
        if (!method.isEmpty())
            headers.append({"Access-Control-Request-Method", method});
        return request("OPTIONS", m_url.resolved(QUrl(path)), {}, headers);
    };
    const QByteArray named = "https://status.example.com";
    const Answer answer = ask(u"/ingest/incident"_s, named, "POST");
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.body, QByteArray());
    QVERIFY(!answer.headers.contains("content-length"));
    QCOMPARE(answer.headers.value("access-control-allow-origin"), named);
    QCOMPARE(answer.headers.value("access-control-allow-methods"), "POST"_ba);
    QCOMPARE(
        answer.headers.value("access-control-allow-headers"), "Authorization, Content-Type"_ba);
    QCOMPARE(answer.headers.value("vary"), "Origin"_ba);
    QVERIFY(!answer.headers.contains("access-control-allow-credentials"));
    QCOMPARE(ask(u"/api/incidents"_s, named, "GET").headers.value("access-control-allow-methods"),
        "GET, HEAD"_ba);
    QCOMPARE(ask(u"/ingest/incident"_s, "https://evil.example", "POST").status, 403);
    QCOMPARE(ask(u"/ingest/incident"_s, named, {}).status, 405);
    QCOMPARE(ask(u"/no"_s, named, "POST").status, 404);
}

void PeersTest::finds_data()
{
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QByteArray>("forwardedFor");
    QTest::addColumn<QByteArray>("client");
    const QByteArray proxy = "127.0.0.1";
    QTest::newRow("says nothing") << proxy << QByteArray() << proxy;
    QTest::newRow("one") << proxy << "192.0.2.1"_ba << "192.0.2.1"_ba;
    QTest::newRow("the rightmost") << proxy << "192.0.2.9, 192.0.2.1"_ba << "192.0.2.1"_ba;
    QTest::newRow("two proxies") << proxy << "192.0.2.9,192.0.2.1 , 10.1.2.3"_ba << "192.0.2.1"_ba;
    QTest::newRow("made up left of it") << proxy << "127.0.0.1, 192.0.2.1"_ba << "192.0.2.1"_ba;
    QTest::newRow("nonsense left of it") << proxy << "x, 192.0.2.1"_ba << "192.0.2.1"_ba;
    QTest::newRow("nonsense") << proxy << "192.0.2.1, unknown"_ba << proxy;
    QTest::newRow("an open bracket") << proxy << "["_ba << proxy;
    QTest::newRow("not trusted") << "192.0.2.7"_ba << "192.0.2.1"_ba << "192.0.2.7"_ba;
    QTest::newRow("IPv6") << "::1"_ba << "2001:db8::5"_ba << "2001:db8::5"_ba;
    QTest::newRow("IPv6 with a port") << "::1"_ba << "[2001:db8::5]:99"_ba << "2001:db8::5"_ba;
    QTest::newRow("with a port") << proxy << "192.0.2.1:99"_ba << "192.0.2.1"_ba;
    QTest::newRow("IPv4 in IPv6") << "::ffff:10.9.9.9"_ba << "192.0.2.1"_ba << "192.0.2.1"_ba;
}

void PeersTest::finds()
{
    QFETCH(QByteArray, peer);
    QFETCH(QByteArray, forwardedFor);
    QFETCH(QByteArray, client);
    const auto proxies = TrustedProxies::parse({u"127.0.0.1"_s, u"::1"_s, u"10.0.0.0/8"_s}).value();
    QCOMPARE(QByteArray::fromStdString(
                 proxies.clientOf(address(peer.constData()), forwardedFor).to_string()),
        client);
}

void PeersTest::countsANetworkOfIpv6AsOne()
{
    QCOMPARE(countedAs(address("2001:db8:0:1::1")), countedAs(address("2001:db8:0:1:ffff::2")));
    QVERIFY(countedAs(address("2001:db8:0:1::1")) != countedAs(address("2001:db8:0:2::1")));
    QVERIFY(countedAs(address("192.0.2.1")) != countedAs(address("192.0.2.2")));
    QCOMPARE(countedAs(address("::ffff:192.0.2.1")), countedAs(address("192.0.2.1")));
    for (const char *own : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
        QCOMPARE(countedAs(address(own)), 0U);
}

void PeersTest::givesPlacesBack()
{
    using Verdict = Doorkeeper::Verdict;
    Doorkeeper keeper(
        {.connections = 10, .perAddress = 2}, 2, TrustedProxies::parse({u"192.0.2.9"_s}).value());
    const IpAddress one = address("192.0.2.1");
    auto first = keeper.admit(one, 0);
    auto second = keeper.admit(one, 1);
    QCOMPARE(second.verdict, Verdict::Serve);
    {
        const auto third = keeper.admit(one, 2);
        QCOMPARE(third.verdict, Verdict::TooManyOfAddress);
        const auto fourth = keeper.admit(one, 3);
        QCOMPARE(fourth.verdict, Verdict::TooManyOfAddress);
        QCOMPARE(keeper.admit(one, 4).verdict, Verdict::Drop);
        QCOMPARE(keeper.admit(address("192.0.2.2"), 4).verdict, Verdict::Serve);
    }
    QCOMPARE(keeper.admit(one, 2).verdict, Verdict::TooManyOfAddress);
    // A session takes its connection's place over.
    Doorkeeper::Place moved = std::move(first.place);
    first = {};
    QCOMPARE(keeper.admit(one, 2).verdict, Verdict::TooManyOfAddress);
    moved = {};
    QCOMPARE(keeper.admit(one, 1).verdict, Verdict::Serve);
    QCOMPARE(keeper.admit(address("192.0.2.3"), 10).verdict, Verdict::TooMany);
    QCOMPARE(keeper.admit(address("127.0.0.1"), 9).verdict, Verdict::Serve);
    // The proxy itself is not counted, but for whom it asks.
    QCOMPARE(keeper.admit(address("192.0.2.9"), 5).verdict, Verdict::Serve);
    const auto forwarded = keeper.admitForwarded(address("192.0.2.9"), "192.0.2.1");
    QCOMPARE(forwarded.verdict, Verdict::Serve);
    QVERIFY(forwarded.place);
    QCOMPARE(keeper.admitForwarded(address("192.0.2.9"), "192.0.2.1").verdict,
        Verdict::TooManyOfAddress);
    QVERIFY(!keeper.admitForwarded(one, "192.0.2.8").place);
}

void PeersTest::boundsForwardedAddresses()
{
    start({.trustedProxies = {u"127.0.0.1"_s}, .connectionsPerAddress = 2});
    const auto openFor = [&](QWebSocket &socket, const QByteArray &client) {
        QNetworkRequest upgrade(m_gateway->webSocketUrl());
        upgrade.setRawHeader("X-Forwarded-For", client);
        socket.open(upgrade);
    };
    std::vector<std::unique_ptr<QWebSocket>> sessions;
    for (int i = 0; i < 2; ++i) {
        sessions.push_back(std::make_unique<QWebSocket>());
        openFor(*sessions.back(), "192.0.2.1");
        QTRY_VERIFY(sessions.back()->isValid());
    }
    const Answer refused = health({{"X-Forwarded-For", "192.0.2.1"}});
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.headers.value("retry-after").toInt() > 0);
    QCOMPARE(refused.error()[u"code"_s].toString(), u"rate_limited"_s);
    QWebSocket third;
    QSignalSpy closed(&third, &QWebSocket::disconnected);
    openFor(third, "192.0.2.1");
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(health({{"X-Forwarded-For", "192.0.2.2"}}).status, 200);
    QCOMPARE(health({}).status, 200);
    QCOMPARE(refusals("address"), "2"_ba);
    sessions.pop_back();
    QTRY_COMPARE(health({{"X-Forwarded-For", "192.0.2.1"}}).status, 200);
}

// Needs an address of this machine that is not a loopback one: peers of those are not counted.
void PeersTest::boundsAddresses()
{
    const auto all = QNetworkInterface::allAddresses();
    const auto own = std::ranges::find_if(all, [](const QHostAddress &candidate) {
        return candidate.protocol() == QAbstractSocket::IPv4Protocol && !candidate.isLoopback();
    });
    if (own == all.end())
        QSKIP("This machine has no address but loopback ones.");
    token(Role::Viewer);
    start({.listenAddress = u"0.0.0.0"_s, .tokensFile = tokensFile(), .connectionsPerAddress = 3});
    QUrl url = m_url.resolved(QUrl(u"/healthz"_s));
    url.setHost(own->toString());
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < 3; ++i) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(*own, m_gateway->port());
        QTRY_COMPARE(idle.back()->state(), QAbstractSocket::ConnectedState);
    }
    const Answer refused = request("GET", url);
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.headers.value("retry-after").toInt() > 0);
    QCOMPARE(health({}).status, 200); // from loopback
    // Nobody is told in more than 64 connections at once; what comes then is closed.
    std::vector<std::unique_ptr<QTcpSocket>> more;
    for (int i = 0; i < 100; ++i) {
        more.push_back(std::make_unique<QTcpSocket>());
        more.back()->connectToHost(*own, m_gateway->port());
    }
    QTRY_VERIFY(std::ranges::any_of(more,
        [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; }));
    // Those that ask nothing are given up.
    QTRY_VERIFY(std::ranges::all_of(more,
        [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; }));
    idle.pop_back();
    QTRY_COMPARE(request("GET", url).status, 200);
}

void PeersTest::boundsConnections()
{
    start({.connections = 3});
    std::vector<std::unique_ptr<Peer>> sessions;
    for (int i = 0; i < 3; ++i) {
        sessions.push_back(std::make_unique<Peer>(m_gateway->webSocketUrl()));
        QVERIFY(sessions.back()->send(u"2"_s)
            && sessions.back()->waitUntil([&] { return !sessions.back()->plain.isEmpty(); }));
    }
    const Answer refused = health({});
    QCOMPARE(refused.status, 503);
    QVERIFY(refused.headers.value("retry-after").toInt() > 0);
    sessions.pop_back();
    QTRY_COMPARE(health({}).status, 200);
    QTRY_COMPARE(refusals("total").toInt() > 0, true);
}

void PeersTest::keepsARate()
{
    MessageRate rate;
    auto now = MessageRate::Clock::time_point(1'000s);
    const auto takes = [&] {
        int taken = 0;
        while (taken < 1'000 && rate.take(now, 10, 25))
            ++taken;
        return taken;
    };
    QCOMPARE(takes(), 25);
    now += 100ms;
    QCOMPARE(takes(), 1);
    now += 99ms;
    QCOMPARE(takes(), 0);
    now += 1s;
    QCOMPARE(takes(), 10);
    now += 24h;
    QCOMPARE(takes(), 25);
    static_assert(sizeof(MessageRate) <= 16);
}

void PeersTest::closesASessionThatSendsTooMuch_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"heartbeats", "commands", "binary", "nonsense", "pings"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void PeersTest::closesASessionThatSendsTooMuch()
{
    QFETCH(QString, kind);
    start({.messagesPerSecond = 1, .messageBurst = 20});
    Peer other(m_gateway->webSocketUrl());
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.waitUntil([&] { return peer.socket.isValid(); }));
    for (int i = 0; i < 50; ++i) {
        if (kind == u"heartbeats")
            peer.socket.sendTextMessage(u"2"_s);
        else if (kind == u"commands")
            peer.socket.sendTextMessage(uR"({"type":"room.leave","room":"r"})"_s);
        else if (kind == u"binary")
            peer.socket.sendBinaryMessage("x");
        else if (kind == u"nonsense")
            peer.socket.sendTextMessage(u"{"_s);
        else
            peer.socket.ping();
    }
    QVERIFY2(peer.waitForClose(4029), qPrintable(QString::number(peer.socket.closeCode())));
    QVERIFY(!peer.messages.isEmpty());
    QCOMPARE(peer.messages.last()[u"data"_s][u"code"_s].toString(), u"rate_limited"_s);
    // One was told once, and no other suffers for it.
    QCOMPARE(std::ranges::count_if(peer.messages,
                 [](const QJsonObject &message) {
                     return message[u"data"_s][u"code"_s] == u"rate_limited"_s;
                 }),
        1);
    QVERIFY(other.send(u"2"_s) && other.waitUntil([&] { return !other.plain.isEmpty(); }));
    QVERIFY(request("GET", m_url.resolved(QUrl(u"/metrics"_s)))
            .body.contains("tocsin_gateway_rate_limited_total 1\n"));
}

void PeersTest::boundsTheRoomsOfASession()
{
    start();
    Peer peer(m_gateway->webSocketUrl());
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(peer.join(u"room:%1"_s.arg(i)));
    QVERIFY(peer.waitForMessages(2'000));
    QVERIFY(peer.join(u"one more"_s));
    QCOMPARE(peer.takeData(u"error"_s)[u"code"_s].toString(), u"rate_limited"_s);
    QVERIFY(peer.send({{u"type"_s, u"room.leave"_s}, {u"room"_s, u"room:7"_s}}));
    QVERIFY(peer.join(u"one more"_s));
    QTRY_COMPARE(peer.messages.last()[u"room"_s].toString(), u"one more"_s);
}

void PeersTest::saysWhatIsWrong_data()
{
    QTest::addColumn<GatewayConfiguration>("configuration");
    QTest::addColumn<QString>("names");
    const auto host
        = [](const QString &name) { return GatewayConfiguration{.allowedHosts = {name}}; };
    const auto origin
        = [](const QString &name) { return GatewayConfiguration{.allowedOrigins = {name}}; };
    const auto proxy
        = [](const QString &name) { return GatewayConfiguration{.trustedProxies = {name}}; };
    for (const QString &name : {u"https://a.example"_s, u"*"_s, u"a b"_s, u"a/b"_s, u"a:port"_s})
        QTest::newRow(qPrintable(u"host "_s + name)) << host(name) << name;
    for (const QString &name : {u"a.example"_s, u"*"_s, u"null"_s, u"https://a.example/"_s,
             u"https://*.example"_s, u"ftp://a.example"_s, u"https://"_s})
        QTest::newRow(qPrintable(u"origin "_s + name)) << origin(name) << name;
    for (const QString &name :
        {u"localhost"_s, u"10.0.0.0/33"_s, u"::/129"_s, u"10.0.0.0/"_s, u"10.0.0"_s, u"*"_s})
        QTest::newRow(qPrintable(u"proxy "_s + name)) << proxy(name) << name;
}

void PeersTest::saysWhatIsWrong()
{
    QFETCH(GatewayConfiguration, configuration);
    QFETCH(QString, names);
    const auto checked = Gateway::check(configuration);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(
        checked.error().message.contains(u'"' + names + u'"'), qPrintable(checked.error().message));
}

QTEST_GUILESS_MAIN(PeersTest)
#include "tst_peers.moc"
