// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/ingestguide.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using tocsin::IngestGuide;

class IngestGuideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void derivesTheAddressFromTheDashboards_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("url");
        QTest::newRow("embedded") << u"ws://127.0.0.1:8787/ws"_s
                                  << u"http://127.0.0.1:8787/ingest/alertmanager"_s;
        QTest::newRow("tls") << u"wss://ops.example.com/ws"_s
                             << u"https://ops.example.com/ingest/alertmanager"_s;
        QTest::newRow("behind a prefix") << u"wss://ops.example.com/tocsin/ws"_s
                                         << u"https://ops.example.com/tocsin/ingest/alertmanager"_s;
        QTest::newRow("no path") << u"ws://[::1]:9000"_s
                                 << u"http://[::1]:9000/ingest/alertmanager"_s;
        QTest::newRow("a query and a name stay behind")
            << u"wss://me@h.example/ws?x=1"_s << u"https://h.example/ingest/alertmanager"_s;
        QTest::newRow("not a WebSocket") << u"ftp://h.example/ws"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void derivesTheAddressFromTheDashboards()
    {
        QFETCH(const QString, server);
        IngestGuide guide;
        guide.setServer(server);
        QTEST(guide.alertmanagerUrl(), "url");
        QCOMPARE(guide.alertmanagerConfiguration().contains(guide.alertmanagerUrl()), true);
        QCOMPARE(guide.curlCommand().isEmpty(), guide.alertmanagerUrl().isEmpty());
    }

    void givesTheShellOneCommandWithItsArgumentsWhole()
    {
        IngestGuide guide;
        guide.setServer(u"ws://127.0.0.1:8787/ws"_s);
        QTemporaryFile token;
        QVERIFY(token.open());
        token.write("secret\n");
        token.close();
        guide.setTokenFile(token.fileName());
        guide.setRole(u"admin"_s);

        QProcess shell;
        shell.start(u"/bin/sh"_s,
            {u"-c"_s, u"curl() { printf '%s\\n' \"$@\"; }\n"_s + guide.curlCommand()});
        QVERIFY(shell.waitForFinished());
        const QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n');
        QCOMPARE(words.value(0), u"http://127.0.0.1:8787/ingest/incident"_s);
        QVERIFY(words.contains(u"Authorization: Bearer secret"_s));
        // The last argument is the body, line breaks and all.
        const QString body = words.mid(words.indexOf(u"-d"_s) + 1).join(u'\n');
        const QJsonObject report = QJsonDocument::fromJson(body.toUtf8()).object();
        QCOMPARE(report.value(u"severity"_s).toString(), u"critical"_s);
        QCOMPARE(report.value(u"service"_s).toString(), u"orders-db"_s);
    }

    // A token that only sees is refused where it reports: who pastes it would be told 403.
    void namesATokenThatMayReport_data()
    {
        QTest::addColumn<QString>("tokenFile");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("named");
        const auto none = QString();
        QTest::newRow("none is asked for") << none << none << none;
        QTest::newRow("admin") << u"/own"_s << u"admin"_s << u"/own"_s;
        QTest::newRow("sender") << u"/own"_s << u"sender"_s << u"/own"_s;
        QTest::newRow("viewer") << u"/own"_s << u"viewer"_s << u"sender.token"_s;
        QTest::newRow("responder") << u"/own"_s << u"responder"_s << u"sender.token"_s;
        QTest::newRow("of which is not known") << u"/own"_s << none << u"sender.token"_s;
        QTest::newRow("in the keyring") << none << u"admin"_s << u"sender.token"_s;
    }
    void namesATokenThatMayReport()
    {
        QFETCH(const QString, named);
        IngestGuide guide;
        guide.setServer(u"ws://127.0.0.1:8787/ws"_s);
        QFETCH(const QString, tokenFile);
        guide.setTokenFile(tokenFile);
        QFETCH(const QString, role);
        guide.setRole(role);
        const QString configuration = guide.alertmanagerConfiguration();
        QCOMPARE(
            configuration.contains(u"credentials_file: \"%1\""_s.arg(named)), !named.isEmpty());
        QCOMPARE(configuration.contains(u"credentials"), !named.isEmpty());
        QCOMPARE(guide.curlCommand().contains(u"$(cat '%1')"_s.arg(named)), !named.isEmpty());
        const bool isOwn = named.isEmpty() || named == tokenFile;
        QCOMPARE(guide.tokenCommand().endsWith(u" > sender.token"), !isOwn);
        QCOMPARE(guide.tokenCommand().isEmpty(), isOwn);
    }
};

QTEST_GUILESS_MAIN(IngestGuideTest)
#include "tst_ingestguide.moc"
