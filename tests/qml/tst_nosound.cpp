// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmsound.h"

#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;

/// A machine without any sound: in a process of its own, because Qt looks for it once.
class NoSoundTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAVisibleFault()
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
};

QTEST_GUILESS_MAIN(NoSoundTest)
#include "tst_nosound.moc"
