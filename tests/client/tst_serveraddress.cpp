// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/serveraddress.h"

#include <QRegularExpression>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// However a person knows their server.
class ServerAddressTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void understandsWhatPeopleType_data();
    void understandsWhatPeopleType();
    void isTheSameWhenReadAgain_data() { understandsWhatPeopleType_data(); }
    void isTheSameWhenReadAgain();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void repeatsNoSecret_data();
    void repeatsNoSecret();
    void takesSeveralOfOneServer();
    void refusesSeveralOfWhichOneIsNone();
    void knowsThisMachine_data();
    void knowsThisMachine();
};

void ServerAddressTest::understandsWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address");
    const auto row = [](const char *name, const QString &typed, const QString &address) {
        QTest::newRow(name) << typed << address;
    };
    row("a name", u"ops.example.com"_s, u"wss://ops.example.com/ws"_s);
    row("a name in capitals", u"OPS.Example.com"_s, u"wss://ops.example.com/ws"_s);
    row("a short name", u"tocsin"_s, u"wss://tocsin/ws"_s);
    row("a name and a port", u"ops.example.com:8787"_s, u"wss://ops.example.com:8787/ws"_s);
    row("a name and TLS's port", u"ops.example.com:443"_s, u"wss://ops.example.com/ws"_s);
    row("a name and a path", u"example.com/tocsin/ws"_s, u"wss://example.com/tocsin/ws"_s);
    row("an address of a network", u"10.0.0.5:8787"_s, u"wss://10.0.0.5:8787/ws"_s);
    row("IPv6", u"2001:db8::5"_s, u"wss://[2001:db8::5]/ws"_s);
    row("IPv6 with a port", u"[2001:db8::5]:8787"_s, u"wss://[2001:db8::5]:8787/ws"_s);
    row("a name of another script", u"bücher.de"_s, u"wss://bücher.de/ws"_s);
    row("this machine", u"localhost"_s, u"ws://localhost:8787/ws"_s);
    row("this machine and a port", u"localhost:9000"_s, u"ws://localhost:9000/ws"_s);
    row("this machine's address", u"127.0.0.1:9000"_s, u"ws://127.0.0.1:9000/ws"_s);
    row("this machine over IPv6", u"::1"_s, u"ws://[::1]:8787/ws"_s);
    row("ws", u"ws://ops.example.com:8787/ws"_s, u"ws://ops.example.com:8787/ws"_s);
    row("wss", u"wss://ops.example.com/ws"_s, u"wss://ops.example.com/ws"_s);
    row("a scheme in capitals", u"WSS://ops.example.com/ws"_s, u"wss://ops.example.com/ws"_s);
    row("wss without a path", u"wss://ops.example.com"_s, u"wss://ops.example.com/ws"_s);
    row("wss with a path of its own", u"wss://ops.example.com/live/socket?team=a"_s,
        u"wss://ops.example.com/live/socket?team=a"_s);
    row("https", u"https://ops.example.com"_s, u"wss://ops.example.com/ws"_s);
    row("https and a slash", u"https://ops.example.com/"_s, u"wss://ops.example.com/ws"_s);
    row("http", u"http://10.0.0.5:8787/"_s, u"ws://10.0.0.5:8787/ws"_s);
    row("http and its port", u"http://ops.example.com:80/"_s, u"ws://ops.example.com/ws"_s);
    row("a page of a gateway", u"http://10.0.0.5:8787/api/incidents?room=account:default"_s,
        u"ws://10.0.0.5:8787/ws"_s);
    row("where alerts are sent", u"https://ops.example.com/ingest/alertmanager"_s,
        u"wss://ops.example.com/ws"_s);
    row("where its health is asked", u"https://ops.example.com/healthz"_s,
        u"wss://ops.example.com/ws"_s);
    row("a path before it", u"https://example.com/tocsin/metrics#top"_s,
        u"wss://example.com/tocsin/ws"_s);
    row("a directory", u"https://example.com/tocsin/"_s, u"wss://example.com/tocsin/ws"_s);
    row("a directory without a slash", u"https://example.com/tocsin"_s,
        u"wss://example.com/tocsin/ws"_s);
    row("its WebSocket as https", u"https://example.com/tocsin/ws"_s,
        u"wss://example.com/tocsin/ws"_s);
    row("space around it", u"  ops.example.com\n"_s, u"wss://ops.example.com/ws"_s);
    row("brackets around it", u"<https://ops.example.com/>"_s, u"wss://ops.example.com/ws"_s);
    row("quotes around it", u"„ops.example.com“,"_s, u"wss://ops.example.com/ws"_s);
}

void ServerAddressTest::understandsWhatPeopleType()
{
    QFETCH(QString, typed);
    QFETCH(QString, address);
    const auto url = serverAddress(typed);
    QVERIFY2(url, qPrintable(url ? QString() : url.error().message));
    QCOMPARE(url->toString(), address);
}

void ServerAddressTest::isTheSameWhenReadAgain()
{
    QFETCH(QString, typed);
    const auto once = serverAddress(typed);
    QVERIFY(once);
    const auto twice = serverAddress(once->toString());
    QVERIFY(twice);
    QCOMPARE(*twice, *once);
}

