// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/displaykeeper.h"
#include "notificationservice.h"

#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QSignalSpy>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <unistd.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

/// A desktop's screen saver, which writes down who has asked.
class ScreenSaver : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    QMap<uint, QString> inhibitions;

public Q_SLOTS:
    uint Inhibit(const QString &application, const QString &)
    {
        inhibitions.insert(++m_last, application);
        return m_last;
    }
    void UnInhibit(uint cookie) { inhibitions.remove(cookie); }

private:
    uint m_last = 41;
};

/// The system's login manager, whose inhibitions last as long as a descriptor is open.
class LoginManager : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    ~LoginManager() override
    {
        if (m_end >= 0)
            ::close(m_end);
    }

    QStringList allowed{u"idle"_s, u"sleep"_s, u"handle-lid-switch"_s};
    QStringList asked;

    /// Whether the descriptor that was given out last is open anywhere.
    [[nodiscard]] bool isInhibited() const
    {
        char byte = 0;
        return m_end >= 0 && ::read(m_end, &byte, 1) < 0 && errno == EAGAIN;
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(
        const QString &what, const QString &, const QString &, const QString &mode)
    {
        asked.append(what + u' ' + mode);
        const QStringList parts = what.split(u':');
        for (const QString &part : parts) {
            if (!allowed.contains(part)) {
                sendErrorReply(QDBusError::AccessDenied, u"Not for you."_s);
                return {};
            }
        }
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            qFatal("no pipe for the test");
        m_end = ends[0];
        QDBusUnixFileDescriptor given;
        given.giveFileDescriptor(ends[1]);
        return given;
    }

private:
    int m_end = -1;
};

/// On a real bus, with services that are fakes: nobody's screen is kept on.
class DisplayKeeperTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void asksForAsLongAsItLives();
    void asksAgainWhereTheScreenSaverIsStartedAgain();
    void asksForLessWhereAllIsNotAllowed();
    void saysWhereNobodyAgrees();

private:
    void appear();

    std::unique_ptr<SessionBus> m_bus;
    std::optional<QDBusConnection> m_services;
    std::unique_ptr<ScreenSaver> m_screenSaver;
    std::unique_ptr<LoginManager> m_loginManager;
};

void DisplayKeeperTest::initTestCase()
{
    // One bus is the session's and the system's.
    m_bus = std::make_unique<SessionBus>();
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus->address().toUtf8());
    m_services.emplace(QDBusConnection::connectToBus(m_bus->address(), u"services"_s));
    QVERIFY(m_services->isConnected());
}

void DisplayKeeperTest::init()
{
    m_screenSaver = std::make_unique<ScreenSaver>();
    m_loginManager = std::make_unique<LoginManager>();
    QVERIFY(m_services->registerObject(
        u"/org/freedesktop/ScreenSaver"_s, m_screenSaver.get(), QDBusConnection::ExportAllSlots));
    QVERIFY(m_services->registerObject(
        u"/org/freedesktop/login1"_s, m_loginManager.get(), QDBusConnection::ExportAllSlots));
}

void DisplayKeeperTest::cleanup()
{
    for (const auto &name : {u"org.freedesktop.ScreenSaver"_s, u"org.freedesktop.login1"_s})
        m_services->unregisterService(name);
    for (const auto &path : {u"/org/freedesktop/ScreenSaver"_s, u"/org/freedesktop/login1"_s})
        m_services->unregisterObject(path);
}

void DisplayKeeperTest::appear()
{
    QVERIFY(m_services->registerService(u"org.freedesktop.ScreenSaver"_s));
    QVERIFY(m_services->registerService(u"org.freedesktop.login1"_s));
}

void DisplayKeeperTest::asksForAsLongAsItLives()
{
    appear();
    auto keeper = std::make_unique<DisplayKeeper>();
    QSignalSpy answers(keeper.get(), &DisplayKeeper::answered);
    keeper->start();
    QTRY_COMPARE(answers.size(), 2);
    for (const QVariantList &answer : std::as_const(answers))
        QVERIFY2(answer.at(1).toBool(), qPrintable(answer.at(0).toString()));
    QCOMPARE(m_screenSaver->inhibitions, (QMap<uint, QString>{{42, u"Tocsin"_s}}));
    QCOMPARE(m_loginManager->asked, QStringList{u"idle:sleep:handle-lid-switch block"_s});
    QVERIFY(m_loginManager->isInhibited());

    keeper.reset();
    QTRY_VERIFY(m_screenSaver->inhibitions.isEmpty());
    QTRY_VERIFY(!m_loginManager->isInhibited());
}

void DisplayKeeperTest::asksAgainWhereTheScreenSaverIsStartedAgain()
{
    appear();
    auto keeper = std::make_unique<DisplayKeeper>();
    const QSignalSpy answers(keeper.get(), &DisplayKeeper::answered);
    keeper->start();
    QTRY_COMPARE(answers.size(), 2);
    QCOMPARE(m_screenSaver->inhibitions.size(), 1);
    // A new one has forgotten it.
    QVERIFY(m_services->unregisterService(u"org.freedesktop.ScreenSaver"_s));
    m_screenSaver->inhibitions.clear();
    QVERIFY(m_services->registerService(u"org.freedesktop.ScreenSaver"_s));
    QTRY_COMPARE(m_screenSaver->inhibitions, (QMap<uint, QString>{{43, u"Tocsin"_s}}));
    // It can take back only what it has been told the number of.
    QTRY_COMPARE(answers.size(), 3);
    keeper.reset();
    QTRY_VERIFY(m_screenSaver->inhibitions.isEmpty());
}

// As a service without a session of its own.
void DisplayKeeperTest::asksForLessWhereAllIsNotAllowed()
{
    m_loginManager->allowed = QStringList{u"idle"_s};
    appear();
    DisplayKeeper keeper;
    QSignalSpy answers(&keeper, &DisplayKeeper::answered);
    keeper.start();
    QTRY_COMPARE(answers.size(), 2);
    QVERIFY(answers.contains(QVariantList({u"the login manager"_s, true})));
    QCOMPARE(m_loginManager->asked,
        QStringList({u"idle:sleep:handle-lid-switch block"_s, u"idle block"_s}));
    QVERIFY(m_loginManager->isInhibited());
}

void DisplayKeeperTest::saysWhereNobodyAgrees()
{
    m_loginManager->allowed.clear();
    QVERIFY(m_services->registerService(u"org.freedesktop.login1"_s));
    DisplayKeeper keeper;
    QSignalSpy answers(&keeper, &DisplayKeeper::answered);
    keeper.start();
    QTRY_COMPARE(answers.size(), 2);
    QVERIFY(answers.contains(QVariantList({u"the login manager"_s, false})));
    QVERIFY(answers.contains(QVariantList({u"the screen saver"_s, false})));
    // One that is started later is asked.
    QVERIFY(m_services->registerService(u"org.freedesktop.ScreenSaver"_s));
    QTRY_VERIFY(answers.contains(QVariantList({u"the screen saver"_s, true})));
}

QTEST_MAIN(DisplayKeeperTest)
#include "tst_displaykeeper.moc"
