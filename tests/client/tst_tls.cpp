// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "../authority.h"
#include "client/socketclient.h"
#include "client/tlserror_p.h"

#include <QDateTime>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

using namespace tocsin;
using namespace std::chrono_literals;
using State = SocketClient::State;

namespace {

class SecureServer : public QWebSocketServer
{
public:
    explicit SecureServer(
        const Identity &identity, const QSslCertificate &clientAuthority = QSslCertificate())
        : QWebSocketServer(QStringLiteral("secure"), SecureMode)
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(identity.certificate);
        tls.setPrivateKey(identity.key);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (!clientAuthority.isNull()) {
            tls.setCaCertificates({clientAuthority});
            tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        }
        setSslConfiguration(tls);
        if (!listen(QHostAddress::LocalHost))
            qFatal("%s", qPrintable(errorString()));
    }
    [[nodiscard]] SocketClientOptions options(const QSslCertificate &trusted) const
    {
        SocketClientOptions options{
            .url = QUrl(QStringLiteral("wss://localhost:%1/ws").arg(serverPort()))};
        options.connection.reconnectDelay = 5ms;
        options.connection.maxReconnectDelay = 10ms;
        options.tls = QSslConfiguration::defaultConfiguration();
        if (!trusted.isNull())
            options.tls->addCaCertificate(trusted);
        return options;
    }
};

QDateTime inDays(int days)
{
    return QDateTime::currentDateTimeUtc().addDays(days);
}

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void trustsTheAuthorityThatItIsGiven();
    void namesWhatIsWrongWithACertificate_data();
    void namesWhatIsWrongWithACertificate();
    void showsItsClientCertificate();
    void saysThatAClientCertificateIsWanted_data();
    void saysThatAClientCertificateIsWanted();
    void tellsSeveralFlawsTheGravestFirst();
    void tellsARevokedCertificate();
    void saysThatNoTlsIsSpoken();

private:
    Authority m_authority{QStringLiteral("Test Authority")};
};

void TlsTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void TlsTest::trustsTheAuthorityThatItIsGiven()
{
    const SecureServer server(m_authority.issue(QStringLiteral("DNS:localhost")));
    SocketClient client(server.options(m_authority.certificate()));
    QSignalSpy errors(&client, &SocketClient::errorOccurred);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QCOMPARE(errors.size(), 0);
}

void TlsTest::namesWhatIsWrongWithACertificate_data()
{
    QTest::addColumn<Identity>("identity");
    QTest::addColumn<QSslCertificate>("trusted");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("message");
    const auto ours = m_authority.certificate();
    const QString localhost = QStringLiteral("DNS:localhost");
    QTest::newRow("expired") << m_authority.issue(localhost, inDays(-9), inDays(-2)) << ours
                             << ErrorCode::CertificateExpired
                             << QStringLiteral("The certificate of localhost expired on %1. Renew "
                                               "it on the server.")
                                    .arg(inDays(-2).date().toString(Qt::ISODate));
    QTest::newRow("not yet valid")
        << m_authority.issue(localhost, inDays(2), inDays(9)) << ours
        << ErrorCode::CertificateNotYetValid
        << QStringLiteral("The certificate of localhost is valid only from %1. Check the clock of "
                          "this machine.")
               .arg(inDays(2).date().toString(Qt::ISODate));
    QTest::newRow("wrong host")
        << m_authority.issue(QStringLiteral("DNS:ops.example.com,DNS:b.example.com")) << ours
        << ErrorCode::CertificateWrongHost
        << QStringLiteral("The certificate that localhost shows is for b.example.com, "
                          "ops.example.com. Correct the address, or have the certificate issued "
                          "for this name too.");
    QTest::newRow("unknown authority")
        << m_authority.issue(localhost) << QSslCertificate() << ErrorCode::CertificateUntrusted
        << QStringLiteral("The certificate of localhost is issued by \"Test Authority\", which is "
                          "not trusted here. Add that authority to those that are trusted, or let "
                          "the server send the whole chain.");
    QTest::newRow("self-signed")
        << m_authority.issueSelfSigned() << ours << ErrorCode::CertificateUntrusted
        << QStringLiteral("The certificate of localhost is signed by itself and not trusted here. "
                          "Add it, or the authority that signs for the server, to those that are "
                          "trusted.");
}

void TlsTest::namesWhatIsWrongWithACertificate()
{
    QFETCH(Identity, identity);
    QFETCH(QSslCertificate, trusted);
    QFETCH(ErrorCode, code);
    QFETCH(QString, message);
    SecureServer server(identity);
    SocketClient client(server.options(trusted));
    QList<Error> errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error); });
    QSignalSpy connected(&client, &SocketClient::connected);
    client.connectToServer();
    // Tried again, as the server may mend it, and never let pass.
    QTRY_VERIFY(errors.size() >= 2);
    QCOMPARE(errors[0].message, message);
    QCOMPARE(errors[0].code, code);
    QCOMPARE(errors[1], errors[0]);
    QCOMPARE(connected.size(), 0);
    QVERIFY(!server.hasPendingConnections());
}

