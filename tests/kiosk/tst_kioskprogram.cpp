// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "notifysocket.h"
#include "screen.h"

#include <QDirIterator>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
constexpr QSize wall{1280, 720};
// The caution of the frame around a wall that is not live, and the accent of one that is.
constexpr QRgb cautionLine = 0xffffb938;

QByteArray incident(const QByteArray &key, const QByteArray &severity)
{
    return R"({"fingerprint":")" + key + R"(","title":"Disk full on )" + key + R"(","severity":")"
        + severity + R"(","service":"web"})";
}

} // namespace

/// The program as it hangs on a wall: on an X server of the test's own, without a window manager,
/// at a real gateway, under a service manager's ear.
class KioskProgramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void fillsTheScreenAndIsLive();
    void fillsTheScreenWhenItsResolutionChanges();
    void tellsTheServiceManagerWhileItDraws();
    void takesAChangedConfiguration();
    void keepsTheOldOneWhereTheNewIsWrong();
    void staysWhenItIsAskedToClose();
    void showsANewCriticalAtOnce();
    void saysFromAfarThatItIsNotLive();
    void takesTheScreenBackWithTheGateway();
    void takesANewTokenWhereTheOldOneIsRefused();
    void leavesWithItsKeyOnly();
    void hasTheColoursOfTheCommandLine();
    void deletesAListThatShallNotBeKept();
    void listsTheScreensAndEndsAtOnce();

private:
    void startGateway();
    void writeConfiguration(const QByteArray &rest);
    void write(const QString &name, const QByteArray &text);
    [[nodiscard]] bool waitToHear(const QString &sentence);
    [[nodiscard]] QImage picture();
    /// Of a wall for which there is no more than this.
    [[nodiscard]] QImage pictureOf(const QStringList &options);
    [[nodiscard]] bool isFramed();
    [[nodiscard]] QString spoken(const QStringList &arguments);
    /// "X,Y WIDTHxHEIGHT" of the window.
    [[nodiscard]] QString geometry();
    [[nodiscard]] QUrl ingest() const;

    QTemporaryDir m_directory;
    NotifySocket m_ear;
    QProcess m_server;
    QProcess m_gateway;
    QProcess m_kiosk;
    QByteArray m_said;
    quint16 m_port = 0;
    Http m_http;
};

void KioskProgramTest::startGateway()
{
    m_gateway.setProcessChannelMode(QProcess::MergedChannels);
    m_gateway.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
        {u"--listen"_s, u"127.0.0.1:%1"_s.arg(m_port), u"--data-dir"_s,
            m_directory.filePath(u"data"_s)});
    QTRY_VERIFY_WITH_TIMEOUT(m_http.post(ingest(), incident("first", "warning")) == 200, patience);
}

void KioskProgramTest::writeConfiguration(const QByteArray &rest)
{
    write(u"kiosk.toml"_s,
        "server = \"ws://127.0.0.1:" + QByteArray::number(m_port) + "/ws\"\n" + rest);
}

void KioskProgramTest::write(const QString &name, const QByteArray &text)
{
    QSaveFile file(m_directory.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.commit());
}

bool KioskProgramTest::waitToHear(const QString &sentence)
{
    return QTest::qWaitFor([&] { return QString::fromUtf8(m_said).contains(sentence); }, patience);
}

QUrl KioskProgramTest::ingest() const
{
    return QUrl(u"http://127.0.0.1:%1/ingest/incident"_s.arg(m_port));
}

/// What hangs on the wall now.
QImage KioskProgramTest::picture()
{
    QProcess import;
    import.start(u"import"_s, {u"-window"_s, u"root"_s, u"png:-"_s});
    if (!import.waitForFinished(patience))
        return {};
    return QImage::fromData(import.readAllStandardOutput(), "PNG");
}

QImage KioskProgramTest::pictureOf(const QStringList &options)
{
    auto environment = m_kiosk.processEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.remove(u"NOTIFY_SOCKET"_s);
    const QString file = m_directory.filePath(u"wall.png"_s);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"),
        QStringList{u"--kiosk"_s, u"--server"_s, u"ws://127.0.0.1:%1/ws"_s.arg(m_port),
            u"--screenshot"_s, file}
            + options);
    return program.waitForFinished(patience) && program.exitCode() == 0 ? QImage(file) : QImage();
}

