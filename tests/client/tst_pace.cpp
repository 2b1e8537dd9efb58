// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/errorlimiter.h"
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
    void letsTheFirstErrorsThroughAndCountsTheRest();
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

void PaceTest::letsTheFirstErrorsThroughAndCountsTheRest()
{
    ErrorLimiter limiter;
    const auto pass = [&](MonotonicTime now) {
        return limiter.pass({ErrorCode::InvalidJson, QStringLiteral("bad"), {}}, now);
    };
    int passed = 0;
    for (int i = 0; i < 1'000; ++i)
        passed += pass(start + std::chrono::microseconds(i)) ? 1 : 0;
    QCOMPARE(passed, ErrorLimiter::errorsAWindow);
    QCOMPARE(limiter.keptBack(), 1'000 - passed);
    const auto next = pass(start + ErrorLimiter::window);
    QVERIFY(next);
    QVERIFY2(next->message.contains(QString::number(1'000 - passed)), qPrintable(next->message));
    QCOMPARE(limiter.keptBack(), 0);
    QCOMPARE(pass(start + ErrorLimiter::window)->message, QStringLiteral("bad"));
}

QTEST_GUILESS_MAIN(PaceTest)
#include "tst_pace.moc"
