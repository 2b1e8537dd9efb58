// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/errorlimiter.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

constexpr MonotonicTime start{1h};

Error bad()
{
    return {ErrorCode::InvalidPayload, QStringLiteral("bad"), QStringLiteral("data.title")};
}

/// How many of so many errors at one moment are told.
int passedOf(ErrorLimiter &limiter, int errors, MonotonicTime now)
{
    int passed = 0;
    for (int i = 0; i < errors; ++i)
        passed += limiter.pass(bad(), now) ? 1 : 0;
    return passed;
}

} // namespace

class ErrorLimiterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesTheFirstErrorsAsTheyAre();
    void tellsHowManyItKeptBackWithTheNext();
    void neverKeepsBackWhatComesSlowly();
    void tellsAtMostSoManyASecondInALongFlood();
    void beginsAnewWhenTheClockGoesBack();
};

void ErrorLimiterTest::leavesTheFirstErrorsAsTheyAre()
{
    ErrorLimiter limiter;
    for (int i = 0; i < ErrorLimiter::errorsAWindow; ++i)
        QCOMPARE(limiter.pass(bad(), start), bad());
    QCOMPARE(limiter.keptBack(), 0);
    QVERIFY(!limiter.pass(bad(), start));
    QCOMPARE(limiter.keptBack(), 1);
}

void ErrorLimiterTest::tellsHowManyItKeptBackWithTheNext()
{
    ErrorLimiter limiter;
    QCOMPARE(passedOf(limiter, 1'000, start), ErrorLimiter::errorsAWindow);
    QCOMPARE(limiter.keptBack(), 1'000 - ErrorLimiter::errorsAWindow);
    // The last moment of the window is still in it.
    QVERIFY(!limiter.pass(bad(), start + ErrorLimiter::window - 1ns));

    const auto next = limiter.pass(bad(), start + ErrorLimiter::window);
    QVERIFY(next);
    QCOMPARE(next->code, bad().code);
    QCOMPARE(next->where, bad().where);
    QVERIFY(next->message.startsWith(bad().message));
    QVERIFY2(next->message.contains(QStringLiteral("991 more")), qPrintable(next->message));
    QCOMPARE(limiter.keptBack(), 0);
    // It is told once.
    QCOMPARE(limiter.pass(bad(), start + ErrorLimiter::window), bad());
}

void ErrorLimiterTest::neverKeepsBackWhatComesSlowly()
{
    ErrorLimiter limiter;
    const auto apart = ErrorLimiter::window / ErrorLimiter::errorsAWindow;
    for (int i = 0; i < 1'000; ++i)
        QCOMPARE(limiter.pass(bad(), start + i * apart), bad());
}

void ErrorLimiterTest::tellsAtMostSoManyASecondInALongFlood()
{
    ErrorLimiter limiter;
    constexpr int windows = 60;
    constexpr int errorsAMillisecond = 3;
    int passed = 0;
    for (auto at = 0ms; at < windows * ErrorLimiter::window; at += 1ms)
        passed += passedOf(limiter, errorsAMillisecond, start + at);
    QCOMPARE(passed, windows * ErrorLimiter::errorsAWindow);
}

void ErrorLimiterTest::beginsAnewWhenTheClockGoesBack()
{
    ErrorLimiter limiter;
    QCOMPARE(passedOf(limiter, 20, start), ErrorLimiter::errorsAWindow);
    // Otherwise it would be silent until the old time is reached again.
    QVERIFY(limiter.pass(bad(), start - 1min));
}

QTEST_GUILESS_MAIN(ErrorLimiterTest)
#include "tst_errorlimiter.moc"
