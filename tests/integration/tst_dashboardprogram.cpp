// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"
#include "screen.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

QByteArray incident(const QByteArray &key)
{
    return R"({"fingerprint":")" + key + R"(","title":"Disk almost full on )" + key
        + R"(","severity":"critical","service":"web"})";
}

/// Starts a program and waits until a line of its output matches.
QString startAndAwait(
    QProcess &process, const QString &name, const QStringList &arguments, const QString &pattern)
{
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(TOCSIN_BINARY_DIR "/") + name, arguments);
    QString output;
    const QRegularExpression expression(pattern);
    [&] {
        QTRY_VERIFY2_WITH_TIMEOUT(
            (output += QString::fromUtf8(process.readAll()), expression.match(output).hasMatch()),
            qPrintable(output), patience);
    }();
    return expression.match(output).captured(1);
}

} // namespace

class DashboardProgramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void takesAPictureOfAPopulatedWindow();
    void showsTheSameIncidentsAfterARestart();
    void showsTheLastListWhereTheServerIsGone();
    void showsTheServersThatWereEntered();
    void joinsTheGatewayThatHoldsItsData();
    void startsItsGatewayOnceItsLogIsRepaired();
    void saysWhereItListensWhenThePortIsTaken();
    void servesItsWindowOverVncWithoutADisplay();
    void refusesWhatItCannotDo_data();
    void refusesWhatItCannotDo();

private:
    QByteArray picture(const QString &file, const QStringList &arguments);

    std::unique_ptr<QTemporaryDir> m_directory;
    Http m_http;
};

void DashboardProgramTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    // What programs keep for their next start is not the user's own.
    qputenv("XDG_CACHE_HOME", m_directory->filePath(u"cache"_s).toUtf8());
    qputenv("XDG_CONFIG_HOME", m_directory->filePath(u"config"_s).toUtf8());
}

QByteArray DashboardProgramTest::picture(const QString &file, const QStringList &arguments)
{
    QProcess dashboard;
    dashboard.setProcessChannelMode(QProcess::MergedChannels);
    dashboard.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"),
        QStringList{u"--offscreen"_s, u"--screenshot"_s, file} + arguments);
    if (!dashboard.waitForFinished(patience) || dashboard.exitCode() != 0)
        return "failed: " + dashboard.readAll();
    return dashboard.readAll();
}

void DashboardProgramTest::takesAPictureOfAPopulatedWindow()
{
    auto gateway = Gateway::start({.port = 0, .dataDirectory = m_directory->filePath(u"data"_s)});
    QVERIFY(gateway);
    const QString server = (*gateway)->webSocketUrl().toString();
    const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));

    const QString empty = m_directory->filePath(u"empty.png"_s);
    const QByteArray nothing = picture(empty, {u"--server"_s, server});
    QVERIFY2(nothing.contains("live, 0 active"), nothing.constData());
    QCOMPARE(m_http.post(ingest, incident("web-1")), 200);
    QCOMPARE(m_http.post(ingest, incident("web-2")), 200);
    const QString populated = m_directory->filePath(u"populated.png"_s);
    const QByteArray output = picture(populated, {u"--server"_s, server});
    QVERIFY2(output.contains("live, 2 active"), output.constData());

    const QImage image(populated);
    QCOMPARE(image.size(), QSize(1280, 720));
    QVERIFY(image != QImage(empty));
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY2(colours.size() > 20, qPrintable(QString::number(colours.size())));

    for (const auto &[theme, isDark] : {std::pair{u"dark"_s, true}, {u"light"_s, false}}) {
        const QString file = m_directory->filePath(theme + u".png"_s);
        picture(file, {u"--server"_s, server, u"--theme"_s, theme});
        QCOMPARE(QImage(file).pixelColor(5, 5).lightness() < 128, isDark);
    }
}

void DashboardProgramTest::showsTheSameIncidentsAfterARestart()
{
    const QString data = m_directory->filePath(u"data"_s);
    {
        auto gateway = Gateway::start({.port = 0, .dataDirectory = data});
        QVERIFY(gateway);
        const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
        QCOMPARE(m_http.post(ingest, incident("web-1")), 200);
    }
    for (int i = 0; i < 2; ++i) {
        const QByteArray output
            = picture(m_directory->filePath(u"out.png"_s), {u"--data-dir"_s, data});
        QVERIFY2(output.contains("live, 1 active"), output.constData());
    }
}

