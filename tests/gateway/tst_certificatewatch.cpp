// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "../authority.h"
#include "gatewaytest.h"

#include <QSslCertificate>
#include <QSslSocket>

using namespace tocsin;
using namespace tocsin::test;

/// The certificate that a gateway shows, while its files change.
class CertificateWatchTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void showsARenewedCertificate();
    void keepsTheOldOneWhereTheNewIsWrong();
    void tellsOfItsEnd();
    void findsOneThatIsOver();

private:
    void issue(const QString &name, const QDateTime &until)
    {
        static_cast<void>(m_authority.issue(
            u"IP:127.0.0.1,DNS:"_s + name, QDateTime::currentDateTimeUtc().addDays(-30), until));
    }
    void put(const QString &name, const QString &issued)
    {
        const QString path = m_directory->filePath(name);
        QFile::remove(path);
        QVERIFY(QFile::copy(QDir(m_authority.path()).filePath(issued), path));
    }
    GatewayConfiguration configured()
    {
        return {.port = 0,
            .dataDirectory = data(),
            .tlsCertificate = m_directory->filePath(u"it.pem"_s),
            .tlsKey = m_directory->filePath(u"it.key"_s)};
    }
    void install(const QString &name, const QDateTime &until)
    {
        issue(name, until);
        put(u"it.pem"_s, u"it.pem"_s);
        put(u"it.key"_s, u"it.key"_s);
    }
    /// The name in the certificate that is shown now.
    QString shown()
    {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, m_gateway->port());
        if (!socket.waitForEncrypted(patience))
            return socket.errorString();
        return socket.peerCertificate().subjectAlternativeNames().value(QSsl::DnsEntry);
    }
    void reload()
    {
        QFuture<void> done = m_gateway->reload();
        QVERIFY(QTest::qWaitFor([&done] { return done.isFinished(); }, patience));
    }
    static QDateTime later() { return QDateTime::currentDateTimeUtc().addDays(90); }

    Authority m_authority{u"Ours"_s};
};

void CertificateWatchTest::showsARenewedCertificate()
{
    install(u"first.example"_s, later());
    start(configured());
    QCOMPARE(shown(), u"first.example"_s);
    install(u"second.example"_s, later());
    reload();
    QCOMPARE(shown(), u"second.example"_s);
    // By itself, too.
    install(u"third.example"_s, later());
    QTRY_COMPARE(shown(), u"third.example"_s);
}

void CertificateWatchTest::keepsTheOldOneWhereTheNewIsWrong()
{
    install(u"first.example"_s, later());
    start(configured());
    // The one file is there, and the other is not yet.
    static std::atomic<int> warnings;
    warnings = 0;
    const auto before = qInstallMessageHandler(
        [](QtMsgType type, const QMessageLogContext &, const QString &message) {
            if (type == QtWarningMsg && message.contains(u"tls.unusable"))
                ++warnings;
        });
    const auto restore = qScopeGuard([before] { qInstallMessageHandler(before); });
    issue(u"second.example"_s, later());
    put(u"it.pem"_s, u"it.pem"_s);
    reload();
    QVERIFY(warnings > 0);
    QCOMPARE(shown(), u"first.example"_s);
    put(u"it.key"_s, u"it.key"_s);
    reload();
    QCOMPARE(shown(), u"second.example"_s);
}

void CertificateWatchTest::tellsOfItsEnd()
{
    install(u"short.example"_s, QDateTime::currentDateTimeUtc().addDays(13));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"tls.expiring.*it.pem"_s));
    start(configured());
    QCOMPARE(shown(), u"short.example"_s);
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"tls.expired.*it.pem"_s));
    install(u"over.example"_s, QDateTime::currentDateTimeUtc().addDays(-1));
    reload();
    QCOMPARE(shown(), u"over.example"_s);
}

void CertificateWatchTest::findsOneThatIsOver()
{
    install(u"good.example"_s, later());
    QVERIFY(Gateway::check(configured()));
    install(u"over.example"_s, QDateTime::currentDateTimeUtc().addDays(-1));
    const auto checked = Gateway::check(configured());
    QVERIFY(!checked);
    QVERIFY2(checked.error().message.contains(u"has expired"), qPrintable(checked.error().message));
}

QTEST_GUILESS_MAIN(CertificateWatchTest)
#include "tst_certificatewatch.moc"
