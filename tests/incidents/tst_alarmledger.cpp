// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "alarmworld.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Care = AlarmSubject::Care;
using Concern = AlarmSubject::Concern;
using Feed = AlarmLedger::Feed;
using Occasion = AlarmCall::Occasion;
using Snooze = AlarmLedger::Snooze;

namespace {

const MonotonicTime start{1h};

AlarmSubject subject(
    const QString &uuid, Severity severity = Severity::Critical, Care care = Care::None)
{
    return {.uuid = uuid, .severity = severity, .care = care};
}

/// One that has seen an empty first list.
AlarmLedger liveLedger(const AlarmRules &rules = {})
{
    AlarmLedger ledger;
    ledger.setRules(rules, {}, start);
    ledger.setFeed(Feed::Live, start);
    return ledger;
}

std::vector<AlarmCall> calls(AlarmLedger &ledger)
{
    return ledger.take().calls;
}

} // namespace

class AlarmLedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neverMissesAndNeverTellsTwice();
    void aStormIsAFewCalls();
    void callsBySeverity_data();
    void callsBySeverity();
    void whatSomebodyHasDoesNotCall();
    void callsAgainOnlyWhereItGetsWorse();
    void whatComesTogetherIsOneCall();
    void theWorstDoesNotWaitForItsTurn();
    void theFirstListCallsOnceForItsWorst();
    void whatCameMeanwhileIsOneCall();
    void aListThatIsNeverWholeHidesNothing();
    void whatMovesWithinAListIsNotNew();
    void theSoundRepeatsUntilSomebodyHasIt();
    void aSnoozeIsTheEndOfNoise();
    void aLossIsToldOnce();
    void noServerIsNoLoss();
    void newRulesCallForNothingThatIsSeen();
    void whatWaitedWaitsAgainWhereRulesChangeMeanwhile_data();
    void whatWaitedWaitsAgainWhereRulesChangeMeanwhile();
    void anotherServerBeginsAnew();
    void beginsAnewWhileTheListIsLive();
};

void AlarmLedgerTest::neverMissesAndNeverTellsTwice()
{
    std::size_t told = 0;
    const bool held = rc::check("whatever comes, whenever", [&told] {
        AlarmWorld world;
        for (const int number : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16'384)))
            world.step(number);
        world.finish();
        told += world.callCount();
    });
    QVERIFY(held);
    // A property of a ledger that never calls would hold as well.
    QVERIFY2(told > 100, qPrintable(QString::number(told)));
}

void AlarmLedgerTest::aStormIsAFewCalls()
{
    AlarmLedger ledger = liveLedger();
    QSet<QString> told;
    std::size_t made = 0;
    MonotonicTime now = start;
    const auto note = [&] {
        for (const AlarmCall &call : calls(ledger)) {
            ++made;
            for (const QString &uuid : call.uuids) {
                QVERIFY(!told.contains(uuid));
                told.insert(uuid);
            }
        }
    };
    for (int i = 0; i < 20'000; ++i) {
        now += 1ms;
        ledger.changed(subject(QString::number(i)), now);
        note();
    }
    QCOMPARE(made, 2 * AlarmLedger::mostCalls);
    ledger.tick(*ledger.deadline());
    note();
    QCOMPARE(made, 2 * AlarmLedger::mostCalls + 1);
    QCOMPARE(told.size(), 20'000);

    for (int i = 0; i < 20'000; ++i)
        ledger.removed(QString::number(i), now);
    const auto outcome = ledger.take();
    QCOMPARE(outcome.withdrawn.size(), made);
    QVERIFY(outcome.silence);
    QVERIFY(!ledger.deadline());
}

void AlarmLedgerTest::callsBySeverity_data()
{
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<int>("means");
    QTest::newRow("critical") << Severity::Critical << 3;
    QTest::newRow("warning") << Severity::Warning << 1;
    QTest::newRow("a word nobody knows") << Severity::Unknown << 1;
    QTest::newRow("info") << Severity::Info << 0;
}

void AlarmLedgerTest::callsBySeverity()
{
    QFETCH(Severity, severity);
    QFETCH(int, means);
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s, severity), start);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), means == 0 ? 0U : 1U);
    if (means != 0) {
        QCOMPARE(made[0].uuids, QStringList{u"a"_s});
        QCOMPARE(int(made[0].means), means);
        QCOMPARE(made[0].worst, severity);
        QCOMPARE(made[0].sound.has_value(), severity == Severity::Critical);
    }
    QVERIFY(!ledger.deadline());
}