void DashboardProgramTest::showsTheLastListWhereTheServerIsGone()
{
    auto gateway = Gateway::start({.port = 0, .dataDirectory = m_directory->filePath(u"data"_s)});
    QVERIFY(gateway);
    const QString server = (*gateway)->webSocketUrl().toString();
    const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
    QCOMPARE(m_http.post(ingest, incident("web-1")), 200);
    const QString file = m_directory->filePath(u"out.png"_s);
    const QString lists = m_directory->filePath(u"cache/tocsin/lists"_s);
    picture(file, {u"--server"_s, server, u"--no-cache"_s});
    QVERIFY(!QFile::exists(lists));
    picture(file, {u"--server"_s, server});
    QVERIFY(QFile::exists(lists));
    gateway->reset();

    const QByteArray kept = picture(file, {u"--server"_s, server});
    QVERIFY2(kept.contains("reconnecting, 1 active"), kept.constData());
    const QByteArray none = picture(file, {u"--server"_s, server, u"--no-cache"_s});
    QVERIFY2(none.contains("reconnecting, 0 active"), none.constData());
}

void DashboardProgramTest::showsTheServersThatWereEntered()
{
    auto gateway = Gateway::start({.port = 0, .dataDirectory = m_directory->filePath(u"there"_s)});
    QVERIFY(gateway);
    const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
    QCOMPARE(m_http.post(ingest, incident("web-1")), 200);
    QVERIFY(QDir().mkpath(m_directory->filePath(u"config/Tocsin"_s)));
    const auto enter = [&](const QByteArray &own) {
        QFile settings(m_directory->filePath(u"config/Tocsin/dashboard.ini"_s));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("[preferences]\nownGateway=" + own
            + "\n[servers]\nsize=1\n1\\id=one\n"
              "1\\name=One\n1\\rooms=account:default\n1\\address="
            + (*gateway)->webSocketUrl().toString().toUtf8() + '\n');
    };
    const QStringList data{u"--data-dir"_s, m_directory->filePath(u"here"_s)};
    const QString file = m_directory->filePath(u"out.png"_s);
    enter("false");
    const QByteArray alone = picture(file, data);
    QVERIFY2(alone.contains("live, 1 active"), alone.constData());
    QVERIFY2(!alone.contains("Incidents are received"), alone.constData());
    QVERIFY(QFile::exists(m_directory->filePath(u"cache/tocsin/lists"_s)));
    enter("true");
    const QByteArray beside = picture(file, data);
    QVERIFY2(beside.contains("Incidents are received"), beside.constData());
    // Who names a server wants that one.
    auto named = Gateway::start({.port = 0, .dataDirectory = m_directory->filePath(u"named"_s)});
    QVERIFY(named);
    const QByteArray only = picture(file, {u"--server"_s, (*named)->webSocketUrl().toString()});
    QVERIFY2(only.contains("live, 0 active"), only.constData());
    QVERIFY2(!only.contains("Incidents are received"), only.constData());
}

void DashboardProgramTest::joinsTheGatewayThatHoldsItsData()
{
    const QString data = m_directory->filePath(u"data"_s);
    QProcess first;
    const QString address = startAndAwait(first, u"tocsin"_s,
        {u"--offscreen"_s, u"--data-dir"_s, data}, u"(http://127\\.0\\.0\\.1:\\d+)"_s);
    QVERIFY(!address.isEmpty());
    QCOMPARE(m_http.post(QUrl(address + u"/ingest/incident"_s), incident("web-1")), 200);
    const QByteArray second = picture(m_directory->filePath(u"out.png"_s), {u"--data-dir"_s, data});
    QVERIFY2(second.contains("live, 1 active"), second.constData());

    // Killed in mid-air, it leaves a lock that nobody holds.
    first.kill();
    QVERIFY(first.waitForFinished());
    const QByteArray third = picture(m_directory->filePath(u"out.png"_s), {u"--data-dir"_s, data});
    QVERIFY2(third.contains("live, 1 active"), third.constData());
}

