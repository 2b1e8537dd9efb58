// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationfile.h"
#include "gatewaytest.h"

#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

using namespace tocsin;
using namespace tocsin::test;

/// Senders that show a certificate, made by openssl, to a gateway that asks for one.
class CertificatesTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void letsIn_data();
    void letsIn();
    void refusesTheHandshake_data();
    void refusesTheHandshake();
    void endsWithTheCertificate();
    void givesNothingToViewers();
    void judgesATokenBeforeACertificate();
    void keepsASenderToItsRooms();
    void servesPeopleWithoutACertificate();
    void takesAnIntermediateCa();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    QString file(const QString &name) const { return m_files.filePath(name); }
    bool openssl(const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_files.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"openssl"_s, arguments);
        const bool worked = process.waitForFinished() && process.exitCode() == 0;
        if (!worked)
            qInfo("openssl %ls: %s", qUtf16Printable(arguments.join(u' ')),
                process.readAll().constData());
        return worked;
    }
    /// `name.crt` and `name.key`, of `ca`, or of itself; `validity` is openssl's.
    bool makeCertificate(const QString &name, const QString &subject, const QStringList &extensions,
        const QString &ca = {}, const QStringList &validity = {u"-days"_s, u"30"_s})
    {
        QFile written(file(name + u".ext"_s));
        if (!written.open(QIODevice::WriteOnly))
            return false;
        written.write(extensions.join(u'\n').toUtf8() + '\n');
        written.close();
        const QStringList signer = ca.isEmpty() ? QStringList{u"-signkey"_s, name + u".key"_s}
                                                : QStringList{u"-CA"_s, ca + u".crt"_s, u"-CAkey"_s,
                                                      ca + u".key"_s, u"-CAcreateserial"_s};
        return openssl({u"req"_s, u"-new"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                   u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, name + u".key"_s,
                   u"-out"_s, name + u".csr"_s, u"-subj"_s, subject})
            && openssl(QStringList{u"x509"_s, u"-req"_s, u"-in"_s, name + u".csr"_s, u"-out"_s,
                           name + u".crt"_s, u"-extfile"_s, name + u".ext"_s}
                + signer + validity);
    }
    void startWithCa(const QList<SenderCertificate> &senders = {})
    {
        m_token = token(Role::Viewer);
        start({.tokensFile = tokensFile(),
            .tlsCertificate = file(u"server.crt"_s),
            .tlsKey = file(u"server.key"_s),
            .tlsClientCa = file(u"ca.crt"_s),
            .senderCertificates = senders});
    }
    QSslConfiguration showing(const QString &name, const QStringList &chain = {}) const
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(file(u"server.crt"_s)));
        if (name.isEmpty())
            return tls;
        QList<QSslCertificate> certificates = QSslCertificate::fromPath(file(name + u".crt"_s));
        for (const QString &ca : chain)
            certificates += QSslCertificate::fromPath(file(ca + u".crt"_s));
        tls.setLocalCertificateChain(certificates);
        QFile key(file(name + u".key"_s));
        if (key.open(QIODevice::ReadOnly))
            tls.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
        return tls;
    }
    Answer report(const QSslConfiguration &tls, const Headers &headers = {},
        const QByteArray &body = nativeReport(u"a"_s))
    {
        return request("POST", m_url.resolved(QUrl(u"/ingest/incident"_s)), body, headers, &tls);
    }

    QTemporaryDir m_files;
    QByteArray m_token;
};

