// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "incidents/incidentfeed.h"
#include "incidents/incidentstore.h"
#include "notificationservice.h"
#include "screen.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QByteArray incident(const QByteArray &key)
{
    return R"({"fingerprint":")" + key + R"(","title":"Disk full on )" + key
        + R"(","severity":"critical","service":"<web>"})";
}

/// What a program says that ends by itself.
QString output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, patience))
        return {};
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace

/// What the gateway knows, as another client.
class Watcher
{
public:
    explicit Watcher(QUrl address)
        : m_client({.url = socketAddress(std::move(address))})
        , m_feed(m_client, m_store)
    {
        m_client.joinRoom(u"account:default"_s);
        m_client.connectToServer();
    }
    [[nodiscard]] QString uuidOf(const QString &title) const
    {
        for (const Incident &incident : m_store.all()) {
            if (incident.title == title)
                return incident.uuid;
        }
        return {};
    }
    [[nodiscard]] QStringList acknowledged() const
    {
        QStringList titles;
        for (const Incident &incident : m_store.all()) {
            if (incident.status == IncidentStatus::Acknowledged)
                titles.append(incident.title);
        }
        titles.sort();
        return titles;
    }

private:
    static QUrl socketAddress(QUrl address)
    {
        address.setScheme(u"ws"_s);
        address.setPath(u"/ws"_s);
        return address;
    }

    IncidentStore m_store;
    SocketClient m_client;
    IncidentFeed m_feed;
};

/// The tray of a desktop, as far as an icon sees of it.
class TrayHost : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
    Q_PROPERTY(int ProtocolVersion READ protocolVersion)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems MEMBER items)

public:
    explicit TrayHost(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"tray"_s))
    {
        QVERIFY(m_bus.registerObject(
            u"/StatusNotifierWatcher"_s, this, QDBusConnection::ExportAllContents));
        QVERIFY(m_bus.registerService(u"org.kde.StatusNotifierWatcher"_s));
    }
    [[nodiscard]] bool hasHost() const { return true; }
    [[nodiscard]] int protocolVersion() const { return 0; }

    QStringList items;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &item) { items.append(item); }

private:
    QDBusConnection m_bus;
};

/// The program as it is, on a desktop of the test's own: X server, window manager, session bus,
/// with a notification service and a tray that write down what they are told.
class DesktopTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void isInTheTray();
    void notifiesAndComesToTheFrontOnAClick();
    void takesANotificationBackThatIsAcknowledged();
    void opensALinkInTheWindowThatIsThere();
    void endsInOrderWithAllOfIt();

private:
    QString trayProperty(const QString &name);
    void minimize();
    bool isInFront();
    void installDesktopEntry();

    QTemporaryDir m_directory;
    QProcess m_server;
    QProcess m_manager;
    QProcess m_dashboard;
    QProcessEnvironment m_environment;
    QByteArray m_said;
    QString m_window;
    std::unique_ptr<SessionBus> m_bus;
    std::unique_ptr<NotificationService> m_service;
    std::unique_ptr<TrayHost> m_tray;
    QUrl m_ingest;
    Http m_http;
};

void DesktopTest::initTestCase()
{
    m_server.start(u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s, u"-nolisten"_s,
            u"tcp"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), patience);
    qputenv("DISPLAY", ":" + m_server.readLine().trimmed());
    m_manager.start(u"openbox"_s, QStringList());
    QVERIFY(m_manager.waitForStarted());
    m_bus = std::make_unique<SessionBus>();
    m_service = std::make_unique<NotificationService>(m_bus->address());
    m_service->appear();
    m_tray = std::make_unique<TrayHost>(m_bus->address());

    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"PULSE_SERVER"_s, u"unix:"_s + m_directory.filePath(u"none"_s));
    for (const auto &name : {u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, m_directory.path());
    environment.insert(u"XDG_DATA_HOME"_s, m_directory.filePath(u"data"_s));
    m_environment = environment;
    m_dashboard.setProcessEnvironment(environment);
    m_dashboard.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_dashboard, &QProcess::readyRead, this, [this] { m_said += m_dashboard.readAll(); });
    m_dashboard.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin"), QStringList());
    const QRegularExpression address(u"(http://127\\.0\\.0\\.1:\\d+)/ingest"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(
        address.match(QString::fromUtf8(m_said)).hasMatch(), m_said.constData(), patience);
    m_ingest = QUrl(address.match(QString::fromUtf8(m_said)).captured(1) + u"/ingest/incident"_s);
}

void DesktopTest::cleanupTestCase()
{
    for (QProcess *const process : {&m_dashboard, &m_manager, &m_server}) {
        process->terminate();
        if (!process->waitForFinished())
            process->kill();
    }
}

QString DesktopTest::trayProperty(const QString &name)
{
    return output(u"gdbus"_s,
        {u"call"_s, u"--session"_s, u"-d"_s, m_tray->items.value(0), u"-o"_s,
            u"/StatusNotifierItem"_s, u"-m"_s, u"org.freedesktop.DBus.Properties.Get"_s,
            u"org.kde.StatusNotifierItem"_s, name});
}

void DesktopTest::minimize()
{
    m_window = output(u"xdotool"_s,
        {u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(m_dashboard.processId()),
            u"--name"_s, u"Tocsin"_s});
    QVERIFY(!m_window.isEmpty());
    output(u"xdotool"_s, {u"windowminimize"_s, u"--sync"_s, m_window});
    QVERIFY(!isInFront());
}

bool DesktopTest::isInFront()
{
    return output(u"xdotool"_s, {u"getactivewindow"_s}) == m_window;
}

