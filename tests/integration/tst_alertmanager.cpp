// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "alertmanagerprocess.h"
#include "gateway/gateway.h"
#include "qml/ingestguide.h"
#include "screen.h"

#include <QQuickItem>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

const QString room = u"account:default"_s;
constexpr int patience = test::alertmanagerPatience;

} // namespace

class AlertmanagerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void rowsComeAndGoWithTheirAlerts();
    void showsTheSameIncidentsAfterARestart();
    void agesTheListWhileTheGatewayIsGone();
    void showsAStormWhole();
    void takesWhatTheFirstStepsSay();

private:
    void startGateway();
    void fire(const QString &name, const QString &severity);

    std::unique_ptr<QTemporaryDir> m_data;
    quint16 m_port = 0;
    std::unique_ptr<Gateway> m_gateway;
    Http m_http;
};

void AlertmanagerTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_data = std::make_unique<QTemporaryDir>();
    m_port = freePort();
    startGateway();
}

void AlertmanagerTest::cleanup()
{
    m_gateway.reset();
    m_data.reset();
}

void AlertmanagerTest::startGateway()
{
    auto gateway = Gateway::start({.port = m_port, .dataDirectory = m_data->path()});
    QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
    m_gateway = std::move(*gateway);
}

void AlertmanagerTest::fire(const QString &name, const QString &severity)
{
    const QByteArray json = QJsonDocument(
        QJsonObject{{u"fingerprint"_s, name}, {u"title"_s, name},
            {u"severity"_s,
                severity}}).toJson();
    QCOMPARE(m_http.post(m_gateway->httpUrl().resolved(QUrl(u"/ingest/incident"_s)), json), 200);
}

void AlertmanagerTest::rowsComeAndGoWithTheirAlerts()
{
    Screen screen(m_gateway->webSocketUrl(), {room});
    QTRY_COMPARE(screen.status(), u"Live"_s);
    QTRY_VERIFY(!screen.emptyHeadline().isEmpty());

    test::AlertmanagerProcess alertmanager(
        m_gateway->httpUrl().resolved(QUrl(u"/ingest/alertmanager"_s)));
    const QDateTime began = QDateTime::currentDateTimeUtc().addSecs(-60);
    alertmanager.say(u"DiskFilling"_s, u"warning"_s, began, false);
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles(), QStringList{u"Summary of DiskFilling"_s}, patience);
    alertmanager.say(u"DatabaseDown"_s, u"critical"_s, began, false);
    // Most severe first, whatever came first.
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles(),
        (QStringList{u"Summary of DatabaseDown"_s, u"Summary of DiskFilling"_s}), patience);
    QVERIFY(screen.emptyHeadline().isEmpty());

    alertmanager.say(u"DatabaseDown"_s, u"critical"_s, began, true);
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles(), QStringList{u"Summary of DiskFilling"_s}, patience);
    alertmanager.say(u"DiskFilling"_s, u"warning"_s, began, true);
    QTRY_COMPARE_WITH_TIMEOUT(screen.titles(), QStringList(), patience);
    QTRY_VERIFY(!screen.emptyHeadline().isEmpty());
    QCOMPARE(screen.status(), u"Live"_s);
}

void AlertmanagerTest::showsTheSameIncidentsAfterARestart()
{
    fire(u"Queue stuck"_s, u"warning"_s);
    {
        Screen screen(m_gateway->webSocketUrl(), {room});
        QTRY_COMPARE(screen.titles(), QStringList{u"Queue stuck"_s});
    }
    m_gateway.reset();
    startGateway();
    Screen screen(m_gateway->webSocketUrl(), {room});
    QTRY_COMPARE(screen.titles(), QStringList{u"Queue stuck"_s});
}

void AlertmanagerTest::agesTheListWhileTheGatewayIsGone()
{
    fire(u"Queue stuck"_s, u"warning"_s);
    Screen screen(m_gateway->webSocketUrl(), {room});
    QTRY_COMPARE(screen.titles(), QStringList{u"Queue stuck"_s});
    QVERIFY(!screen.isAged());
    m_gateway.reset();
    QTRY_VERIFY(screen.isAged());
    QVERIFY(screen.status() != u"Live");
    QCOMPARE(screen.titles(), QStringList{u"Queue stuck"_s});
    QVERIFY(screen.emptyHeadline().isEmpty());

    startGateway();
    fire(u"While away"_s, u"critical"_s);
    QTRY_COMPARE_WITH_TIMEOUT(
        screen.titles(), (QStringList{u"While away"_s, u"Queue stuck"_s}), patience);
    QTRY_COMPARE(screen.status(), u"Live"_s);
    QVERIFY(!screen.isAged());
}

void AlertmanagerTest::showsAStormWhole()
{
    Screen screen(m_gateway->webSocketUrl(), {room});
    QTRY_COMPARE(screen.status(), u"Live"_s);
    constexpr int storm = 20'000;
    QJsonArray reports;
    for (int i = 0; i < storm; ++i) {
        reports.append(QJsonObject{{u"fingerprint"_s, QString::number(i)},
            {u"title"_s, u"Alert %1"_s.arg(i)}, {u"severity"_s, u"critical"_s}});
    }
    const QUrl url = m_gateway->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
    QCOMPARE(m_http.post(url, QJsonDocument(reports).toJson()), 200);
    const auto shown = [&] {
        const QQuickItem *const number = screen.part(u"activeCountNumber"_s);
        return number ? number->property("text").toString().remove(u',') : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QString::number(storm), patience);
    QTRY_COMPARE(screen.status(), u"Live"_s);
}

void AlertmanagerTest::takesWhatTheFirstStepsSay()
{
    Screen screen(m_gateway->webSocketUrl(), {room});
    QTRY_COMPARE(screen.status(), u"Live"_s);
    IngestGuide guide;
    guide.setServer(m_gateway->webSocketUrl().toString());
    // Pasted into a shell, with the real curl.
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, guide.curlCommand()});
    QTRY_COMPARE(shell.state(), QProcess::NotRunning);
    QCOMPARE(shell.readAllStandardOutput(), "{\"accepted\":1}\n"_ba);
    QTRY_COMPARE(screen.titles(), QStringList{u"Disk almost full on db-3"_s});
}

QTEST_MAIN(AlertmanagerTest)
#include "tst_alertmanager.moc"