void AlarmLedgerTest::whatSomebodyHasDoesNotCall()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s, Severity::Critical, Care::Taken), start);
    QVERIFY(calls(ledger).empty());
    // Nobody was called for it yet, and now nobody has it.
    ledger.changed(subject(u"a"_s), start);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);

    ledger.changed(subject(u"a"_s, Severity::Critical, Care::Taken), start);
    const auto taken = ledger.take();
    QVERIFY(taken.silence);
    QCOMPARE(taken.withdrawn, std::vector{made[0].id});
    ledger.changed(subject(u"a"_s), start);
    QVERIFY(calls(ledger).empty());

    AlarmSubject filtered = subject(u"b"_s);
    filtered.concern = Concern::Filtered;
    ledger.changed(filtered, start);
    QVERIFY(calls(ledger).empty());
}

void AlarmLedgerTest::callsAgainOnlyWhereItGetsWorse()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s, Severity::Warning), start);
    const auto first = calls(ledger);
    ledger.changed(subject(u"a"_s, Severity::Warning), start);
    ledger.changed(subject(u"a"_s, Severity::Info), start);
    ledger.changed(subject(u"a"_s, Severity::Warning), start);
    const auto outcome = ledger.take();
    QVERIFY(outcome.calls.empty());
    QCOMPARE(outcome.withdrawn, std::vector{first[0].id});
    ledger.changed(subject(u"a"_s, Severity::Critical), start);
    QCOMPARE(calls(ledger).size(), 1U);

    // It is over, and begins again: that is another one.
    ledger.removed(u"a"_s, start);
    calls(ledger);
    ledger.changed(subject(u"a"_s, Severity::Warning), start);
    QCOMPARE(calls(ledger).size(), 1U);
}

void AlarmLedgerTest::whatComesTogetherIsOneCall()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(
        {subject(u"a"_s, Severity::Warning), subject(u"b"_s), subject(u"c"_s, Severity::Info)},
        start);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].uuids, (QStringList{u"b"_s, u"a"_s}));
}

void AlarmLedgerTest::theWorstDoesNotWaitForItsTurn()
{
    AlarmLedger ledger = liveLedger();
    for (int i = 0; i < 10; ++i)
        ledger.changed(subject(QString::number(i), Severity::Warning), start);
    QCOMPARE(calls(ledger).size(), AlarmLedger::mostCalls);
    ledger.changed(subject(u"worst"_s), start + 1s);
    const auto worst = calls(ledger);
    QCOMPARE(worst.size(), 1U);
    // What waited is told with it.
    QCOMPARE(worst[0].uuids.size(), 8);
    QCOMPARE(worst[0].uuids.first(), u"worst"_s);
    ledger.changed(subject(u"next"_s), start + 2s);
    QVERIFY(calls(ledger).empty());
    // The oldest of the three latest calls was the third one.
    QCOMPARE(ledger.deadline(), start + AlarmLedger::window);
    ledger.tick(start + AlarmLedger::window);
    QCOMPARE(calls(ledger).size(), 1U);
}

void AlarmLedgerTest::theFirstListCallsOnceForItsWorst()
{
    AlarmLedger ledger;
    ledger.setRules({}, {}, start);
    ledger.setFeed(Feed::NotLive, start);
    ledger.changed(subject(u"a"_s), start);
    ledger.changed(subject(u"b"_s), start);
    ledger.changed(subject(u"c"_s, Severity::Warning), start);
    ledger.changed(subject(u"d"_s, Severity::Critical, Care::Taken), start);
    QVERIFY(calls(ledger).empty());
    ledger.setFeed(Feed::Live, start + 1s);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].occasion, Occasion::Start);
    QCOMPARE(made[0].uuids.size(), 2);
    ledger.changed(subject(u"c"_s, Severity::Warning), start + 1h);
    QVERIFY(calls(ledger).empty());
    ledger.changed(subject(u"c"_s), start + 1h);
    QCOMPARE(calls(ledger).at(0).occasion, Occasion::New);
}

void AlarmLedgerTest::whatCameMeanwhileIsOneCall()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"known"_s), start);
    calls(ledger);
    ledger.setFeed(Feed::NotLive, start + 1s);
    ledger.changed(subject(u"known"_s), start + 30s);
    for (int i = 0; i < 12; ++i)
        ledger.changed(subject(QString::number(i), i == 7 ? Severity::Critical : Severity::Warning),
            start + 30s);
    QVERIFY(calls(ledger).empty());
    ledger.setFeed(Feed::Live, start + 31s);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].occasion, Occasion::Meanwhile);
    QCOMPARE(made[0].uuids.size(), 12);
    QCOMPARE(made[0].uuids.first(), u"7"_s);
    QCOMPARE(made[0].worst, Severity::Critical);
}

void AlarmLedgerTest::aListThatIsNeverWholeHidesNothing()
{
    AlarmLedger ledger;
    ledger.setRules({}, {}, start);
    ledger.setFeed(Feed::NotLive, start);
    ledger.changed(subject(u"a"_s), start + 1s);
    QCOMPARE(ledger.deadline(), start + 1s + AlarmLedger::gathering);
    ledger.tick(*ledger.deadline());
    QCOMPARE(calls(ledger).at(0).occasion, Occasion::Start);
    ledger.changed(subject(u"b"_s), start + 20s);
    ledger.tick(*ledger.deadline());
    QCOMPARE(calls(ledger).at(0).occasion, Occasion::Meanwhile);
}

