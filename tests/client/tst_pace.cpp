// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/pace.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

class PaceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deliversAtOnceInAQuietHour();
    void restsInASteadyStream();
    void hurriesInAFlood();
    void forgetsAStreamThatHasEnded();
    void deliversTheFirstMessageOfABurstAtOnce();
    void doesNotBelieveAClockThatGoesBack();
    void addsLessDelayThanAScreenShows();
};

namespace {

constexpr MonotonicTime start{1h};

// So many messages every so often; whether the last look said to rest.
bool afterStream(Pace &pace, MonotonicTime &now, qint64 messages, qint64 size,
    std::chrono::microseconds every, int times)
{
    bool rests = false;
    for (int i = 0; i < times; ++i) {
        now += every;
        rests = pace.shouldRest(messages, size, now);
    }
    return rests;
}

} // namespace

void PaceTest::deliversAtOnceInAQuietHour()
{
    Pace pace;
    MonotonicTime now = start;
    QVERIFY(!afterStream(pace, now, 1, 200, 10ms, 1'000)); // 100 a second
}

void PaceTest::restsInASteadyStream()
{
    Pace pace;
    MonotonicTime now = start;
    QVERIFY(afterStream(pace, now, 1, 200, 100us, 1'000)); // 10,000 a second, one by one
    QVERIFY(afterStream(pace, now, 70, 14'000, 7ms, 100)); // and as they come when it rests
}

void PaceTest::hurriesInAFlood()
{
    Pace pace;
    MonotonicTime now = start;
    QVERIFY(!afterStream(pace, now, 5'000, 1'000'000, 5ms, 100)); // a million a second
    Pace large;
    QVERIFY(!afterStream(large, now, 50, 5'000'000, 50ms, 100)); // few, but megabytes each
}

void PaceTest::forgetsAStreamThatHasEnded()
{
    Pace pace;
    MonotonicTime now = start;
    QVERIFY(afterStream(pace, now, 1, 200, 100us, 1'000));
    now += 1s;
    QVERIFY(!pace.shouldRest(1, 200, now));
}

void PaceTest::deliversTheFirstMessageOfABurstAtOnce()
{
    Pace pace;
    QVERIFY(!pace.shouldRest(1, 200, start));
    // After an hour of nothing, too, and however the stream before it ran.
    MonotonicTime now = start;
    QVERIFY(afterStream(pace, now, 1, 200, 100us, 1'000));
    now += 1h;
    QVERIFY(!pace.shouldRest(1, 200, now));
}

void PaceTest::doesNotBelieveAClockThatGoesBack()
{
    Pace pace;
    MonotonicTime now = start;
    QVERIFY(afterStream(pace, now, 1, 200, 100us, 1'000));
    // A negative rate is none; and what is judged from there on is judged by the new time.
    QVERIFY(!pace.shouldRest(1, 200, start - 1min));
    now = start - 1min;
    QVERIFY(afterStream(pace, now, 1, 200, 100us, 1'000));
}

void PaceTest::addsLessDelayThanAScreenShows()
{
    // A message can wait for two rests: see Pace::restTime.
    QVERIFY(2 * Pace::restTime < 16ms);
}

QTEST_GUILESS_MAIN(PaceTest)
#include "tst_pace.moc"
