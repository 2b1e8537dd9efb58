// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/suspenddetector.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

class SuspendDetectorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seesEachSuspendOnce();
    void isNotFooledByTimeThatBothClocksCount();
    void hasAClockThatRunsOn();
};

void SuspendDetectorTest::seesEachSuspendOnce()
{
    // The machine had slept for an hour before the program was started: that is none of its affair.
    SuspendDetector detector(MonotonicTime(3h), MonotonicTime(2h));
    QVERIFY(!detector.slept(MonotonicTime(3h + 1s), MonotonicTime(2h + 1s)));
    QVERIFY(detector.slept(MonotonicTime(3h + 10s), MonotonicTime(2h + 2s)));
    QVERIFY(!detector.slept(MonotonicTime(3h + 11s), MonotonicTime(2h + 3s)));
    QVERIFY(detector.slept(MonotonicTime(5h), MonotonicTime(2h + 4s)));
}

void SuspendDetectorTest::isNotFooledByTimeThatBothClocksCount()
{
    SuspendDetector detector(MonotonicTime(1h), MonotonicTime(1h));
    QVERIFY(!detector.slept(MonotonicTime(9h), MonotonicTime(9h)));
    // Nor by what passed between reading the one and the other.
    QVERIFY(!detector.slept(MonotonicTime(10h + SuspendDetector::threshold), MonotonicTime(10h)));
    QVERIFY(!detector.slept(MonotonicTime(11h), MonotonicTime(11h)));
}

void SuspendDetectorTest::hasAClockThatRunsOn()
{
    const MonotonicTime first = monotonicNow();
    QTRY_VERIFY(monotonicNow() > first);
    // With the time asleep it is never behind the clock without.
    const auto without = std::chrono::steady_clock::now();
    QVERIFY(monotonicNow() >= without);
}

QTEST_GUILESS_MAIN(SuspendDetectorTest)
#include "tst_suspenddetector.moc"