bool KioskProgramTest::isFramed()
{
    const QImage image = picture();
    if (image.size() != wall)
        return false;
    // At the middle of each edge, within what the picture may be shifted by.
    const auto near = [&](QPoint from, QPoint step) {
        for (int i = 0; i < 12; ++i) {
            if (image.pixel(from + i * step) == cautionLine)
                return true;
        }
        return false;
    };
    return near({0, 360}, {1, 0}) && near({1279, 360}, {-1, 0}) && near({640, 719}, {0, -1});
}

QString KioskProgramTest::spoken(const QStringList &arguments)
{
    QProcess xdotool;
    xdotool.start(u"xdotool"_s, arguments);
    if (!xdotool.waitForFinished(patience))
        return {};
    return QString::fromUtf8(xdotool.readAllStandardOutput()).trimmed();
}

QString KioskProgramTest::geometry()
{
    const QString window
        = spoken({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"Tocsin"_s}).section(u'\n', 0, 0);
    if (window.isEmpty())
        return {};
    const QStringList lines = spoken({u"getwindowgeometry"_s, u"--shell"_s, window}).split(u'\n');
    const auto value = [&](const QString &name) {
        return lines.filter(QRegularExpression(u'^' + name + u'=')).value(0).section(u'=', 1);
    };
    return u"%1,%2 %3x%4"_s.arg(
        value(u"X"_s), value(u"Y"_s), value(u"WIDTH"_s), value(u"HEIGHT"_s));
}

void KioskProgramTest::initTestCase()
{
    m_server.start(u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x720x24"_s, u"-nolisten"_s,
            u"tcp"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), patience);
    qputenv("DISPLAY", ":" + m_server.readLine().trimmed());
    m_port = freePort();
    startGateway();
    writeConfiguration("leave_key = \"Ctrl+Alt+Q\"\n[sound]\non = false\n");

    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"NOTIFY_SOCKET"_s, QString::fromUtf8(m_ear.path()));
    environment.insert(u"WATCHDOG_USEC"_s, u"2000000"_s);
    // Without one a bus would be started that outlives the test.
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"disabled:"_s);
    environment.insert(u"LANGUAGE"_s, u"en"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    for (const auto &name : {u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, m_directory.path());
    m_kiosk.setProcessEnvironment(environment);
    m_kiosk.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_kiosk, &QProcess::readyRead, this, [this] { m_said += m_kiosk.readAll(); });
    m_kiosk.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"),
        {u"--kiosk"_s, u"--config"_s, m_directory.filePath(u"kiosk.toml"_s)});
    QVERIFY2(waitToHear(u"Showing ws://127.0.0.1:%1/ws."_s.arg(m_port)), m_said.constData());
}

void KioskProgramTest::cleanupTestCase()
{
    for (QProcess *const process : {&m_kiosk, &m_gateway, &m_server}) {
        process->terminate();
        if (!process->waitForFinished())
            process->kill();
    }
}

void KioskProgramTest::fillsTheScreenAndIsLive()
{
    QTRY_COMPARE_WITH_TIMEOUT(geometry(), u"0,0 1280x720"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!isFramed(), patience);
    QVERIFY2(waitToHear(u"Asked the X server to keep the screens on."_s), m_said.constData());
}

// By hand, or because a screen says something else when it is turned on.
void KioskProgramTest::fillsTheScreenWhenItsResolutionChanges()
{
    for (const QString &size : {u"1024x600"_s, u"1280x720"_s}) {
        QProcess resize;
        resize.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        resize.start(u"/usr/bin/python3"_s,
            QStringList{QStringLiteral(TOCSIN_SOURCE_DIR "/tests/kiosk/resize.py")}
                + size.split(u'x'));
        QVERIFY(resize.waitForFinished(patience));
        QCOMPARE(resize.exitCode(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(geometry(), u"0,0 "_s + size, patience);
    }
}

void KioskProgramTest::tellsTheServiceManagerWhileItDraws()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_ear.count("READY=1"), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_ear.count("WATCHDOG=1") > 1, patience);
}

void KioskProgramTest::takesAChangedConfiguration()
{
    const QImage before = picture();
    writeConfiguration("leave_key = \"Ctrl+Alt+Q\"\ntheme = \"light\"\n[sound]\non = false\n");
    QVERIFY(waitToHear(u"The configuration was taken anew."_s));
    QTRY_VERIFY_WITH_TIMEOUT(qGray(picture().pixel(640, 600)) > 200, patience);
    QVERIFY(qGray(before.pixel(640, 600)) < 60);
}

