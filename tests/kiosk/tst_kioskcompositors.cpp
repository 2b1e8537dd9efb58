// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "headlesssway.h"
#include "notifysocket.h"
#include "screen.h"

#include <QFile>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
constexpr QRgb cautionLine = 0xffffb938;
constexpr QRgb critical = 0xffff6a5d;
constexpr QRgb information = 0xff5aa2ff;
// What a picture may be shifted by on a screen of twice the scale, and a little.
constexpr int margin = 16;
// Of what is the hundredth part of the picture's height.
constexpr int headerUnits = 15;
constexpr int footerUnits = 7;

QByteArray incident(const QByteArray &key, const QByteArray &severity)
{
    return R"({"fingerprint":")" + key + R"(","title":"Disk full on )" + key + R"(","severity":")"
        + severity + R"(","service":"web"})";
}

QByteArray contentOf(const QString &fileName)
{
    QFile file(QStringLiteral(TOCSIN_SOURCE_DIR "/packaging/kiosk/") + fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    return file.readAll();
}

/// The room between the first line and the last, where the list is.
QImage listOf(const QImage &picture)
{
    const int unit = picture.height() / 100;
    return picture.copy(2 * unit, headerUnits * unit, picture.width() - 4 * unit,
        picture.height() - (headerUnits + footerUnits) * unit);
}

qsizetype countOf(const QImage &image, QRgb colour)
{
    qsizetype count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) == colour;
    }
    return count;
}

/// At the middle of each edge, within what the picture may be shifted by.
bool isFramed(const QImage &picture)
{
    const int width = picture.width();
    const int height = picture.height();
    const auto near = [&](QPoint from, QPoint step) {
        for (int i = 0; i < 24; ++i) {
            if (picture.pixel(from + i * step) == cautionLine)
                return true;
        }
        return false;
    };
    return !picture.isNull() && near({0, height / 2}, {1, 0})
        && near({width - 1, height / 2}, {-1, 0}) && near({width / 2, height - 1}, {0, -1});
}

/// The line above a band under the first line.
bool hasBand(const QImage &picture)
{
    const int unit = picture.height() / 100;
    const QImage below
        = picture.copy(picture.width() / 4, 12 * unit, picture.width() / 2, 3 * unit);
    return countOf(below, cautionLine) > below.width() / 2;
}

/// Not a picture of half the size, blown up.
bool isSharp(const QImage &picture)
{
    for (int y = 0; y + 1 < picture.height(); y += 2) {
        for (int x = 0; x + 1 < picture.width(); x += 2) {
            if (picture.pixel(x, y) != picture.pixel(x + 1, y)
                || picture.pixel(x, y) != picture.pixel(x, y + 1))
                return true;
        }
    }
    return false;
}

/// For who wants to see it: into the directory that TOCSIN_PICTURES names.
void keepPicture(const HeadlessSway &sway, const QString &output, const QString &name)
{
    const QString directory = qEnvironmentVariable("TOCSIN_PICTURES");
    if (!directory.isEmpty())
        (void)sway.picture(output).save(directory + u"/%1, %2.png"_s.arg(name, output));
}

/// With a time that is up when it is up, however long each look at a picture takes.
bool becomes(const std::function<bool()> &holds)
{
    return QTest::qWaitFor(holds, patience);
}

} // namespace

/// The program under the compositors that it is made for, with the files that are installed: in
/// sway on several screens, and in cage, whose own screen is a window of another sway, because what
/// cage shows without one cannot be looked at.
class KioskCompositorsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void fillsEachScreen_data() { screens(); }
    void fillsEachScreen();
    void showsOnEachScreenItsOwn();
    void goesOnDrawing_data() { screens(); }
    void goesOnDrawing();
    void feedsTheWatchdog_data();
    void feedsTheWatchdog();
    void saysOnEachScreenThatItIsNotLive();
    void followsTheScreens();

private:
    void screens();
    void startGateway();
    [[nodiscard]] QString writeConfiguration(const QString &name, const QByteArray &rest);
    [[nodiscard]] QUrl ingest() const;
    [[nodiscard]] QByteArray installed(QByteArray text, const QString &configuration) const;
    void startSway();
    void startCage();
    void keep(const QString &name);

    struct Wall {
        HeadlessSway sway;
        NotifySocket ear;
    };
    QTemporaryDir m_directory;
    QProcess m_gateway;
    QProcess m_cage;
    std::unique_ptr<Wall> m_several;
    std::unique_ptr<Wall> m_single;
    quint16 m_port = 0;
    Http m_http;
};

void KioskCompositorsTest::startGateway()
{
    m_gateway.setProcessChannelMode(QProcess::MergedChannels);
    m_gateway.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
        {u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port), u"--data-dir"_s,
            m_directory.filePath(u"data"_s)});
    QVERIFY(becomes([&] { return m_http.post(ingest(), incident("first", "critical")) == 200; }));
}

