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
};

QTEST_GUILESS_MAIN(IngestGuideTest)
#include "tst_ingestguide.moc"
