// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmnotifier.h"
#include "qml/alarmsound.h"

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
};

QTEST_GUILESS_MAIN(AlarmFaultsTest)
#include "tst_alarmfaults.moc"