/// The one that is installed, as the desktop's handler of its links; the program is the one that
/// was built.
void DesktopTest::installDesktopEntry()
{
    QFile entry(QStringLiteral(TOCSIN_DESKTOP_ENTRY));
    QVERIFY(entry.open(QIODevice::ReadOnly));
    QByteArray content = entry.readAll();
    QVERIFY(content.contains("\nExec=tocsin %u\n"));
    content.replace("Exec=tocsin ", "Exec=" TOCSIN_BINARY_DIR "/tocsin ");
    const QString applications = m_directory.filePath(u"data/applications"_s);
    QVERIFY(QDir().mkpath(applications));
    QFile installed(applications + u"/io.github.tocsin.Tocsin.desktop"_s);
    QVERIFY(installed.open(QIODevice::WriteOnly));
    QCOMPARE(installed.write(content), content.size());
    installed.close();
    QVERIFY(content.contains("\nMimeType=x-scheme-handler/tocsin;\n"));
    QFile handlers(applications + u"/mimeinfo.cache"_s);
    QVERIFY(handlers.open(QIODevice::WriteOnly));
    handlers.write("[MIME Cache]\nx-scheme-handler/tocsin=io.github.tocsin.Tocsin.desktop;\n");
}

void DesktopTest::isInTheTray()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_tray->items.size(), 1, patience);
    // Asked again until the list is live and shown.
    QString tip;
    QVERIFY2(QTest::qWaitFor(
                 [&] {
                     tip = trayProperty(u"ToolTip"_s);
                     return tip.contains(u"No active incidents");
                 },
                 patience),
        qPrintable(tip));
    const QString pictures = trayProperty(u"IconPixmap"_s);
    for (const auto &side : {u"(16, 16,"_s, u"(22, 22,"_s})
        QVERIFY2(pictures.contains(side), qPrintable(pictures.left(200)));
}

void DesktopTest::notifiesAndComesToTheFrontOnAClick()
{
    QCOMPARE(m_http.post(m_ingest, incident("one")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_service->shown.size(), 1, patience);
    const auto shown = m_service->shown.at(0);
    QCOMPARE(shown.application, u"Tocsin"_s);
    QCOMPARE(shown.summary, u"Critical: Disk full on one"_s);
    QCOMPARE(shown.body, u"Service: &lt;web&gt;"_s);

    minimize();
    Q_EMIT m_service->ActionInvoked(shown.id, u"default"_s);
    QVERIFY(QTest::qWaitFor([&] { return isInFront(); }, patience));
}

void DesktopTest::takesANotificationBackThatIsAcknowledged()
{
    const auto shown = m_service->shown.at(0);
    QVERIFY(shown.actions.contains(u"acknowledge"_s));
    QVERIFY(m_service->closed.isEmpty());
    Q_EMIT m_service->ActionInvoked(shown.id, u"acknowledge"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_service->closed, QList{shown.id}, patience);
}

// Clicked at in a chat, say: the desktop starts the program once more, which hands over to the
// window that is there. That the right incident is open is seen by what the key for acknowledging
// does.
void DesktopTest::opensALinkInTheWindowThatIsThere()
{
    installDesktopEntry();
    const Watcher watcher(m_ingest);
    for (const QByteArray &key : {QByteArray("link-1"), QByteArray("link-2"), QByteArray("link-3")})
        QCOMPARE(m_http.post(m_ingest, incident(key)), 200);
    QString uuid;
    QVERIFY(QTest::qWaitFor(
        [&] {
            uuid = watcher.uuidOf(u"Disk full on link-2"_s);
            return !uuid.isEmpty() && !watcher.uuidOf(u"Disk full on link-3"_s).isEmpty();
        },
        patience));
    QCOMPARE(watcher.acknowledged(), QStringList{u"Disk full on one"_s});

    minimize();
    m_environment.insert(u"XDG_DATA_DIRS"_s, m_directory.filePath(u"none"_s));
    QProcess desktop;
    desktop.setProcessEnvironment(m_environment);
    desktop.setProcessChannelMode(QProcess::MergedChannels);
    desktop.start(u"gio"_s, {u"open"_s, u"tocsin://incident/"_s + uuid});
    QVERIFY(desktop.waitForFinished());
    QVERIFY2(desktop.exitCode() == 0, desktop.readAll());
    QVERIFY(QTest::qWaitFor([&] { return isInFront(); }, patience));
    // The key is pressed until it is heard: a window is active a moment before its keys reach it.
    QVERIFY(QTest::qWaitFor(
        [&] {
            output(u"xdotool"_s, {u"key"_s, u"--window"_s, m_window, u"a"_s});
            return watcher.acknowledged().size() > 1;
        },
        patience));
    QCOMPARE(
        watcher.acknowledged(), (QStringList{u"Disk full on link-2"_s, u"Disk full on one"_s}));
}

void DesktopTest::endsInOrderWithAllOfIt()
{
    const auto before = m_service->shown.size();
    QCOMPARE(m_http.post(m_ingest, incident("two")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(m_service->shown.size(), before + 1, patience);
    const uint latest = m_service->shown.last().id;
    m_dashboard.terminate();
    QVERIFY(
        QTest::qWaitFor([this] { return m_dashboard.state() == QProcess::NotRunning; }, patience));
    QCOMPARE(m_dashboard.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_dashboard.exitCode(), 0);
    // Nobody is left to answer a click.
    QTRY_VERIFY_WITH_TIMEOUT(m_service->closed.contains(latest), patience);
}

QTEST_GUILESS_MAIN(DesktopTest)
#include "tst_desktop.moc"