void AlarmLedgerTest::whatMovesWithinAListIsNotNew()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s), start);
    const auto made = calls(ledger);
    ledger.setFeed(Feed::NotLive, start);
    ledger.removed(u"a"_s, start);
    ledger.changed(subject(u"a"_s), start);
    ledger.setFeed(Feed::Live, start);
    auto outcome = ledger.take();
    QVERIFY(outcome.calls.empty());
    QVERIFY(outcome.withdrawn.empty());

    ledger.setFeed(Feed::NotLive, start);
    ledger.removed(u"a"_s, start);
    ledger.setFeed(Feed::Live, start);
    outcome = ledger.take();
    QCOMPARE(outcome.withdrawn, std::vector{made[0].id});
    QVERIFY(outcome.silence);
}

void AlarmLedgerTest::theSoundRepeatsUntilSomebodyHasIt()
{
    AlarmRules rules;
    rules.repeatEvery = 30s;
    AlarmLedger ledger = liveLedger(rules);
    ledger.changed(subject(u"a"_s), start);
    ledger.changed(subject(u"b"_s, Severity::Warning), start);
    calls(ledger);
    QCOMPARE(ledger.deadline(), start + 30s);
    ledger.tick(start + 29s);
    QVERIFY(calls(ledger).empty());
    for (int i = 1; i <= 3; ++i) {
        ledger.tick(start + i * 30s);
        const auto made = calls(ledger);
        QCOMPARE(made.size(), 1U);
        QCOMPARE(made[0].occasion, Occasion::Repeat);
        QCOMPARE(made[0].sound, Severity::Critical);
        QVERIFY(!made[0].means.testFlag(AlarmMeans::Notification));
    }
    ledger.changed(subject(u"a"_s, Severity::Critical, Care::Taken), start + 100s);
    QVERIFY(ledger.take().silence);
    QVERIFY(!ledger.deadline());
    // Given back, it is not new; its sound goes on.
    ledger.changed(subject(u"a"_s), start + 200s);
    QVERIFY(calls(ledger).empty());
    QCOMPARE(ledger.deadline(), start + 230s);
}

void AlarmLedgerTest::aSnoozeIsTheEndOfNoise()
{
    AlarmRules rules;
    rules.repeatEvery = 30s;
    AlarmLedger ledger = liveLedger(rules);
    ledger.changed(subject(u"a"_s), start);
    calls(ledger);
    ledger.setSnooze(Snooze::On, start + 1s);
    QVERIFY(ledger.take().silence);
    QVERIFY(!ledger.deadline());
    ledger.changed(subject(u"b"_s), start + 2s);
    ledger.changed(subject(u"c"_s, Severity::Warning), start + 3s);
    ledger.changed(subject(u"d"_s), start + 4s);
    ledger.removed(u"d"_s, start + 5s);
    ledger.setFeed(Feed::NotLive, start + 6s);
    ledger.tick(start + 15min);
    QVERIFY(calls(ledger).empty());
    ledger.setSnooze(Snooze::Off, start + 15min);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 2U);
    QCOMPARE(made[0].occasion, Occasion::Snoozed);
    QCOMPARE(made[0].uuids, (QStringList{u"b"_s, u"c"_s}));
    QCOMPARE(made[1].occasion, Occasion::Loss);
    QCOMPARE(ledger.deadline(), start + 15min + 30s);
}

void AlarmLedgerTest::aLossIsToldOnce()
{
    AlarmRules rules;
    rules.lossMeans = AlarmMeans::Notification | AlarmMeans::Sound;
    AlarmLedger ledger = liveLedger(rules);
    ledger.setFeed(Feed::NotLive, start);
    QCOMPARE(ledger.deadline(), start + 60s);
    ledger.setFeed(Feed::Live, start + 59s);
    ledger.setFeed(Feed::NotLive, start + 60s);
    ledger.tick(start + 61s);
    QVERIFY(calls(ledger).empty());
    ledger.tick(start + 120s);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].occasion, Occasion::Loss);
    QVERIFY(made[0].sound);
    ledger.tick(start + 1h);
    QVERIFY(calls(ledger).empty());
    ledger.setFeed(Feed::Live, start + 2h);
    QCOMPARE(ledger.take().withdrawn, std::vector{made[0].id});

    rules.lossMeans = {};
    ledger.setRules(rules, {}, start + 2h);
    ledger.setFeed(Feed::NotLive, start + 2h);
    QVERIFY(!ledger.deadline());
}