void DashboardProgramTest::startsItsGatewayOnceItsLogIsRepaired()
{
    const QString data = m_directory->filePath(u"data"_s);
    const QString log = data + u"/incidents.sqlite"_s;
    QVERIFY(QDir().mkpath(log));
    QProcess dashboard;
    startAndAwait(dashboard, u"tocsin"_s, {u"--offscreen"_s, u"--data-dir"_s, data},
        u"(incidents\\.sqlite)"_s);
    QVERIFY(QDir().rmdir(log));
    QString output;
    QTRY_VERIFY2_WITH_TIMEOUT((output += QString::fromUtf8(dashboard.readAll()),
                                  output.contains(u"Incidents are received"_s)),
        qPrintable(output), patience);
    dashboard.terminate();
    QVERIFY(dashboard.waitForFinished(patience));
    QCOMPARE(dashboard.exitCode(), 0);
}

void DashboardProgramTest::saysWhereItListensWhenThePortIsTaken()
{
    QProcess first;
    const QString one = startAndAwait(first, u"tocsin"_s,
        {u"--offscreen"_s, u"--data-dir"_s, m_directory->filePath(u"one"_s)},
        u"(http://127\\.0\\.0\\.1:\\d+)"_s);
    QProcess second;
    const QString two = startAndAwait(second, u"tocsin"_s,
        {u"--offscreen"_s, u"--data-dir"_s, m_directory->filePath(u"two"_s)},
        u"(http://127\\.0\\.0\\.1:\\d+)"_s);
    QVERIFY(one != two);
    QCOMPARE(m_http.post(QUrl(two + u"/ingest/incident"_s), incident("web-1")), 200);
    for (QProcess *const process : {&first, &second}) {
        process->terminate();
        QVERIFY(process->waitForFinished(patience));
        QCOMPARE(process->exitCode(), 0);
    }
}

void DashboardProgramTest::servesItsWindowOverVncWithoutADisplay()
{
    QProcess dashboard;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        environment.remove(name);
    dashboard.setProcessEnvironment(environment);
    const QString port
        = startAndAwait(dashboard, u"tocsin"_s, {u"--data-dir"_s, m_directory->filePath(u"data"_s)},
            u"There is no display here.*127\\.0\\.0\\.1:(\\d+)"_s);
    QTcpSocket viewer;
    viewer.connectToHost(u"127.0.0.1"_s, quint16(port.toUInt()));
    QTRY_VERIFY_WITH_TIMEOUT(viewer.bytesAvailable() >= 12, patience);
    QVERIFY(viewer.readAll().startsWith("RFB 003."));
    dashboard.terminate();
    QVERIFY(dashboard.waitForFinished(patience));
    QCOMPARE(dashboard.exitCode(), 0);
}

void DashboardProgramTest::refusesWhatItCannotDo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no address") << QStringList{u"--server"_s, u"http://x"_s} << QByteArray("ws://");
    QTest::newRow("no size") << QStringList{u"--size"_s, u"big"_s} << QByteArray("size");
    QTest::newRow("no language") << QStringList{u"--language"_s, u"tlh"_s} << QByteArray("en, de");
    QTest::newRow("no contrast") << QStringList{u"--contrast"_s, u"loud"_s}
                                 << QByteArray("system, normal or high");
    QTest::newRow("no colour vision")
        << QStringList{u"--color-vision"_s, u"red"_s} << QByteArray("usual or limited");
    QTest::newRow("no direction") << QStringList{u"--direction"_s, u"up"_s}
                                  << QByteArray("language, ltr or rtl");
    QTest::newRow("no filter") << QStringList{u"--filter"_s, u"disk OR"_s}
                               << QByteArray("--filter, character 8: ");
    QTest::newRow("no option") << QStringList{u"--frobnicate"_s} << QByteArray("frobnicate");
}

void DashboardProgramTest::refusesWhatItCannotDo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    QProcess dashboard;
    dashboard.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"), arguments);
    QVERIFY(dashboard.waitForFinished(patience));
    QCOMPARE(dashboard.exitStatus(), QProcess::NormalExit);
    QCOMPARE(dashboard.exitCode(), 2);
    QCOMPARE(dashboard.readAllStandardOutput(), QByteArray());
    const QByteArray errors = dashboard.readAllStandardError();
    QVERIFY2(errors.contains(word), errors.constData());
}

QTEST_MAIN(DashboardProgramTest)
#include "tst_dashboardprogram.moc"
