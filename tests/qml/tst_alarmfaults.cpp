// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarm.h"
#include "qml/alarmnotifier.h"
#include "qml/alarmsound.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;

/// A machine without sound and without a desktop: in a process of its own, because Qt looks for
/// either once.
class AlarmFaultsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noSoundIsAFault()
    {
        const QTemporaryDir directory;
        qputenv("XDG_RUNTIME_DIR", directory.path().toUtf8());
        qputenv("PULSE_SERVER", "unix:" + directory.filePath(QStringLiteral("none")).toUtf8());
        const auto sound = makeAlarmSound();
        QVERIFY2(
            sound->fault().startsWith(QStringLiteral("No sound: ")), qPrintable(sound->fault()));
        sound->play(AlarmTone::Critical, 1);
        sound->stop();
        QVERIFY(!sound->fault().isEmpty());
    }

    void noDesktopIsAFault()
    {
        const QTemporaryDir directory;
        qputenv("DBUS_SESSION_BUS_ADDRESS",
            "unix:path=" + directory.filePath(QStringLiteral("none")).toUtf8());
        const auto notifier = makeAlarmNotifier();
        QVERIFY2(notifier->fault().startsWith(QStringLiteral("No notifications: ")),
            qPrintable(notifier->fault()));
        notifier->show(1, {.title = QStringLiteral("nowhere"), .body = {}});
        notifier->close(1);
    }

    /// They are looked for behind the first frames, or when they are needed.
    void bothAreToldSoonAfterTheStart_data()
    {
        QTest::addColumn<bool>("needed");
        QTest::newRow("by themselves") << false;
        QTest::newRow("when something is to be heard") << true;
    }
    void bothAreToldSoonAfterTheStart()
    {
        QFETCH(const bool, needed);
        const QTemporaryDir directory;
        const QByteArray nowhere
            = "unix:path=" + directory.filePath(QStringLiteral("none")).toUtf8();
        qputenv("XDG_RUNTIME_DIR", directory.path().toUtf8());
        qputenv("PULSE_SERVER", nowhere);
        qputenv("DBUS_SESSION_BUS_ADDRESS", nowhere);
        LiveFeed feed;
        AlarmSettings settings;
        settings.setFile(directory.filePath(QStringLiteral("alarm.ini")));
        settings.setSoundOn(true);
        settings.setNotificationsOn(true);
        Alarm alarm;
        alarm.setFeed(&feed);
        alarm.setSettings(&settings);
        alarm.setActive(true);
        QCOMPARE(alarm.state(), Alarm::State::Ready);
        QSignalSpy told(&alarm, &Alarm::stateChanged);
        if (needed)
            alarm.testSound(int(Severity::Critical));
        else
            QVERIFY(told.wait());
        QCOMPARE(alarm.state(), Alarm::State::Faulty);
        QVERIFY(!alarm.soundFault().isEmpty());
        QVERIFY(!alarm.notificationFault().isEmpty());
        QVERIFY(!told.isEmpty());
        alarm.setActive(false);
        QCOMPARE(alarm.soundFault(), QString());
    }
};

QTEST_GUILESS_MAIN(AlarmFaultsTest)
#include "tst_alarmfaults.moc"