void AlarmLedgerTest::noServerIsNoLoss()
{
    AlarmLedger ledger;
    ledger.setFeed(Feed::None, start);
    QVERIFY(!ledger.deadline());
    ledger.setFeed(Feed::NotLive, start);
    QVERIFY(ledger.deadline());
    ledger.setFeed(Feed::None, start);
    QVERIFY(!ledger.deadline());
}

void AlarmLedgerTest::newRulesCallForNothingThatIsSeen()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s, Severity::Info), start);
    AlarmRules rules;
    rules.means.fill(AlarmMeans::Notification | AlarmMeans::Sound);
    ledger.setRules(rules, {subject(u"a"_s, Severity::Info)}, start);
    QVERIFY(calls(ledger).empty());
    ledger.changed(subject(u"b"_s, Severity::Info), start);
    QCOMPARE(calls(ledger).size(), 1U);

    // What is heard no more is silent at once.
    rules.means.fill(AlarmMeans::Notification);
    ledger.setRules(
        rules, {subject(u"a"_s, Severity::Info), subject(u"b"_s, Severity::Info)}, start);
    QVERIFY(ledger.take().silence);
}

void AlarmLedgerTest::whatWaitedWaitsAgainWhereRulesChangeMeanwhile_data()
{
    QTest::addColumn<bool>("byFilter");
    QTest::addColumn<bool>("endsBetween");
    QTest::newRow("a filter is typed in a snooze") << true << false;
    QTest::newRow("a switch is tried in a snooze") << false << false;
    QTest::newRow("the snooze ends under another filter") << true << true;
    QTest::newRow("the snooze ends while all is off") << false << true;
}

void AlarmLedgerTest::whatWaitedWaitsAgainWhereRulesChangeMeanwhile()
{
    QFETCH(const bool, byFilter);
    QFETCH(const bool, endsBetween);
    AlarmRules others;
    AlarmSubject waited = subject(u"waited"_s);
    AlarmSubject came = subject(u"came"_s);
    if (byFilter)
        waited.concern = came.concern = Concern::Filtered;
    else
        others.means.fill({});
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"called"_s), start);
    calls(ledger);
    ledger.setSnooze(Snooze::On, start + 1s);
    ledger.changed(subject(u"waited"_s), start + 2s);
    ledger.setRules(others, {subject(u"called"_s), waited}, start + 3s);
    // Not wanted when it came, it is seen by who wants it now.
    ledger.changed(came, start + 4s);
    if (endsBetween)
        ledger.setSnooze(Snooze::Off, start + 5s);
    QVERIFY(calls(ledger).empty());
    ledger.setRules(
        {}, {subject(u"called"_s), subject(u"waited"_s), subject(u"came"_s)}, start + 6s);
    std::vector<AlarmCall> made = calls(ledger);
    QCOMPARE(made.empty(), !endsBetween);
    if (!endsBetween) {
        ledger.setSnooze(Snooze::Off, start + 7s);
        made = calls(ledger);
    }
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].uuids, QStringList{u"waited"_s});
    QCOMPARE(made[0].occasion, endsBetween ? Occasion::New : Occasion::Snoozed);
    // Once.
    ledger.setRules(others, {subject(u"called"_s), waited, came}, start + 8s);
    ledger.setRules(
        {}, {subject(u"called"_s), subject(u"waited"_s), subject(u"came"_s)}, start + 9s);
    QVERIFY(calls(ledger).empty());
}

void AlarmLedgerTest::anotherServerBeginsAnew()
{
    AlarmLedger ledger = liveLedger();
    ledger.changed(subject(u"a"_s), start);
    const auto made = calls(ledger);
    ledger.setFeed(Feed::NotLive, start);
    ledger.restart(start);
    const auto outcome = ledger.take();
    QCOMPARE(outcome.withdrawn, std::vector{made[0].id});
    QVERIFY(outcome.silence);
    ledger.changed(subject(u"a"_s), start);
    ledger.setFeed(Feed::Live, start);
    QCOMPARE(calls(ledger).at(0).occasion, Occasion::Start);
}

// Switched off and on again: the next list is not the first one any more.
void AlarmLedgerTest::beginsAnewWhileTheListIsLive()
{
    AlarmLedger ledger = liveLedger();
    ledger.restart(start + 1s);
    ledger.setFeed(Feed::Live, start + 1s);
    calls(ledger);
    ledger.setFeed(Feed::NotLive, start + 2s);
    ledger.changed(subject(u"a"_s, Severity::Warning), start + 3s);
    ledger.setFeed(Feed::Live, start + 4s);
    const auto made = calls(ledger);
    QCOMPARE(made.size(), 1U);
    QCOMPARE(made[0].occasion, Occasion::Meanwhile);
}

QTEST_GUILESS_MAIN(AlarmLedgerTest)
#include "tst_alarmledger.moc"