QUrl KioskCompositorsTest::ingest() const
{
    return QUrl(u"http://127.0.0.1:%1/ingest/incident"_s.arg(m_port));
}

QString KioskCompositorsTest::writeConfiguration(const QString &name, const QByteArray &rest)
{
    QFile file(m_directory.filePath(name));
    const QByteArray text = "server = \"ws://127.0.0.1:" + QByteArray::number(m_port)
        + "/ws\"\nkeep_list = false\n[sound]\non = false\n" + rest;
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(file.errorString()));
    return file.fileName();
}

/// What an installed file says, of the program and the configuration of this test.
QByteArray KioskCompositorsTest::installed(QByteArray text, const QString &configuration) const
{
    for (const QByteArray &said :
        {QByteArray("/usr/bin/tocsin "), QByteArray("/etc/tocsin/kiosk.toml")}) {
        if (!text.contains(said))
            qFatal("no %s in what is installed", said.constData());
    }
    return text.replace("/usr/bin/tocsin ", TOCSIN_BINARY_DIR "/tocsin ")
        .replace("/etc/tocsin/kiosk.toml", QFile::encodeName(configuration));
}

/// The unit's environment, and what systemd adds to it: the watchdog is that of the process which
/// it starts, which is the compositor.
void takeUnit(HeadlessSway &sway, const NotifySocket &ear)
{
    for (const QByteArray &line : contentOf(u"tocsin-kiosk.service"_s).split('\n')) {
        if (!line.startsWith("Environment="))
            continue;
        for (const QByteArray &assignment : line.mid(line.indexOf('=') + 1).split(' ')) {
            const QString name = QString::fromUtf8(assignment.left(assignment.indexOf('=')));
            // Of the machine's, and not of this test's.
            if (!name.startsWith(u"XDG_"_s) && !name.startsWith(u"LIBSEAT_"_s))
                sway.environment.insert(
                    name, QString::fromUtf8(assignment.mid(assignment.indexOf('=') + 1)));
        }
    }
    sway.environment.insert(u"NOTIFY_SOCKET"_s, QString::fromUtf8(ear.path()));
    sway.environment.insert(u"WATCHDOG_USEC"_s, u"2000000"_s);
}

void KioskCompositorsTest::startSway()
{
    const QString configuration = writeConfiguration(u"several.toml"_s,
        "[[screen]]\nname = \"HEADLESS-1\"\n"
        "[[screen.page]]\nfilter = \"severity:critical\"\nduration = \"1h\"\n"
        "[[screen]]\nname = \"HEADLESS-2\"\n"
        "[[screen.page]]\nfilter = \"severity:info\"\nduration = \"1h\"\n");
    takeUnit(m_several->sway, m_several->ear);
    m_several->sway.environment.insert(u"WATCHDOG_PID"_s, u"1"_s);
    QVERIFY2(m_several->sway.start("output HEADLESS-1 mode 1920x1080 position 0 0\n"
                                   "output HEADLESS-2 mode 2560x1440 scale 2 position 1920 0\n"
                     + installed(contentOf(u"sway.conf"_s), configuration),
                 2),
        m_several->sway.said().constData());
}

void KioskCompositorsTest::startCage()
{
    const QByteArray unit = contentOf(u"tocsin-kiosk.service"_s);
    const qsizetype begin = unit.indexOf("\nExecStart=") + qsizetype(sizeof("\nExecStart=") - 1);
    const QString command = QString::fromUtf8(installed(
        unit.mid(begin, unit.indexOf('\n', begin) - begin),
        writeConfiguration(u"single.toml"_s, "[[screen]]\n[[screen.page]]\nduration = \"1h\"\n")));
    QVERIFY(command.startsWith(u"/usr/bin/cage "_s));
    QVERIFY2(m_single->sway.start("output * mode 1600x900\ndefault_border none\n", 1),
        m_single->sway.said().constData());
    takeUnit(m_single->sway, m_single->ear);
    m_single->sway.environment.insert(u"WLR_BACKENDS"_s, u"wayland"_s);
    m_single->sway.environment.insert(u"WATCHDOG_PID"_s, u"1"_s);
    m_cage.setProcessChannelMode(QProcess::MergedChannels);
    m_single->sway.startClient(m_cage, command.split(u' '));
}

