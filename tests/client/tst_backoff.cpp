// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/backoff.h"

#include <QTest>

#include <random>

using namespace tocsin;
using namespace std::chrono_literals;

class BackoffTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doublesTheCeilingUpToTheMaximum();
    void isUniformBelowTheCeiling();
    void survivesMonthsOfRetries();
    void beginsLaterWhenToldTo();
    void leavesTheCeilingWhereAnotherServerIsTried();
    void waitsAlsoWhereItIsToldNotTo();
};

void BackoffTest::doublesTheCeilingUpToTheMaximum()
{
    Backoff backoff(500ms, 20s, [] { return 0.5; });
    for (const auto ceiling : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 20000ms, 20000ms}) {
        QVERIFY(backoff.ceiling() == ceiling);
        QVERIFY(backoff.next() == ceiling / 2);
    }
    QCOMPARE(backoff.attempts(), 8);
    backoff.reset();
    QCOMPARE(backoff.attempts(), 0);
    QVERIFY(backoff.ceiling() == 500ms);
}

void BackoffTest::isUniformBelowTheCeiling()
{
    // A fixed seed: the distribution is the formula's, not this run's luck.
    std::mt19937_64 engine(42);
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    constexpr int samples = 100'000;
    constexpr int bins = 10;
    for (int step = 0; step < 8; ++step) {
        std::array<int, bins> histogram{};
        for (int i = 0; i < samples; ++i) {
            Backoff backoff(500ms, 20s, [&] { return uniform(engine); });
            backoff.advanceTo(step);
            const auto ceiling = backoff.ceiling();
            const auto delay = backoff.next();
            QVERIFY(delay >= 0ms && delay < ceiling);
            ++histogram[std::size_t(delay.count() * bins / ceiling.count())];
        }
        // Chi-squared with 9 degrees of freedom: above 27.9 once in a thousand.
        double chiSquared = 0;
        constexpr double expected = double(samples) / bins;
        for (const int count : histogram)
            chiSquared += (count - expected) * (count - expected) / expected;
        QVERIFY2(chiSquared < 27.9, qPrintable(QString::number(chiSquared)));
    }
}

void BackoffTest::survivesMonthsOfRetries()
{
    Backoff backoff(500ms, 20s, [] { return 0.999; });
    for (int i = 0; i < 1'000'000; ++i)
        QVERIFY(backoff.next() < 20s);
}

void BackoffTest::beginsLaterWhenToldTo()
{
    Backoff backoff(500ms, 20s, [] { return 0.0; });
    backoff.advanceTo(2);
    QVERIFY(backoff.ceiling() == 2s);
    backoff.advanceTo(1);
    QVERIFY(backoff.ceiling() == 2s);
}

void BackoffTest::leavesTheCeilingWhereAnotherServerIsTried()
{
    Backoff backoff(500ms, 20s, [] { return 0.5; });
    backoff.advanceTo(3);
    QVERIFY(backoff.nextElsewhere() == 250ms);
    QVERIFY(backoff.ceiling() == 4s);
    QCOMPARE(backoff.attempts(), 1);
    QVERIFY(backoff.next() == 2s);
    QCOMPARE(backoff.attempts(), 2);
}

void BackoffTest::waitsAlsoWhereItIsToldNotTo()
{
    for (const auto &[base, maximum] :
        {std::pair(0ms, 0ms), std::pair(-1ms, 20'000ms), std::pair(500ms, -5ms)}) {
        Backoff backoff(base, maximum, [] { return 0.9; });
        for (int i = 0; i < 5; ++i)
            (void)backoff.next();
        QVERIFY(backoff.ceiling() >= 10ms);
    }
}

QTEST_GUILESS_MAIN(BackoffTest)
#include "tst_backoff.moc"
