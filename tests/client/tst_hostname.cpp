// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"

#include <QHostInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// A host name that the resolver has several addresses for (tests/client/hosts).
class HostNameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void passesOverAnAddressThatRefuses();
};

void HostNameTest::passesOverAnAddressThatRefuses()
{
    const auto addresses = QHostInfo::fromName(u"several.test"_s).addresses();
    QCOMPARE(addresses.size(), 2);
    QVERIFY(addresses.first() != addresses.last());
    // Whichever comes first has nobody.
    QWebSocketServer server(u"one of several"_s, QWebSocketServer::NonSecureMode);
    QVERIFY(server.listen(addresses.last()));
    SocketClient client({.url = QUrl(u"ws://several.test:%1/ws"_s.arg(server.serverPort()))});
    QSignalSpy retries(&client, &SocketClient::reconnectAttempt);
    QSignalSpy errors(&client, &SocketClient::errorOccurred);
    client.connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), SocketClient::State::Connected, 10'000);
    // In one attempt, as if it had one address.
    QVERIFY(retries.isEmpty());
    QVERIFY(errors.isEmpty());
    QCOMPARE(client.currentAddress().host(), u"several.test"_s);
}

QTEST_GUILESS_MAIN(HostNameTest)
#include "tst_hostname.moc"