void TlsTest::showsItsClientCertificate()
{
    SecureServer server(
        m_authority.issue(QStringLiteral("DNS:localhost")), m_authority.certificate());
    auto options = server.options(m_authority.certificate());
    const Identity ours = m_authority.issue(QStringLiteral("DNS:wall-display"));
    options.tls->setLocalCertificate(ours.certificate);
    options.tls->setPrivateKey(ours.key);
    SocketClient client(options);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Connected);
    QTRY_VERIFY(server.hasPendingConnections());
    const std::unique_ptr<QWebSocket> peer(server.nextPendingConnection());
    QCOMPARE(peer->sslConfiguration().peerCertificate(), ours.certificate);
}

void TlsTest::saysThatAClientCertificateIsWanted_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("TLS 1.3, when the handshake seems to be over")
        << QStringLiteral("-tls1_3") << ErrorCode::ClientCertificateRefused;
    // Here the alert is the general one, which may mean anything.
    QTest::newRow("TLS 1.2") << QStringLiteral("-tls1_2") << ErrorCode::TlsFailed;
}

void TlsTest::saysThatAClientCertificateIsWanted()
{
    QFETCH(QString, version);
    QFETCH(ErrorCode, code);
    // Not a server of Qt's, which hangs up without the alert that says why.
    (void)m_authority.issue(QStringLiteral("DNS:localhost"));
    QProcess server;
    server.setWorkingDirectory(m_authority.path());
    server.start(QStringLiteral("openssl"),
        {"s_server", "-accept", "127.0.0.1:0", "-cert", "it.pem", "-key", "it.key", "-CAfile",
            "ca.pem", "-Verify", "1", "-verify_return_error", version});
    QByteArray said;
    QRegularExpressionMatch port;
    QTRY_VERIFY((said += server.readAllStandardOutput(),
        port
        = QRegularExpression(QStringLiteral("ACCEPT \\S+:(\\d+)")).match(QString::fromUtf8(said)))
            .hasMatch());
    SocketClientOptions options{
        .url = QUrl(QStringLiteral("wss://localhost:%1/").arg(port.captured(1)))};
    options.tls = QSslConfiguration::defaultConfiguration();
    options.tls->addCaCertificate(m_authority.certificate());
    SocketClient client(options);
    QList<Error> errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error); });
    client.connectToServer();
    QTRY_VERIFY(!errors.isEmpty());
    server.kill();
    QVERIFY(server.waitForFinished());
    QVERIFY2(errors[0].code == code, qPrintable(errors[0].message));
    if (code == ErrorCode::ClientCertificateRefused)
        QVERIFY(errors[0].message.startsWith(u"localhost wants a client certificate"));
    QVERIFY(client.state() != State::Connected);
}

void TlsTest::tellsSeveralFlawsTheGravestFirst()
{
    const auto certificate
        = m_authority.issue(QStringLiteral("DNS:a.example.com"), inDays(-9), inDays(-2))
              .certificate;
    const auto error = certificateError(QStringLiteral("localhost"),
        {{QSslError::CertificateExpired, certificate}, {QSslError::HostNameMismatch, certificate},
            {QSslError::UnableToGetLocalIssuerCertificate, certificate},
            {QSslError::UnableToVerifyFirstCertificate, certificate}});
    QCOMPARE(error.code, ErrorCode::CertificateUntrusted);
    const auto untrusted = error.message.indexOf(u"is issued by");
    QVERIFY(untrusted >= 0);
    QCOMPARE(error.message.lastIndexOf(u"is issued by"), untrusted);
    QVERIFY(error.message.indexOf(u"is for a.example.com") > untrusted);
    QVERIFY(error.message.indexOf(u"expired on") > error.message.indexOf(u"is for"));
}

void TlsTest::tellsARevokedCertificate()
{
    const auto error = certificateError(QStringLiteral("ops.example.com"),
        {{QSslError::CertificateRevoked, m_authority.certificate()}});
    QCOMPARE(error.code, ErrorCode::CertificateRevoked);
    QVERIFY(error.message.startsWith(u"The certificate of ops.example.com was revoked"));
}

void TlsTest::saysThatNoTlsIsSpoken()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    SocketClientOptions options{
        .url = QUrl(QStringLiteral("wss://localhost:%1/").arg(server.serverPort()))};
    SocketClient client(options);
    QList<Error> errors;
    connect(&client, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error); });
    client.connectToServer();
    QTRY_VERIFY(!errors.isEmpty());
    QVERIFY2(errors[0].code == ErrorCode::TlsFailed, qPrintable(errors[0].message));
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