void CertificatesTest::initTestCase()
{
    const QStringList isCa{
        u"basicConstraints=critical,CA:TRUE"_s, u"keyUsage=keyCertSign,cRLSign"_s};
    const QStringList isClient{u"extendedKeyUsage=clientAuth"_s};
    const QString am = u"/CN=am.example.com"_s;
    QVERIFY(makeCertificate(u"server"_s, u"/CN=localhost"_s, {u"subjectAltName=IP:127.0.0.1"_s}));
    QVERIFY(makeCertificate(u"ca"_s, u"/CN=Senders"_s, isCa));
    QVERIFY(makeCertificate(u"other-ca"_s, u"/CN=Senders"_s, isCa));
    QVERIFY(makeCertificate(u"between"_s, u"/CN=Between"_s, isCa, u"ca"_s));
    QVERIFY(makeCertificate(u"good"_s, am, isClient, u"ca"_s));
    QVERIFY(makeCertificate(u"chained"_s, u"/CN=chained"_s, isClient, u"between"_s));
    QVERIFY(makeCertificate(u"by-san"_s, u"/O=Acme"_s,
        isClient + QStringList{u"subjectAltName=IP:10.0.0.1,URI:spiffe://acme/kuma,DNS:no"_s},
        u"ca"_s));
    QVERIFY(makeCertificate(u"nameless"_s, u"/O=Acme"_s, isClient, u"ca"_s));
    QVERIFY(makeCertificate(u"foreign"_s, am, isClient, u"other-ca"_s));
    QVERIFY(makeCertificate(u"self-signed"_s, am, isClient));
    QVERIFY(makeCertificate(u"for-servers"_s, am, {u"extendedKeyUsage=serverAuth"_s}, u"ca"_s));
    // OpenSSL 3.5 has no negative days any more, and before 3.4 there was nothing else.
    QVERIFY(makeCertificate(u"expired"_s, am, isClient, u"ca"_s,
                {u"-not_before"_s, u"20000101000000Z"_s, u"-not_after"_s, u"20010101000000Z"_s})
        || makeCertificate(u"expired"_s, am, isClient, u"ca"_s, {u"-days"_s, u"-1"_s}));
}

void CertificatesTest::letsIn_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("listed"); // empty: no list
    QTest::addColumn<int>("status");
    QTest::newRow("any of the CA") << u"good"_s << QString() << 200;
    QTest::newRow("listed") << u"good"_s << u"am.example.com"_s << 200;
    QTest::newRow("not listed") << u"good"_s << u"other.example.com"_s << 403;
    QTest::newRow("listed in other case") << u"good"_s << u"AM.example.com"_s << 403;
    QTest::newRow("by its alternative name") << u"by-san"_s << u"spiffe://acme/kuma"_s << 200;
    QTest::newRow("not its second name") << u"by-san"_s << u"no"_s << 403;
    QTest::newRow("nobody's") << u"nameless"_s << QString() << 401;
    QTest::newRow("none") << QString() << QString() << 401;
}

void CertificatesTest::letsIn()
{
    QFETCH(QString, certificate);
    QFETCH(QString, listed);
    startWithCa(listed.isEmpty() ? QList<SenderCertificate>() : QList{SenderCertificate{listed}});
    QTEST(report(showing(certificate)).status, "status");
}

void CertificatesTest::refusesTheHandshake_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::newRow("of another CA of that name") << u"foreign"_s;
    QTest::newRow("signed by itself") << u"self-signed"_s;
    QTest::newRow("of a server") << u"for-servers"_s;
    QTest::newRow("expired") << u"expired"_s;
    QTest::newRow("without its chain") << u"chained"_s;
}

void CertificatesTest::refusesTheHandshake()
{
    QFETCH(QString, certificate);
    startWithCa();
    // Not even what anybody may ask. In TLS 1.3 the client learns of it with the first answer.
    QSslSocket socket;
    socket.setSslConfiguration(showing(certificate));
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_gateway->port());
    socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.readAll(), QByteArray());
    // And it says why, which Qt keeps to itself.
    QProcess client;
    client.setProcessChannelMode(QProcess::MergedChannels);
    client.start(u"openssl"_s,
        {u"s_client"_s, u"-quiet"_s, u"-connect"_s, u"127.0.0.1:%1"_s.arg(m_gateway->port()),
            u"-cert"_s, file(certificate + u".crt"_s), u"-key"_s, file(certificate + u".key"_s)});
    QTRY_COMPARE(client.state(), QProcess::NotRunning);
    const QByteArray said = client.readAll();
    QVERIFY2(said.contains(" alert "), said.constData());
    QCOMPARE(report(showing(u"good"_s)).status, 200);
}

