// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/renderwatchdog.h"

#include "notifysocket.h"

#include <QSignalSpy>
#include <QTest>

using namespace tocsin;

class RenderWatchdogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhenItIsReady();
    void isSilentWhileNothingIsDrawn();
    void doesNotWaitForAWindowThatNobodySees();
    void saysNothingWithoutAManager();
    void leavesTheWatchdogOfAnotherAlone();

private:
    NotifySocket m_ear;
};

void RenderWatchdogTest::init()
{
    qputenv("NOTIFY_SOCKET", m_ear.path());
    // So long that the test's own looks are all there are.
    qputenv("WATCHDOG_USEC", "3600000000");
    qunsetenv("WATCHDOG_PID");
    m_ear.forget();
}

void RenderWatchdogTest::cleanup()
{
    for (const char *name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
        qunsetenv(name);
}

void RenderWatchdogTest::saysWhenItIsReady()
{
    RenderWatchdog watchdog(ServiceManager::fromEnvironment());
    QVERIFY(!qEnvironmentVariableIsSet("NOTIFY_SOCKET"));
    QQuickWindow window;
    watchdog.watch(window);
    QCOMPARE(m_ear.count("READY=1"), 0);
    window.show();
    QTRY_COMPARE(m_ear.count("READY=1"), 1);
    window.update();
    QSignalSpy frames(&window, &QQuickWindow::frameSwapped);
    QTRY_VERIFY(!frames.isEmpty());
    // Once.
    QCOMPARE(m_ear.count("READY=1"), 1);
}

void RenderWatchdogTest::isSilentWhileNothingIsDrawn()
{
    RenderWatchdog watchdog(ServiceManager::fromEnvironment());
    QQuickWindow window;
    watchdog.watch(window);
    window.show();
    QTRY_COMPARE(m_ear.count("READY=1"), 1);
    watchdog.look();
    m_ear.forget();
    // No frame since: its loop turns, and its picture stands.
    watchdog.look();
    QCOMPARE(m_ear.count("WATCHDOG=1"), 0);
    // It asked for one; once that is drawn all is well.
    QSignalSpy frames(&window, &QQuickWindow::frameSwapped);
    QTRY_VERIFY(!frames.isEmpty());
    watchdog.look();
    QCOMPARE(m_ear.count("WATCHDOG=1"), 1);
}

void RenderWatchdogTest::doesNotWaitForAWindowThatNobodySees()
{
    RenderWatchdog watchdog(ServiceManager::fromEnvironment());
    {
        QQuickWindow window;
        watchdog.watch(window);
        watchdog.look();
        QCOMPARE(m_ear.count("WATCHDOG=1"), 1);
    }
    watchdog.look();
    QCOMPARE(m_ear.count("WATCHDOG=1"), 2);
}

void RenderWatchdogTest::saysNothingWithoutAManager()
{
    cleanup();
    const ServiceManager manager = ServiceManager::fromEnvironment();
    QVERIFY(!manager.isThere());
    QVERIFY(manager.tell("READY=1"));
    QVERIFY(!manager.watchdogPeriod());
}

void RenderWatchdogTest::leavesTheWatchdogOfAnotherAlone()
{
    qputenv("WATCHDOG_PID", "1");
    QVERIFY(!ServiceManager::fromEnvironment().watchdogPeriod());
}

QTEST_MAIN(RenderWatchdogTest)
#include "tst_renderwatchdog.moc"