void ServerAddressTest::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QString() << u"Give the address"_s;
    QTest::newRow("space") << u" \t "_s << u"Give the address"_s;
    QTest::newRow("words") << u"the new server"_s << u"“the new server” is not"_s;
    QTest::newRow("no host") << u"wss://"_s << u"is not the address"_s;
    QTest::newRow("only a path") << u"/ws"_s << u"is not the address"_s;
    QTest::newRow("a port that is none") << u"ops.example.com:99999"_s << u"is not the address"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << u"is not the address"_s;
    QTest::newRow("another scheme") << u"ftp://ops.example.com"_s << u"ftp://"_s;
    QTest::newRow("a novel") << QString(5000, u'a') << u"too long"_s;
}

void ServerAddressTest::refusesWhatIsNoAddress()
{
    QFETCH(QString, typed);
    QFETCH(QString, word);
    const auto url = serverAddress(typed);
    QVERIFY2(!url, qPrintable(url ? url->toString() : QString()));
    QCOMPARE(url.error().code, ErrorCode::BadConfiguration);
    QVERIFY2(url.error().message.contains(word), qPrintable(url.error().message));
}

void ServerAddressTest::repeatsNoSecret_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("a password") << u"wss://anna:hunter2@ops.example.com/ws"_s;
    QTest::newRow("a user only") << u"https://hunter2@ops.example.com"_s;
    QTest::newRow("a password without a scheme") << u"anna:hunter2@ops.example.com"_s;
    QTest::newRow("a token") << u"wss://ops.example.com/ws?token=hunter2"_s;
    QTest::newRow("a token by its long name")
        << u"https://ops.example.com/?a=b&access_token=hunter2"_s;
    QTest::newRow("a key") << u"ops.example.com/ws?api_key=hunter2"_s;
}

void ServerAddressTest::repeatsNoSecret()
{
    QFETCH(QString, typed);
    const auto url = serverAddress(typed);
    QVERIFY(!url);
    QVERIFY2(url.error().message.startsWith(u"Leave "), qPrintable(url.error().message));
    QVERIFY(!url.error().message.contains(u"hunter2"));
}

void ServerAddressTest::takesSeveralOfOneServer()
{
    const auto several = [](const QString &typed) {
        QStringList found;
        const auto urls = serverAddresses(typed);
        for (const QUrl &url : urls.value_or(QList<QUrl>()))
            found.append(url.toString());
        return found;
    };
    QCOMPARE(several(u"ops.example.com"_s), QStringList{u"wss://ops.example.com/ws"_s});
    QCOMPARE(
        several(u"<https://ops.example.com/>, \n"_s), QStringList{u"wss://ops.example.com/ws"_s});
    const QStringList both{u"wss://b.example.com/ws"_s, u"wss://a.example.com:8787/ws"_s};
    QCOMPARE(several(u"b.example.com, a.example.com:8787"_s), both);
    QCOMPARE(several(u"b.example.com\r\na.example.com:8787\n"_s), both);
    QCOMPARE(several(u"https://b.example.com; wss://a.example.com:8787; b.example.com"_s), both);
}

void ServerAddressTest::refusesSeveralOfWhichOneIsNone()
{
    const auto problem = [](const QString &typed) {
        const auto urls = serverAddresses(typed);
        return urls ? QString() : urls.error().message;
    };
    QVERIFY(problem(u" , ;\n"_s).contains(u"Give the address"));
    QVERIFY(problem(u"a.example.com, two words"_s).contains(u"“two words” is not"));
    const QString secret = problem(u"a.example.com, wss://anna:hunter2@b.example.com"_s);
    QVERIFY2(secret.startsWith(u"Leave ") && !secret.contains(u"hunter2"), qPrintable(secret));
    QStringList many;
    for (int i = 0; i <= mostServerAddresses; ++i)
        many.append(u"gw-%1.example.com"_s.arg(i));
    QVERIFY(problem(many.join(u',')).contains(u"these are 17"));
    many.removeLast();
    QCOMPARE(problem(many.join(u',')), QString());
}

void ServerAddressTest::knowsThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("localhost") << u"localhost"_s << true;
    QTest::newRow("beneath it") << u"a.localhost"_s << true;
    QTest::newRow("127.0.0.1") << u"127.0.0.1"_s << true;
    QTest::newRow("127.8.0.1") << u"127.8.0.1"_s << true;
    QTest::newRow("::1") << u"::1"_s << true;
    QTest::newRow("another") << u"10.0.0.1"_s << false;
    QTest::newRow("a name that ends so") << u"notlocalhost"_s << false;
    QTest::newRow("a name that begins so") << u"localhost.example.com"_s << false;
}

void ServerAddressTest::knowsThisMachine()
{
    QFETCH(QString, host);
    QFETCH(bool, loopback);
    QCOMPARE(isLoopbackHost(host), loopback);
}

QTEST_GUILESS_MAIN(ServerAddressTest)
#include "tst_serveraddress.moc"
