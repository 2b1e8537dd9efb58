// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/refusalwatch.h"
#include "qml/livefeed.h"
#include "scriptedserver.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Status = ConnectionModel::Status;

/// Stands where a server was, and forbids everything.
class ForbiddingProxy
{
public:
    explicit ForbiddingProxy(quint16 port)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *const socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("the proxy cannot listen");
    }

private:
    QTcpServer m_server;
};

} // namespace

class RefusalWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triesAtOnceWhereTheTokenHasChanged();
    void triesAgainAfterAWhile();

private:
    void writeToken(const QByteArray &token)
    {
        QFile file(tokenFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(token) != token.size())
            qFatal("the token cannot be written");
    }
    [[nodiscard]] QString tokenFile() const { return m_directory.filePath(u"token"_s); }

    QTemporaryDir m_directory;
};

void RefusalWatchTest::triesAtOnceWhereTheTokenHasChanged()
{
    writeToken("stale");
    ScriptedServer server;
    server.setProperty("refusesTokens", true);
    LiveFeed feed;
    RefusalWatch watch(*feed.connections(), 1h);
    watch.setTokenFile(tokenFile());
    feed.setRooms({u"account:acme"_s});
    feed.setTokenFile(tokenFile());
    feed.setServer(server.url());
    QTRY_COMPARE(feed.connections()->status(), Status::NotAuthorised);
    server.setProperty("refusesTokens", false);
    writeToken("fresh and longer");
    QTRY_VERIFY(feed.isLive());
    QCOMPARE(server.property("token").toString(), u"fresh and longer"_s);
}

void RefusalWatchTest::triesAgainAfterAWhile()
{
    ScriptedServer server;
    LiveFeed feed;
    RefusalWatch watch(*feed.connections(), 50ms);
    server.goAway();
    {
        const ForbiddingProxy proxy(quint16(QUrl(server.url()).port()));
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        int refusals = 0;
        connect(feed.connections(), &ConnectionModel::statusChanged, &feed,
            [&] { refusals += feed.connections()->status() == Status::Offline; });
        QTRY_COMPARE_GE(refusals, 2);
    }
    server.comeBack();
    QTRY_VERIFY(feed.isLive());
}

QTEST_MAIN(RefusalWatchTest)
#include "tst_refusalwatch.moc"