void KioskCompositorsTest::initTestCase()
{
    const QStringList missing = HeadlessSway::missing();
    if (!missing.isEmpty())
        QSKIP(qPrintable(u"This machine lacks: "_s + missing.join(u", ")));
    m_port = freePort();
    startGateway();
    QCOMPARE(m_http.post(ingest(), incident("second", "info")), 200);
    m_several = std::make_unique<Wall>();
    m_single = std::make_unique<Wall>();
    startSway();
    startCage();
    QTRY_VERIFY2_WITH_TIMEOUT(
        m_several->ear.count("READY=1") > 0, m_several->sway.said().constData(), patience);
    QTRY_VERIFY2_WITH_TIMEOUT(
        m_single->ear.count("READY=1") > 0, m_cage.peek(10'000).constData(), patience);
}

void KioskCompositorsTest::cleanup()
{
    if (QTest::currentTestFailed())
        keep(u"failed in %1"_s.arg(QString::fromUtf8(QTest::currentTestFunction())));
}

void KioskCompositorsTest::cleanupTestCase()
{
    for (QProcess *const process : {&m_cage, &m_gateway}) {
        process->terminate();
        if (!process->waitForFinished())
            process->kill();
    }
    m_several.reset();
    m_single.reset();
}

void KioskCompositorsTest::keep(const QString &name)
{
    if (!m_single)
        return;
    keepPicture(m_several->sway, u"HEADLESS-1"_s, name + u", sway"_s);
    keepPicture(m_several->sway, u"HEADLESS-2"_s, name + u", sway"_s);
    keepPicture(m_single->sway, u"HEADLESS-1"_s, name + u", cage"_s);
}

void KioskCompositorsTest::screens()
{
    QTest::addColumn<bool>("inCage");
    QTest::addColumn<QString>("output");
    QTest::addColumn<QSize>("size");
    QTest::newRow("sway, the first") << false << u"HEADLESS-1"_s << QSize(1920, 1080);
    QTest::newRow("sway, the second") << false << u"HEADLESS-2"_s << QSize(2560, 1440);
    QTest::newRow("cage") << true << u"HEADLESS-1"_s << QSize(1600, 900);
}

void KioskCompositorsTest::fillsEachScreen()
{
    QFETCH(const bool, inCage);
    QFETCH(const QString, output);
    QFETCH(const QSize, size);
    Wall &wall = inCage ? *m_single : *m_several;
    constexpr QRgb background = 0xff0e1116;
    QImage picture;
    // From edge to edge, but for what it may be shifted by, and live.
    const auto fills = [&] {
        picture = wall.sway.picture(output);
        if (picture.size() != size || isFramed(picture) || hasBand(picture))
            return false;
        const int right = size.width() - 1 - margin;
        const int bottom = size.height() - 1 - margin;
        const QRgb footer = picture.pixel(margin, bottom);
        return picture.pixel(margin, margin) == background
            && picture.pixel(right, margin) == background && footer != background
            && picture.pixel(right, bottom) == footer
            && countOf(picture, background) > size.width() * size.height() / 3;
    };
    QVERIFY(becomes(fills));
    QVERIFY(isSharp(picture));
    keep(u"live"_s);
}

void KioskCompositorsTest::showsOnEachScreenItsOwn()
{
    const auto shows = [this](const QString &output, QRgb colour, QRgb other) {
        const QImage list = listOf(m_several->sway.picture(output));
        return countOf(list, colour) > 0 && countOf(list, other) == 0;
    };
    QVERIFY(becomes([&] { return shows(u"HEADLESS-1"_s, critical, information); }));
    QVERIFY(becomes([&] { return shows(u"HEADLESS-2"_s, information, critical); }));
    QCOMPARE(m_several->sway.windows(), QStringList({u"HEADLESS-1"_s, u"HEADLESS-2"_s}));
}

void KioskCompositorsTest::goesOnDrawing()
{
    QFETCH(const bool, inCage);
    QFETCH(const QString, output);
    Wall &wall = inCage ? *m_single : *m_several;
    const bool second = output == u"HEADLESS-2"_s;
    const QRgb colour = second ? information : critical;
    const auto marks = [&] { return countOf(listOf(wall.sway.picture(output)), colour); };
    const qsizetype before = marks();
    QVERIFY(before > 0);
    QCOMPARE(m_http.post(ingest(),
                 incident("new on " + (inCage ? QByteArray("cage") : output.toUtf8()),
                     second ? "info" : "critical")),
        200);
    // As large as the others are.
    const qsizetype least = before + before / 3;
    QVERIFY(becomes([&] { return marks() > least; }));
    // The seconds of its age, and no more than them.
    QImage last = listOf(wall.sway.picture(output));
    for (int i = 0; i < 2; ++i) {
        QImage now;
        QVERIFY(becomes(
            [&] { return (now = listOf(wall.sway.picture(output))) != last && !now.isNull(); }));
        last = now;
    }
}

void KioskCompositorsTest::feedsTheWatchdog_data()
{
    QTest::addColumn<bool>("inCage");
    QTest::newRow("sway") << false;
    QTest::newRow("cage") << true;
}

void KioskCompositorsTest::feedsTheWatchdog()
{
    QFETCH(const bool, inCage);
    NotifySocket &ear = inCage ? m_single->ear : m_several->ear;
    QCOMPARE(ear.count("READY=1"), 1);
    ear.forget();
    QVERIFY(becomes([&] { return ear.count("WATCHDOG=1") > 1; }));
}

void KioskCompositorsTest::saysOnEachScreenThatItIsNotLive()
{
    const auto all = [this](bool (*holds)(const QImage &)) {
        return holds(m_several->sway.picture(u"HEADLESS-1"_s))
            && holds(m_several->sway.picture(u"HEADLESS-2"_s))
            && holds(m_single->sway.picture(u"HEADLESS-1"_s));
    };
    m_gateway.kill();
    QVERIFY(m_gateway.waitForFinished());
    QVERIFY(becomes([&] { return all(&isFramed); }));
    QVERIFY(becomes([&] { return all(&hasBand); }));
    keep(u"aged"_s);
    startGateway();
    QVERIFY(becomes([&] {
        return all([](const QImage &picture) { return !isFramed(picture) && !hasBand(picture); });
    }));
}

void KioskCompositorsTest::followsTheScreens()
{
    HeadlessSway desk;
    QVERIFY2(
        desk.start("output * mode 1600x900\ndefault_border none\n", 1), desk.said().constData());
    Wall wall;
    HeadlessSway &sway = wall.sway;
    takeUnit(sway, wall.ear);
    const QString configuration = writeConfiguration(u"changing.toml"_s,
        "[[screen]]\nname = \"WL-2\"\n"
        "[[screen.page]]\nfilter = \"severity:info\"\nduration = \"1h\"\n"
        "[[screen]]\nname = \"*\"\n"
        "[[screen.page]]\nfilter = \"severity:critical\"\nduration = \"1h\"\n");
    QVERIFY2(sway.startWithin(desk, installed(contentOf(u"sway.conf"_s), configuration)),
        sway.said().constData());
    const auto shows = [&sway](const QString &output, QRgb colour) {
        return countOf(listOf(sway.picture(output)), colour) > 0;
    };
    const auto missesOne = [&sway](const QString &output) {
        const QImage picture = sway.picture(output);
        return hasBand(picture) && !isFramed(picture);
    };
    // The one that is named is not there, and that is said.
    QVERIFY2(becomes([&] { return shows(u"WL-1"_s, critical); }), sway.said().constData());
    QCOMPARE(sway.windows(), QStringList(u"WL-1"_s));
    QVERIFY(becomes([&] { return missesOne(u"WL-1"_s); }));

    // It is plugged in; the first one is another size now.
    const QSize alone = sway.picture(u"WL-1"_s).size();
    (void)sway.ask({u"create_output"_s});
    QVERIFY(becomes([&] { return shows(u"WL-2"_s, information); }));
    QCOMPARE(sway.windows(), QStringList({u"WL-1"_s, u"WL-2"_s}));
    QVERIFY(becomes([&] {
        const QImage picture = sway.picture(u"WL-1"_s);
        return picture.width() < alone.width() && !hasBand(picture)
            && picture.pixel(picture.width() - 1 - margin, picture.height() - 1 - margin)
            == picture.pixel(margin, picture.height() - 1 - margin);
    }));
    keepPicture(sway, u"WL-1"_s, u"beside another"_s);
    keepPicture(sway, u"WL-2"_s, u"plugged in"_s);

    // It is unplugged.
    (void)desk.ask({u"[title=\"WL-2\"] kill"_s});
    QTRY_COMPARE_WITH_TIMEOUT(sway.windows(), QStringList(u"WL-1"_s), patience);
    QVERIFY(becomes([&] { return missesOne(u"WL-1"_s); }));
    QVERIFY(shows(u"WL-1"_s, critical));
    keepPicture(sway, u"WL-1"_s, u"unplugged"_s);

    // They are all switched off for the night. No frame is missed where nothing can be seen.
    (void)desk.ask({u"[title=\"WL-1\"] kill"_s});
    QTRY_VERIFY_WITH_TIMEOUT(sway.windows().isEmpty(), patience);
    wall.ear.forget();
    QTRY_VERIFY_WITH_TIMEOUT(wall.ear.count("WATCHDOG=1") > 1, patience);
    (void)sway.ask({u"create_output"_s});
    QTRY_COMPARE_WITH_TIMEOUT(sway.windows().size(), 1, patience);
    const QString morning = sway.windows().constFirst();
    QVERIFY(becomes([&] { return shows(morning, critical); }));
    // It is the same program.
    QCOMPARE(wall.ear.count("READY=1"), 0);
}

QTEST_GUILESS_MAIN(KioskCompositorsTest)
#include "tst_kioskcompositors.moc"
