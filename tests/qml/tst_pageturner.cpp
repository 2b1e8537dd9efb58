// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/pageturner.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class PageTurnerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsEachScreenForItsTime();
    void staysWithAnAlarmAndGoesOnFromThere();
    void anotherAlarmBeginsTheWaitAnew();
    void staysWithTheScreenOfAnAlarm();
    void takesAnotherDurationFromItsNextTurnOn();
    void aNightAsleepTurnsOnce();
    void followsAPageThatShrinks();
    void hasNothingToTurnWithOneScreen();
    void staysInItsPagesWhateverComes();
    void showsEverythingInTurn();
};

void PageTurnerTest::showsEachScreenForItsTime()
{
    PageTurner turner;
    turner.setPages({{20s, 1}, {5s, 2}}, 100s);
    const std::vector<std::tuple<milliseconds, int, int>> expected{
        {119'999ms, 0, 0}, {120s, 1, 0}, {125s, 1, 1}, {129'999ms, 1, 1}, {130s, 0, 0}};
    for (const auto &[time, page, screen] : expected) {
        turner.tick(time);
        QCOMPARE(std::pair(turner.page(), turner.screen()), std::pair(page, screen));
    }
}

void PageTurnerTest::staysWithAnAlarmAndGoesOnFromThere()
{
    PageTurner turner;
    turner.setPages({{10s, 3}, {10s, 1}, {10s, 1}}, 0s);
    turner.setHold(60s);
    turner.tick(10s);
    QCOMPARE(turner.screen(), 1);
    turner.alarm(1, 0, 12s);
    QVERIFY(turner.isHeld());
    turner.tick(71'999ms);
    QCOMPARE(turner.page(), 1);
    // Then it has its own time like any other.
    turner.tick(72s);
    QVERIFY(!turner.isHeld());
    QCOMPARE(turner.page(), 1);
    turner.tick(82s);
    QCOMPARE(turner.page(), 2);
    turner.alarm(7, 0, 83s);
    turner.alarm(-1, 0, 83s);
    QVERIFY(!turner.isHeld());
    QCOMPARE(turner.page(), 2);
}

void PageTurnerTest::anotherAlarmBeginsTheWaitAnew()
{
    PageTurner turner;
    turner.setPages({{10s, 1}, {10s, 1}}, 0s);
    turner.setHold(60s);
    turner.alarm(1, 0, 0s);
    turner.alarm(0, 0, 50s);
    turner.tick(60s);
    QCOMPARE(turner.page(), 0);
    QVERIFY(turner.isHeld());
    QVERIFY(turner.deadline() == 110s);
}

void PageTurnerTest::staysWithTheScreenOfAnAlarm()
{
    PageTurner turner;
    turner.setPages({{10s, 1}, {10s, 3}}, 0s);
    turner.setHold(60s);
    turner.alarm(1, 1, 0s);
    const std::vector<std::tuple<milliseconds, int, int>> expected{
        {59s, 1, 1}, {60s, 1, 1}, {70s, 1, 2}, {80s, 0, 0}};
    for (const auto &[time, page, screen] : expected) {
        turner.tick(time);
        QCOMPARE(std::pair(turner.page(), turner.screen()), std::pair(page, screen));
    }
    // Of a page that has not said yet how many it needs: it has that one, and those before it.
    turner.setPages({{10s, 1}}, 100s);
    turner.alarm(0, 1, 100s);
    QVERIFY(turner.turns());
    turner.tick(160s);
    turner.tick(170s);
    QCOMPARE(turner.screen(), 0);
    turner.tick(180s);
    QCOMPARE(turner.screen(), 1);
}

void PageTurnerTest::takesAnotherDurationFromItsNextTurnOn()
{
    PageTurner turner;
    turner.setPages({{10s, 2}}, 0s);
    turner.setDuration(0, 30s);
    QVERIFY(turner.deadline() == 10s);
    turner.tick(10s);
    QCOMPARE(turner.screen(), 1);
    QVERIFY(turner.deadline() == 40s);
    turner.setDuration(0, 0s);
    turner.setDuration(1, 30s);
    turner.setDuration(-1, 30s);
    turner.tick(40s);
    QVERIFY(turner.deadline() == 41s);
}

void PageTurnerTest::aNightAsleepTurnsOnce()
{
    PageTurner turner;
    turner.setPages({{10s, 1}, {10s, 1}, {10s, 1}}, 0s);
    turner.tick(8h);
    QCOMPARE(turner.page(), 1);
    turner.tick(8h);
    QCOMPARE(turner.page(), 1);
    QVERIFY(turner.deadline() == 8h + 10s);
}

void PageTurnerTest::followsAPageThatShrinks()
{
    PageTurner turner;
    turner.setPages({{10s, 4}}, 0s);
    turner.tick(10s);
    turner.tick(20s);
    QCOMPARE(turner.screen(), 2);
    turner.setScreens(0, 2);
    QCOMPARE(turner.screen(), 1);
    turner.setScreens(0, 0);
    QCOMPARE(turner.screen(), 0);
}

void PageTurnerTest::hasNothingToTurnWithOneScreen()
{
    PageTurner turner;
    QVERIFY(!turner.turns());
    turner.tick(1h);
    QCOMPARE(turner.page(), 0);
    turner.setPages({{10s, 1}}, 0s);
    QVERIFY(!turner.turns());
    turner.setScreens(0, 2);
    QVERIFY(turner.turns());
}

// Against a world in which time only goes forward, and everything else is by chance.
void PageTurnerTest::staysInItsPagesWhateverComes()
{
    QVERIFY(rc::check([] {
        PageTurner turner;
        milliseconds now = 0ms;
        std::vector<PageTurner::Page> pages;
        const int steps = *rc::gen::inRange(1, 300);
        for (int i = 0; i < steps; ++i) {
            now += milliseconds(*rc::gen::weightedOneOf<int>(
                {{8, rc::gen::inRange(0, 30'000)}, {1, rc::gen::inRange(0, 100'000'000)}}));
            const auto before = std::pair(turner.page(), turner.screen());
            const bool due = now >= turner.deadline();
            switch (*rc::gen::inRange(0, 8)) {
            case 0: {
                pages.clear();
                const int count = *rc::gen::inRange(0, 5);
                for (int page = 0; page < count; ++page)
                    pages.push_back(
                        {milliseconds(*rc::gen::inRange(-5, 60'000)), *rc::gen::inRange(-1, 5)});
                turner.setPages(pages, now);
                break;
            }
            case 1: {
                const int page = *rc::gen::inRange(-2, 6);
                const int screen = *rc::gen::inRange(-1, 6);
                turner.alarm(page, screen, now);
                if (page >= 0 && page < int(pages.size())) {
                    RC_ASSERT(turner.isHeld());
                    RC_ASSERT(turner.page() == page && turner.screen() == std::max(screen, 0));
                } else {
                    RC_ASSERT(std::pair(turner.page(), turner.screen()) == before);
                }
                break;
            }
            case 2: turner.setScreens(*rc::gen::inRange(-2, 6), *rc::gen::inRange(-2, 6)); break;
            default:
                turner.tick(now);
                if (!due)
                    RC_ASSERT(std::pair(turner.page(), turner.screen()) == before);
                else if (!pages.empty())
                    RC_ASSERT(turner.deadline() > now);
            }
            RC_ASSERT(turner.page() >= 0 && turner.screen() >= 0);
            RC_ASSERT(turner.page() < std::max(1, int(pages.size())));
        }
    }));
}

void PageTurnerTest::showsEverythingInTurn()
{
    QVERIFY(rc::check([] {
        std::vector<PageTurner::Page> pages;
        int screens = 0;
        const int count = *rc::gen::inRange(1, 6);
        for (int i = 0; i < count; ++i) {
            pages.push_back(
                {milliseconds(*rc::gen::inRange(1'000, 60'000)), *rc::gen::inRange(1, 5)});
            screens += pages.back().screens;
        }
        PageTurner turner;
        turner.setPages(pages, 0ms);
        // An alarm somewhere on the way changes where it goes on, and leaves nothing out for good.
        turner.alarm(*rc::gen::inRange(0, count), 0, 0ms);
        turner.tick(turner.deadline());
        QSet<std::pair<int, int>> seen;
        milliseconds shown = 0ms;
        for (int i = 0; i < screens; ++i) {
            seen.insert({turner.page(), turner.screen()});
            const milliseconds until = turner.deadline();
            turner.tick(until - 1ms);
            RC_ASSERT(turner.deadline() == until);
            turner.tick(until);
            shown += turner.deadline() - until;
        }
        RC_ASSERT(int(seen.size()) == screens);
        milliseconds whole = 0ms;
        for (const PageTurner::Page &page : pages)
            whole += page.duration * page.screens;
        RC_ASSERT(shown == whole);
    }));
}

QTEST_GUILESS_MAIN(PageTurnerTest)
#include "tst_pageturner.moc"
