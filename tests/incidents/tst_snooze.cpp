// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/snooze.h"

#include <QTest>
#include <QTimeZone>

using namespace tocsin;
using namespace Qt::StringLiterals;

class SnoozeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWhenItSays_data()
    {
        QTest::addColumn<SnoozeFor>("length");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, SnoozeFor length, const char *now, const char *end) {
            QTest::newRow(name) << length << QString::fromLatin1(now) << QString::fromLatin1(end);
        };
        row("a quarter", SnoozeFor::QuarterHour, "2026-03-10T23:50:00", "2026-03-11T00:05:00");
        row("an hour", SnoozeFor::Hour, "2026-03-10T14:00:00", "2026-03-10T15:00:00");
        row("in the evening", SnoozeFor::Morning, "2026-03-10T22:00:00", "2026-03-11T08:00:00");
        row("at night", SnoozeFor::Morning, "2026-03-11T02:00:00", "2026-03-11T08:00:00");
        row("just before", SnoozeFor::Morning, "2026-03-11T07:30:00", "2026-03-12T08:00:00");
        row("in the morning", SnoozeFor::Morning, "2026-03-11T08:00:00", "2026-03-12T08:00:00");
        // The clocks go forward at two in the night between.
        row("in spring", SnoozeFor::Morning, "2026-03-28T22:00:00", "2026-03-29T08:00:00");
    }
    void endsWhenItSays()
    {
        QFETCH(SnoozeFor, length);
        QFETCH(QString, now);
        QFETCH(QString, end);
        const QTimeZone zone("Europe/Berlin");
        const auto at = [&zone](const QString &text) {
            QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
            moment.setTimeZone(zone);
            return moment;
        };
        QCOMPARE(snoozeEnd(length, at(now)), at(end));
        QVERIFY(isSnoozed(snoozeEnd(length, at(now)), at(now)));
        QVERIFY(!isSnoozed(snoozeEnd(length, at(now)), at(end)));
    }

    void isNeverForEver()
    {
        const QDateTime now = QDateTime::currentDateTime();
        QVERIFY(!isSnoozed({}, now));
        QVERIFY(!isSnoozed(now.addDays(400), now));
    }

    void isNoLongerWhereTheClockIsSet_data()
    {
        QTest::addColumn<qint64>("setBy");
        QTest::addColumn<qint64>("after");
        QTest::addColumn<qint64>("left");
        // A quarter of an hour; ten minutes after its beginning, the clock is set.
        QTest::newRow("not set") << 0LL << 600LL << 300LL;
        QTest::newRow("not set, at the end") << 0LL << 900LL << 0LL;
        QTest::newRow("back") << -3'600LL << 600LL << 300LL;
        QTest::newRow("back, before the end") << -3'600LL << 899LL << 1LL;
        QTest::newRow("back, at the end") << -3'600LL << 900LL << 0LL;
        QTest::newRow("forward") << 120LL << 600LL << 180LL;
        QTest::newRow("forward, beyond the end") << 3'600LL << 600LL << 0LL;
    }
    void isNoLongerWhereTheClockIsSet()
    {
        QFETCH(qint64, setBy);
        QFETCH(qint64, after);
        QFETCH(qint64, left);
        using std::chrono::seconds;
        const QDateTime begin(QDate(2026, 3, 10), QTime(14, 0));
        const MonotonicTime monotonic{seconds(3'600)};
        const QDateTime until = snoozeEnd(SnoozeFor::QuarterHour, begin);
        RunningSnooze snooze;
        QCOMPARE(snooze.left(until, begin, monotonic), seconds(900));
        QCOMPARE(snooze.left(until, begin.addSecs(after + setBy), monotonic + seconds(after)),
            seconds(left));
    }

    void anotherSnoozeBeginsAnew()
    {
        using std::chrono::seconds;
        const QDateTime begin(QDate(2026, 3, 10), QTime(14, 0));
        const MonotonicTime monotonic{seconds(3'600)};
        RunningSnooze snooze;
        QCOMPARE(snooze.left({}, begin, monotonic), seconds(0));
        QCOMPARE(snooze.left(begin.addSecs(900), begin, monotonic), seconds(900));
        const MonotonicTime later = monotonic + seconds(1'200);
        QCOMPARE(snooze.left(begin.addSecs(900), begin, later), seconds(0));
        QCOMPARE(snooze.left(begin.addSecs(60), begin, later), seconds(60));
    }
};

QTEST_GUILESS_MAIN(SnoozeTest)
#include "tst_snooze.moc"
