// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/activityhistory.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto start = Timestamp(std::chrono::milliseconds(1'800'000'123'000));

/// One thing that happened, in rooms of the client's.
struct Happening {
    QString uuid;
    Severity severity;
    Timestamp at;
    bool isResolved;
};

qint64 sum(const std::vector<ActivityBar> &bars)
{
    qint64 all = 0;
    for (const ActivityBar &bar : bars)
        all += bar.openedInAll() + bar.resolved;
    return all;
}

} // namespace

class ActivityHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheServer_data();
    void agreesWithTheServer();
    void barsStandOnTheClock_data();
    void barsStandOnTheClock();
    void knowsTheWholeDayWhateverTheBars();
    void knowsSinceWhen();
    void passesWithTime();
    void takesAClockThatIsAhead();
    void keepsUpWithAFloodOfADay();
};

void ActivityHistoryTest::agreesWithTheServer_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

/// Whenever a client connects, whatever it is told twice: its bars are those of everything that
/// happened.
void ActivityHistoryTest::agreesWithTheServer()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    Timestamp now = start;
    QList<Happening> all;
    ActivityHistory history;
    bool isConnected = false;
    const auto report = [&] {
        ActivityReport counted{.from = now - 24h - 15min, .quarters = {}};
        for (const Happening &one : all) {
            const auto at
                = Timestamp(one.at.time_since_epoch() / 15min * std::chrono::milliseconds(15min));
            ActivityQuarter quarter{.at = at};
            if (one.isResolved)
                quarter.resolved = 1;
            else if (one.severity == Severity::Critical)
                quarter.critical = 1;
            else if (one.severity == Severity::Warning)
                quarter.warning = 1;
            else if (one.severity == Severity::Unknown)
                quarter.unknown = 1;
            else
                quarter.info = 1;
            // One by one: a server adds them up, and a client does with those that it did not.
            counted.quarters.append(quarter);
        }
        return counted;
    };
    for (int step = 0; step < 120; ++step) {
        now += std::chrono::seconds(random.bounded(3'600));
        if (random.bounded(6) == 0)
            isConnected = false;
        if (!isConnected && random.bounded(3) == 0) {
            isConnected = true;
            history.take(report());
        }
        const bool isResolved = random.bounded(3) == 0;
        const Happening one{
            .uuid = u"u%1"_s.arg(all.size()),
            .severity = Severity(random.bounded(4)),
            .at = now - std::chrono::minutes(random.bounded(4) ? 0 : random.bounded(2'000)),
            .isResolved = isResolved,
        };
        all.append(one);
        for (int rooms = random.bounded(1, 4); isConnected && rooms > 0; --rooms) {
            if (isResolved)
                history.noteResolved(one.uuid, one.at, now);
            else
                history.noteOpened(one.uuid, one.severity, one.at, now);
        }
        if (!isConnected)
            continue;
        ActivityHistory anew;
        anew.take(report());
        for (const int count : {96, 24, 8})
            QCOMPARE(history.bars(count, now), anew.bars(count, now));
        const std::vector<ActivityBar> bars = history.bars(96, now);
        const auto inside = std::ranges::count_if(
            all, [&](const Happening &each) { return each.at >= bars.front().from; });
        QCOMPARE(sum(bars), inside);
        QCOMPARE(history.total(now), anew.total(now));
        const auto ofTheDay = std::ranges::count_if(
            all, [&](const Happening &each) { return each.at >= history.total(now).from; });
        QCOMPARE(sum({history.total(now)}), ofTheDay);
    }
}

void ActivityHistoryTest::barsStandOnTheClock_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("minutesAhead");
    for (const int count : {96, 48, 24, 12, 8}) {
        for (const int minutes : {0, 60, -300, 330, 345, 825})
            QTest::addRow("%d bars, %d minutes", count, minutes) << count << minutes;
    }
}

void ActivityHistoryTest::barsStandOnTheClock()
{
    QFETCH(const int, count);
    QFETCH(const int, minutesAhead);
    const std::chrono::minutes offset(minutesAhead);
    const auto length = std::chrono::milliseconds(24h) / count;
    ActivityHistory history;
    for (Timestamp now = start; now < start + 25h; now += 7min) {
        const std::vector<ActivityBar> bars = history.bars(count, now, offset);
        QCOMPARE(int(bars.size()), count);
        QVERIFY(bars.back().from <= now && now < bars.back().to);
        for (std::size_t i = 0; i < bars.size(); ++i) {
            QCOMPARE(bars[i].to - bars[i].from, length);
            QCOMPARE((bars[i].from.time_since_epoch() + offset) % length, 0ms);
            if (i > 0)
                QCOMPARE(bars[i].from, bars[i - 1].to);
        }
    }
}

void ActivityHistoryTest::knowsTheWholeDayWhateverTheBars()
{
    // The bars of three hours begin almost three hours late then.
    const Timestamp now(std::chrono::sys_days{2026y / 11 / 28} + 12h + 1min);
    ActivityHistory history;
    history.take({.from = now - 24h - 15min,
        .quarters
        = {{.at = now - 24h - 16min, .critical = 1}, {.at = now - 24h - 1min, .warning = 2},
            {.at = now - 23h - 50min, .critical = 4}, {.at = now, .info = 8, .resolved = 16}}});
    QCOMPARE(history.bars(8, now).front().from, now - 21h - 1min);
    const ActivityBar total = history.total(now);
    QVERIFY(total.from <= now - 24h && now < total.to);
    QCOMPARE(total.opened, (std::array<qint64, 4>{4, 2, 0, 8}));
    QCOMPARE(total.resolved, 16);
    for (Timestamp at = start; at < start + 1h; at += 1min) {
        const ActivityBar day = history.total(at);
        QVERIFY(day.from <= at - 24h && at - 24h < day.from + 15min);
        QVERIFY(day.to - 15min <= at && at < day.to);
    }
}

void ActivityHistoryTest::knowsSinceWhen()
{
    ActivityHistory history;
    history.restart(start);
    QCOMPARE(history.knownFrom(), start);
    history.noteOpened(u"a"_s, Severity::Critical, start, start);
    history.take({.from = start - 24h, .quarters = {}});
    QCOMPARE(history.knownFrom(), start - 24h);
    QCOMPARE(sum(history.bars(96, start)), 0);
    // What the server has counted by then, its messages tell no more; what comes after, they do.
    QVERIFY(history.noteOpened(u"a"_s, Severity::Critical, start, start));
    QVERIFY(!history.noteOpened(u"a"_s, Severity::Critical, start, start));
    QVERIFY(history.noteResolved(u"a"_s, start, start));
    QVERIFY(!history.noteResolved(u"a"_s, start + 1s, start + 1s));
    QCOMPARE(sum(history.bars(96, start)), 2);
}

void ActivityHistoryTest::passesWithTime()
{
    ActivityHistory history;
    history.restart(start);
    history.noteOpened(u"a"_s, Severity::Info, start, start);
    QCOMPARE(history.bars(96, start).back().opened[int(Severity::Info)], 1);
    QCOMPARE(history.bars(96, start + 15min)[94].opened[int(Severity::Info)], 1);
    QCOMPARE(sum(history.bars(96, start + 23h)), 1);
    QCOMPARE(sum(history.bars(96, start + 24h)), 0);
}

void ActivityHistoryTest::takesAClockThatIsAhead()
{
    ActivityHistory history;
    history.restart(start);
    history.noteOpened(u"a"_s, Severity::Info, start + 5h, start);
    QCOMPARE(sum(history.bars(96, start)), 1);
}

// Each of the last ones was compared with all before them, which took minutes.
void ActivityHistoryTest::keepsUpWithAFloodOfADay()
{
    ActivityHistory history;
    const Timestamp now(std::chrono::hours(500'000));
    history.restart(now);
    QElapsedTimer taken; // a fraction of a second where it keeps up
    taken.start();
    for (int i = 0; i < 260'000; ++i) {
        QVERIFY(history.noteOpened(QString::number(i), Severity::Info, now, now));
        QVERIFY2(!taken.hasExpired(30'000), qPrintable(QString::number(i)));
    }
    QVERIFY(!history.noteOpened(QString::number(0), Severity::Info, now, now));
    // What is too old goes all the same.
    const Timestamp later = now + std::chrono::hours(25);
    QVERIFY(history.noteOpened(QStringLiteral("later"), Severity::Info, later, later));
    QVERIFY(history.noteOpened(QString::number(0), Severity::Info, later, later));
}

QTEST_APPLESS_MAIN(ActivityHistoryTest)
#include "tst_activityhistory.moc"