void KioskProgramTest::keepsTheOldOneWhereTheNewIsWrong()
{
    const QImage before = picture();
    writeConfiguration("theme = \"pink\"\n");
    QVERIFY(waitToHear(u"kiosk.toml:2: theme: expected one of"_s));
    // Said on the wall as well: the band is under the first line.
    QTRY_VERIFY_WITH_TIMEOUT(
        picture().copy(0, 120, 1280, 40) != before.copy(0, 120, 1280, 40), patience);
    QVERIFY(qGray(picture().pixel(640, 600)) > 200);
    m_said.clear();
    writeConfiguration(
        "leave_key = \"Ctrl+Alt+Q\"\n[sound]\non = false\n"
        "[[screen]]\n[[screen.page]]\nfilter = \"severity:warning\"\nduration = \"1h\"\n"
        "[[screen.page]]\nduration = \"1h\"\n");
    QVERIFY(waitToHear(u"The configuration was taken anew."_s));
    QTRY_VERIFY_WITH_TIMEOUT(qGray(picture().pixel(640, 600)) < 60, patience);
}

void KioskProgramTest::staysWhenItIsAskedToClose()
{
    (void)spoken({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"Tocsin"_s, u"windowquit"_s});
    (void)spoken({u"key"_s, u"Escape"_s, u"alt+F4"_s, u"ctrl+q"_s, u"ctrl+k"_s});
    (void)spoken({u"mousemove"_s, u"640"_s, u"300"_s, u"click"_s, u"1"_s, u"click"_s, u"3"_s});
    // It goes on drawing after all of these were given to it.
    m_ear.forget();
    QTRY_VERIFY_WITH_TIMEOUT(m_ear.count("WATCHDOG=1") > 0, patience);
    QCOMPARE(m_kiosk.state(), QProcess::Running);
    QVERIFY(!isFramed());
}

// The first page has only warnings, and an hour to be shown.
void KioskProgramTest::showsANewCriticalAtOnce()
{
    // The mark of a critical row, where the second page has its first row.
    const auto showsCritical = [this] {
        const QImage image = picture();
        int red = 0;
        for (int y = 110; y < 180; ++y) {
            for (int x = 20; x < 110; ++x) {
                const QColor colour(image.pixel(x, y));
                red += colour.red() > 200 && colour.green() < 130 && colour.blue() < 130;
            }
        }
        return red > 300;
    };
    QVERIFY(!showsCritical());
    QCOMPARE(m_http.post(ingest(), incident("second", "critical")), 200);
    QTRY_VERIFY_WITH_TIMEOUT(showsCritical(), patience);
}

