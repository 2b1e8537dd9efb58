// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/pruningclock_p.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

/// What time it is, for deleting what is old.
class PruningClockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_clock = {}; }
    void believesWhatGoesOn();
    void doubtsWhatJumpedAhead();
    void believesWhatStaysAhead();
    void believesWhatWasSetBack();
    void doubtsAgain();

private:
    PruningClock::Reading read(Timestamp told, std::chrono::milliseconds passed)
    {
        return m_clock.read(told, PruningClock::Steady::time_point(1000h) + passed);
    }

    PruningClock m_clock;
    const Timestamp m_begin = timestampFromMilliseconds(1'800'000'000'000);
};

void PruningClockTest::believesWhatGoesOn()
{
    for (const auto passed : {0min, 1min, 2min, 60min, 100'000min}) {
        const auto reading = read(m_begin + passed, passed);
        QCOMPARE(reading.time, m_begin + passed);
        QVERIFY(!reading.jumped);
    }
    // As a clock is set by others.
    QCOMPARE(read(m_begin + 100'010min, 100'001min).time, m_begin + 100'010min);
}

void PruningClockTest::doubtsWhatJumpedAhead()
{
    QCOMPARE(read(m_begin, 0min).time, m_begin);
    const auto jumped = read(m_begin + 10'000h, 1min);
    QCOMPARE(jumped.time, m_begin + 1min);
    QCOMPARE(jumped.jumped, std::optional(std::chrono::seconds(10'000h - 1min)));
    const auto still = read(m_begin + 10'000h + 1min, 2min);
    QCOMPARE(still.time, m_begin + 2min);
    // Once is enough.
    QVERIFY(!still.jumped);
    const auto mended = read(m_begin + 3min, 3min);
    QCOMPARE(mended.time, m_begin + 3min);
    QVERIFY(!mended.jumped);
}

void PruningClockTest::believesWhatStaysAhead()
{
    QCOMPARE(read(m_begin, 0min).time, m_begin);
    const auto ahead = m_begin + 10'000h;
    for (auto passed = 1min; passed < 24h; passed += 1min)
        QCOMPARE(read(ahead + passed, passed).time, m_begin + passed);
    QCOMPARE(read(ahead + 24h + 1min, 24h + 1min).time, ahead + 24h + 1min);
    QCOMPARE(read(ahead + 24h + 2min, 24h + 2min).time, ahead + 24h + 2min);
}

void PruningClockTest::believesWhatWasSetBack()
{
    QCOMPARE(read(m_begin, 0min).time, m_begin);
    QCOMPARE(read(m_begin - 10'000h, 1min).time, m_begin - 10'000h);
    // And where it was before, it is ahead.
    QVERIFY(read(m_begin + 2min, 2min).jumped);
}

void PruningClockTest::doubtsAgain()
{
    QCOMPARE(read(m_begin, 0min).time, m_begin);
    QVERIFY(read(m_begin + 100h, 1min).jumped);
    QVERIFY(!read(m_begin + 20h, 20h).jumped);
    // Its day begins anew.
    QVERIFY(read(m_begin + 200h, 21h).jumped);
    QCOMPARE(read(m_begin + 204h, 25h).time, m_begin + 25h);
}

QTEST_GUILESS_MAIN(PruningClockTest)
#include "tst_pruningclock.moc"
