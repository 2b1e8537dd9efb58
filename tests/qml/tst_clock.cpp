// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/clock.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using tocsin::Clock;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysHowLongAgo_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("age");
        QTest::addColumn<QString>("spoken");
        QTest::newRow("now") << qint64(0) << u"0 s"_s << u"0 seconds"_s;
        QTest::newRow("one second") << qint64(1) << u"1 s"_s << u"1 second"_s;
        QTest::newRow("under a minute") << qint64(59) << u"59 s"_s << u"59 seconds"_s;
        QTest::newRow("a minute") << qint64(60) << u"1 min"_s << u"1 minute"_s;
        QTest::newRow("under an hour") << qint64(3599) << u"59 min"_s << u"59 minutes"_s;
        QTest::newRow("an hour") << qint64(3600) << u"1 h 00 min"_s << u"1 hour"_s;
        QTest::newRow("hours") << qint64(2 * 3600 + 300) << u"2 h 05 min"_s << u"2 hours"_s;
        QTest::newRow("under a day") << qint64(86'399) << u"23 h 59 min"_s << u"23 hours"_s;
        QTest::newRow("a day") << qint64(86'400) << u"1 d"_s << u"1 day"_s;
        QTest::newRow("days") << qint64(2 * 86'400 + 4 * 3600) << u"2 d 4 h"_s << u"2 days"_s;
        QTest::newRow("a year") << qint64(400 * 86'400) << u"400 d"_s << u"400 days"_s;
        QTest::newRow("from a clock that is ahead") << qint64(-90) << u"0 s"_s << u"0 seconds"_s;
    }
    void saysHowLongAgo()
    {
        QFETCH(const qint64, seconds);
        const auto now = QDateTime::fromSecsSinceEpoch(1'700'000'000);
        const Clock clock;
        QTEST(clock.age(now.addSecs(-seconds), now), "age");
        QTEST(clock.spokenAge(now.addSecs(-seconds), now), "spoken");
    }

    void saysNothingOfNoMoment()
    {
        const Clock clock;
        const auto now = QDateTime::currentDateTime();
        QCOMPARE(clock.age({}, now), QString());
        QCOMPARE(clock.spokenAge({}, now), QString());
        QCOMPARE(clock.moment({}, now), QString());
    }

    void namesTheDayOnlyWhereItIsAnotherOne()
    {
        const Clock clock;
        const QDateTime now(QDate(2026, 3, 5), QTime(0, 10, 0));
        QCOMPARE(clock.moment(QDateTime(QDate(2026, 3, 5), QTime(0, 2, 11)), now), u"00:02:11"_s);
        const QString yesterday = clock.moment(QDateTime(QDate(2026, 3, 4), QTime(23, 59, 1)), now);
        QVERIFY2(yesterday.endsWith(u", 23:59:01"), qPrintable(yesterday));
        // The day is the reader's, not that of UTC.
        QCOMPARE(clock.moment(QDateTime(QDate(2026, 3, 5), QTime(0, 2, 11)).toUTC(), now),
            u"00:02:11"_s);
    }

    void ticksOnWholeSecondsAndOnlyForward()
    {
        const Clock clock;
        QSignalSpy ticks(&clock, &Clock::nowChanged);
        QDateTime before = clock.now();
        for (int i = 1; i <= 2; ++i) {
            QTRY_COMPARE(ticks.size(), i);
            QCOMPARE_GT(clock.now(), before);
            QCOMPARE(clock.now().time().msec(), 0);
            before = clock.now();
        }
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "tst_clock.moc"