// One connection, which is older than the end of the certificate that it has shown.
void CertificatesTest::endsWithTheCertificate()
{
    QFile configuration(file(u"ca.cnf"_s));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write("[ca]\ndefault_ca=this\n[this]\ndatabase=index.txt\nnew_certs_dir=.\n"
                        "rand_serial=yes\ndefault_md=sha256\npolicy=names\n"
                        "[names]\ncommonName=supplied\n");
    configuration.close();
    QFile index(file(u"index.txt"_s));
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.close();
    QVERIFY(makeCertificate(
        u"brief"_s, u"/CN=am.example.com"_s, {u"extendedKeyUsage=clientAuth"_s}, u"ca"_s));
    // Enough to begin with on any machine.
    const QDateTime end = QDateTime::currentDateTimeUtc().addSecs(8);
    QVERIFY(openssl(
        {u"ca"_s, u"-batch"_s, u"-notext"_s, u"-config"_s, u"ca.cnf"_s, u"-in"_s, u"brief.csr"_s,
            u"-out"_s, u"brief.crt"_s, u"-cert"_s, u"ca.crt"_s, u"-keyfile"_s, u"ca.key"_s,
            u"-extfile"_s, u"brief.ext"_s, u"-enddate"_s, end.toString(u"yyMMddHHmmss"_s) + u'Z'}));
    startWithCa();
    QSslSocket socket;
    socket.setSslConfiguration(showing(u"brief"_s));
    socket.connectToHostEncrypted(u"127.0.0.1"_s, m_gateway->port());
    QVERIFY(socket.waitForEncrypted(5'000));
    const auto post = [&] {
        const QByteArray body = nativeReport(u"a"_s);
        socket.write("POST /ingest/incident HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                     "application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") || !answer.endsWith("}\n")) {
            if (!socket.waitForReadyRead(5'000))
                return 0;
            answer += socket.readAll();
        }
        return answer.mid(9, 3).toInt();
    };
    QCOMPARE(post(), 200);
    int status = 200;
    while (status == 200) {
        QVERIFY(QDateTime::currentDateTimeUtc() < end.addSecs(30));
        status = post();
    }
    QCOMPARE(status, 401);
    QVERIFY(QDateTime::currentDateTimeUtc() >= end.addSecs(-1)); // it is in whole seconds
}

void CertificatesTest::givesNothingToViewers()
{
    startWithCa();
    const QSslConfiguration tls = showing(u"good"_s);
    const QUrl list = m_url.resolved(QUrl(u"/api/incidents"_s));
    QCOMPARE(request("GET", list, {}, {}, &tls).status, 403);
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/metrics"_s)), {}, {}, &tls).status, 403);
    Peer peer({});
    peer.socket.abort();
    peer.socket.setSslConfiguration(tls);
    peer.socket.open(m_gateway->webSocketUrl());
    QVERIFY(peer.join(u"account:default"_s));
    QVERIFY(peer.waitForClose(4001));
}

void CertificatesTest::judgesATokenBeforeACertificate()
{
    startWithCa();
    const QSslConfiguration tls = showing(u"good"_s);
    QCOMPARE(report(tls, {{"Authorization", "Bearer " + m_token}}).status, 403);
    QCOMPARE(report(tls, {{"Authorization", "Bearer made-up"}}).status, 401);
    const QUrl list = m_url.resolved(QUrl(u"/api/incidents"_s));
    QCOMPARE(request("GET", list, {}, {{"Authorization", "Bearer " + m_token}}, &tls).status, 200);
}

void CertificatesTest::keepsASenderToItsRooms()
{
    startWithCa({{.name = u"am.example.com"_s, .rooms = {u"mine"_s, u"team:*"_s}}});
    const QSslConfiguration tls = showing(u"good"_s);
    const auto into = [&](const QByteArray &room) {
        return report(tls, {}, R"({"key":"b","title":"t","rooms":[")" + room + R"("]})").status;
    };
    QCOMPARE(into("theirs"), 403);
    QCOMPARE(into("team:blue"), 200);
    QCOMPARE(report(tls).status, 200);
    const QSslConfiguration none = showing({});
    const Answer list = request("GET", m_url.resolved(QUrl(u"/api/incidents?room=mine"_s)), {},
        {{"Authorization", "Bearer " + m_token}}, &none);
    QCOMPARE(list.json()[u"incidents"_s].toArray().size(), 1);
}

void CertificatesTest::servesPeopleWithoutACertificate()
{
    startWithCa();
    Peer peer({});
    peer.socket.abort();
    peer.socket.setSslConfiguration(showing({}));
    peer.socket.open(m_gateway->webSocketUrl());
    QVERIFY(peer.send({{u"type"_s, u"auth"_s}, {u"token"_s, QString::fromLatin1(m_token)}}));
    QCOMPARE(peer.takeData(u"auth.ok"_s)[u"user"_s][u"role"_s].toString(), u"viewer"_s);
}

void CertificatesTest::takesAnIntermediateCa()
{
    startWithCa();
    QCOMPARE(report(showing(u"chained"_s, {u"between"_s})).status, 200);
    m_gateway.reset();
    // Only what that one has issued.
    start({.tokensFile = tokensFile(),
        .tlsCertificate = file(u"server.crt"_s),
        .tlsKey = file(u"server.key"_s),
        .tlsClientCa = file(u"between.crt"_s)});
    QCOMPARE(report(showing(u"chained"_s)).status, 200);
    QCOMPARE(report(showing(u"good"_s)).status, 0);
}

void CertificatesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("toml");
    QTest::addColumn<QString>("said");
    const QString tokens = u"tokens_file = \"tokens.toml\"\n"_s;
    const QString tls = u"[tls]\ncertificate = \"%1\"\nkey = \"%2\"\n"_s.arg(
        file(u"server.crt"_s), file(u"server.key"_s));
    const QString sender = u"[[sender_certificate]]\nname = \"a\"\n"_s;
    QTest::newRow("good") << tokens + tls + u"client_ca = \"%1\"\n"_s.arg(file(u"ca.crt"_s))
            + sender << QString();
    QTest::newRow("no such file") << tokens + tls + u"client_ca = \"none.crt\"\n"_s
                                  << u"none.crt cannot be used for TLS"_s;
    QTest::newRow("a key") << tokens + tls + u"client_ca = \"%1\"\n"_s.arg(file(u"ca.key"_s))
                           << u"ca.key cannot be used for TLS"_s;
    QTest::newRow("no TLS") << tokens + u"[tls]\nclient_ca = \"%1\"\n"_s.arg(file(u"ca.crt"_s))
                            << u"need TLS"_s;
    QTest::newRow("no tokens") << tls + u"client_ca = \"%1\"\n"_s.arg(file(u"ca.crt"_s))
                               << u"need a tokens file"_s;
    QTest::newRow("no CA") << tokens + tls + sender << u"not the CA"_s;
}

void CertificatesTest::saysWhatIsWrong()
{
    QFETCH(QString, toml);
    QFETCH(QString, said);
    token(Role::Viewer);
    QFile written(m_directory->filePath(u"gateway.toml"_s));
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(toml.toUtf8());
    written.close();
    const auto configuration = readConfigurationFile(written.fileName(), {});
    QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().message));
    const auto checked = Gateway::check(*configuration);
    QCOMPARE(checked.has_value(), said.isEmpty());
    if (!checked)
        QVERIFY2(checked.error().message.contains(said), qPrintable(checked.error().message));
}

QTEST_GUILESS_MAIN(CertificatesTest)
#include "tst_certificates.moc"