void KioskProgramTest::saysFromAfarThatItIsNotLive()
{
    QVERIFY(!isFramed());
    m_gateway.kill();
    QVERIFY(m_gateway.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(isFramed(), patience);
}

void KioskProgramTest::takesTheScreenBackWithTheGateway()
{
    startGateway();
    QTRY_VERIFY_WITH_TIMEOUT(!isFramed(), patience);
}

void KioskProgramTest::takesANewTokenWhereTheOldOneIsRefused()
{
    const QString program = QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway");
    const QString tokens = m_directory.filePath(u"tokens.toml"_s);
    QProcess maker;
    maker.start(program,
        {u"token"_s, u"new"_s, u"--tokens"_s, tokens, u"--name"_s, u"wall"_s, u"--role"_s,
            u"viewer"_s});
    QVERIFY(maker.waitForFinished(patience));
    const QByteArray token = maker.readAllStandardOutput();
    QVERIFY(!token.isEmpty());
    // Its own token, for another gateway.
    QProcess guarded;
    guarded.start(program,
        {u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, m_directory.filePath(u"guarded"_s),
            u"--tokens"_s, tokens});
    QTRY_VERIFY_WITH_TIMEOUT(guarded.canReadLine(), patience);
    static const QRegularExpression port(u"http://127\\.0\\.0\\.1:(\\d+)"_s);
    const QString its = port.match(QString::fromUtf8(guarded.readLine())).captured(1);
    QVERIFY(!its.isEmpty());

    write(u"wall.token"_s, "wrong\n");
    write(u"kiosk.toml"_s,
        "server = \"ws://127.0.0.1:" + its.toUtf8()
            + "/ws\"\ntoken_file = \"wall.token\"\nleave_key = \"Ctrl+Alt+Q\"\n"
              "[sound]\non = false\n");
    // The second time for good.
    QByteArray log;
    QTRY_VERIFY2_WITH_TIMEOUT(
        ((log += guarded.readAllStandardError()).count("code=4001") == 2 && isFramed()),
        log.constData(), patience);
    // Less than the minute after which it would come back by itself.
    write(u"wall.token"_s, token);
    QTRY_VERIFY_WITH_TIMEOUT(!isFramed(), patience);

    writeConfiguration("leave_key = \"Ctrl+Alt+Q\"\n[sound]\non = false\n");
    m_said.clear();
    QVERIFY(waitToHear(u"The configuration was taken anew."_s));
    QTRY_VERIFY_WITH_TIMEOUT(!isFramed(), patience);
    guarded.terminate();
    QVERIFY(guarded.waitForFinished());
}

void KioskProgramTest::leavesWithItsKeyOnly()
{
    QCOMPARE(m_kiosk.state(), QProcess::Running);
    // A server without a window manager gives the keys to no window by itself.
    const QString window
        = spoken({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"Tocsin"_s}).section(u'\n', 0, 0);
    (void)spoken({u"windowfocus"_s, u"--sync"_s, window, u"key"_s, u"ctrl+alt+q"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_kiosk.state() == QProcess::NotRunning, patience);
    QCOMPARE(m_kiosk.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_kiosk.exitCode(), 0);
}

void KioskProgramTest::hasTheColoursOfTheCommandLine()
{
    const auto countOf = [](const QImage &image, QRgb colour) {
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) == colour;
        }
        return count;
    };
    QCOMPARE(m_http.post(ingest(), incident("second", "critical")), 200);
    constexpr QRgb background = 0xff0e1116;
    constexpr QRgb critical = 0xffff6a5d;
    const QImage usual = pictureOf({});
    QCOMPARE(usual.size(), wall);
    QVERIFY(countOf(usual, background) > 100'000);
    QVERIFY(countOf(usual, critical) > 100);
    const QImage high = pictureOf({u"--contrast"_s, u"high"_s});
    QCOMPARE(high.size(), wall);
    QCOMPARE(countOf(high, background), 0);
    const QImage limited = pictureOf({u"--color-vision"_s, u"limited"_s});
    QVERIFY(countOf(limited, background) > 100'000);
    QCOMPARE(countOf(limited, critical), 0);
}

void KioskProgramTest::deletesAListThatShallNotBeKept()
{
    const auto lists = [this] {
        int count = 0;
        QDirIterator files(
            m_directory.path(), {u"*.incidents.json"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            // Of this server: other functions have others.
            if (file.open(QIODevice::ReadOnly)
                && file.readAll().contains("127.0.0.1:" + QByteArray::number(m_port)))
                ++count;
        }
        return count;
    };
    QCOMPARE(m_http.post(ingest(), incident("third", "info")), 200);
    // Of the wall that hangs there.
    QTRY_COMPARE_WITH_TIMEOUT(lists(), 1, patience);
    write(u"forgetful.toml"_s,
        "server = \"ws://127.0.0.1:" + QByteArray::number(m_port) + "/ws\"\nkeep_list = false\n");
    QVERIFY(!pictureOf({u"--config"_s, m_directory.filePath(u"forgetful.toml"_s)}).isNull());
    QCOMPARE(lists(), 0);
}

/// While other threads still ready what a window would need.
void KioskProgramTest::listsTheScreensAndEndsAtOnce()
{
    auto environment = m_kiosk.processEnvironment();
    // Quicker at its end than X11, which as a rule waited long enough.
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (int i = 0; i < 20; ++i) {
        QProcess listing;
        listing.setProcessEnvironment(environment);
        listing.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"), {u"--list-screens"_s});
        QVERIFY(listing.waitForFinished());
        QVERIFY2(listing.exitStatus() == QProcess::NormalExit && listing.exitCode() == 0,
            listing.readAllStandardError().constData());
        QVERIFY(!listing.readAllStandardOutput().isEmpty());
    }
}

QTEST_GUILESS_MAIN(KioskProgramTest)
#include "tst_kioskprogram.moc"
