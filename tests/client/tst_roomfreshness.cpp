// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What a room ledger calls live, and what it does not: there must be no false calm.
#include "client/roomledger.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using Verdict = RoomLedger::Verdict;

namespace {

const QString room = QStringLiteral("account:acme");
const QString epoch = QStringLiteral("e");

/// A ledger with its clock, told what servers say.
class Story
{
public:
    Story()
    {
        ledger.want(room, now);
        ledger.sessionStarted(now);
        forgetOutputs();
    }
    void forgetOutputs() { outputs = ledger.take(); }
    Verdict message(qint64 seq, const QString &in = room)
    {
        return ledger.judge({QStringLiteral("incident.updated"), {}, in, seq}, now);
    }
    Verdict plain(const QString &name = QStringLiteral("incident.updated"))
    {
        return ledger.judge({name, {}, {}, 0}, now);
    }
    void joined(qint64 seq, bool recovered) { ledger.joined({room, epoch, seq, recovered}, now); }
    Verdict part(qint64 seq, int part = 1, int parts = 1)
    {
        return ledger.snapshotPart({room, epoch, seq, {}, part, parts}, now);
    }
    void heads(qint64 seq) { ledger.heads({{room, seq}}, now); }
    void pass(std::chrono::milliseconds time)
    {
        now += time;
        ledger.tick(now);
    }
    void becomeLive(qint64 seq = 5)
    {
        joined(seq, false);
        QCOMPARE(part(seq), Verdict::Apply);
        QCOMPARE(freshness(), RoomFreshness::Live);
        forgetOutputs();
    }
    void reconnect()
    {
        ledger.sessionEnded();
        ledger.sessionStarted(now);
        ledger.sessionFollowsAnother();
    }
    [[nodiscard]] RoomFreshness freshness() const { return ledger.freshness(room); }
    /// Of the outputs since the last time that they were looked at.
    template <typename T>
    [[nodiscard]] std::vector<T> take()
    {
        forgetOutputs();
        std::vector<T> found;
        for (const auto &output : outputs) {
            if (const T *one = std::get_if<T>(&output))
                found.push_back(*one);
        }
        return found;
    }

    RoomLedger ledger{60s};
    RoomLedger::Outputs outputs;
    MonotonicTime now{1h};
};

} // namespace

class RoomFreshnessTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isStaleWhenTheServerSaysNothingOfIt();
    void staysVerifiedByHeadsWithoutWakingUp();
    void staysVerifiedByMessages();
    void doesWithoutVerificationWhereItIsOff();
    void isNotLiveWhileTheSessionIsInDoubt();
    void isNotCurrentOnlyBecauseTheDoubtIsGone();
    void knowsWhenItWasTrue();
    void saysWhichRecoveryFollows();
    void isNotLiveBeforeALateAnswerIsCarriedOut();
    void countsHeadsThatComeDuringARecovery();
    void refusesPartsThatDisagree();
    void staysUnansweredWhereTheJoinIsRefused();
    void isNotTakenForAPlainServersRoom();
    void takesBackThatTheServerIsPlain();
    void isLiveOnAPlainServerOnlyInAUsableSession();
    void followsAServerThatBecamePlain();
    void asksForARefreshOnceAReconnect();
    void asksForNoRefreshWhereItRecovers();
};

void RoomFreshnessTest::isStaleWhenTheServerSaysNothingOfIt()
{
    Story story;
    story.becomeLive();
    story.pass(59'999ms);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QVERIFY(story.take<RoomLedger::Join>().empty());
    story.pass(1ms);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    const auto joins = story.take<RoomLedger::Join>();
    QCOMPARE(joins.size(), 1U);
    QCOMPARE(joins[0].since, (RoomPosition{epoch, 5}));
    // Not before all of the answer has come.
    story.joined(7, true);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    QCOMPARE(story.message(6), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    QCOMPARE(story.message(7), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QCOMPARE(story.take<RoomLedger::FreshnessChanged>().size(), 1U);
}

void RoomFreshnessTest::staysVerifiedByHeadsWithoutWakingUp()
{
    Story story;
    story.becomeLive();
    for (int i = 0; i < 100; ++i) {
        story.now += 25s;
        story.heads(5);
        QVERIFY(*story.ledger.deadline() == story.now + 60s);
    }
    story.ledger.tick(story.now);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    // Heads that name other rooms only are no word of this one.
    for (int i = 0; i < 3; ++i) {
        story.now += 25s;
        story.ledger.heads({{QStringLiteral("other"), 5}}, story.now);
    }
    story.ledger.tick(story.now);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
}

void RoomFreshnessTest::staysVerifiedByMessages()
{
    Story story;
    story.becomeLive();
    const auto deadline = story.ledger.deadline();
    for (qint64 seq = 6; seq < 16; ++seq) {
        story.now += 5s;
        QCOMPARE(story.message(seq), Verdict::Apply);
        QVERIFY(story.ledger.deadline() == deadline); // no timer to set for each message
    }
    story.pass(20s);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QVERIFY(*story.ledger.deadline() == story.now + 40s);
    // What was had before says nothing new.
    story.now += 30s;
    QCOMPARE(story.message(15), Verdict::Duplicate);
    story.pass(10s);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
}

void RoomFreshnessTest::doesWithoutVerificationWhereItIsOff()
{
    Story story;
    story.ledger = RoomLedger(0s);
    story.ledger.want(room, story.now);
    story.ledger.sessionStarted(story.now);
    story.becomeLive();
    QVERIFY(!story.ledger.deadline());
    story.pass(24h);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
}

void RoomFreshnessTest::isNotLiveWhileTheSessionIsInDoubt()
{
    Story story;
    story.becomeLive();
    story.ledger.doubt();
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    QCOMPARE(story.message(6), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.ledger.confirm(story.now);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QVERIFY(story.take<RoomLedger::Join>().empty());
    // A plain server's rooms are no exception, and a new session begins without the doubt.
    Story plain;
    plain.plain();
    plain.ledger.doubt();
    QCOMPARE(plain.freshness(), RoomFreshness::Stale);
    plain.ledger.want(QStringLiteral("other"), plain.now);
    QCOMPARE(plain.ledger.freshness(QStringLiteral("other")), RoomFreshness::Stale);
    plain.reconnect();
    plain.plain();
    QCOMPARE(plain.freshness(), RoomFreshness::Live);
}

void RoomFreshnessTest::isNotCurrentOnlyBecauseTheDoubtIsGone()
{
    Story story;
    story.becomeLive();
    story.ledger.doubt();
    story.heads(8);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.ledger.confirm(story.now);
    QCOMPARE(story.freshness(), RoomFreshness::Recovering);

    // Nor is what was confirmed last before the sleep.
    Story overdue;
    overdue.becomeLive();
    overdue.ledger.doubt();
    overdue.now += 1h;
    overdue.ledger.confirm(overdue.now);
    QCOMPARE(overdue.freshness(), RoomFreshness::Stale);
    QCOMPARE(overdue.take<RoomLedger::Join>().size(), 1U);
    overdue.joined(5, true);
    QCOMPARE(overdue.freshness(), RoomFreshness::Live);
}

void RoomFreshnessTest::knowsWhenItWasTrue()
{
    Story story;
    QVERIFY(!story.ledger.lastVerified(room));
    story.becomeLive();
    story.now += 10s;
    story.heads(5);
    const MonotonicTime verified = story.now;
    story.now += 5s;
    story.ledger.doubt();
    story.heads(5); // may have waited in the socket
    QVERIFY(story.ledger.lastVerified(room) == verified);
    story.ledger.sessionEnded();
    const auto changes = story.take<RoomLedger::FreshnessChanged>();
    QCOMPARE(changes.size(), 1U);
    QCOMPARE(changes[0].freshness, RoomFreshness::Stale);
    QVERIFY(changes[0].lastVerified == verified);

    Story plain;
    plain.plain();
    plain.now += 10s;
    plain.plain();
    plain.now += 10s;
    plain.ledger.sessionEnded();
    QVERIFY(plain.ledger.lastVerified(room) == plain.now - 10s);
}

void RoomFreshnessTest::saysWhichRecoveryFollows()
{
    Story story;
    story.joined(5, false);
    auto started = story.take<RoomLedger::RecoveryStarted>();
    QCOMPARE(started.size(), 1U);
    QCOMPARE(started[0].recovery, RoomRecovery::Snapshot);
    QCOMPARE(story.part(5, 1, 2), Verdict::Apply);
    QCOMPARE(story.part(5, 2, 2), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Live);

    story.reconnect();
    story.forgetOutputs();
    story.joined(5, true); // nothing was missed
    QVERIFY(story.take<RoomLedger::RecoveryStarted>().empty());
    QCOMPARE(story.freshness(), RoomFreshness::Live);

    story.reconnect();
    story.forgetOutputs();
    story.joined(6, true);
    started = story.take<RoomLedger::RecoveryStarted>();
    QCOMPARE(started.size(), 1U);
    QCOMPARE(started[0].recovery, RoomRecovery::Replay);
    QCOMPARE(story.message(6), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QVERIFY(story.take<RoomLedger::RecoveryStarted>().empty());
}

void RoomFreshnessTest::isNotLiveBeforeALateAnswerIsCarriedOut()
{
    Story story;
    story.becomeLive();
    // The second answer to a join that was sent twice, with more in it than the first.
    story.joined(7, true);
    QCOMPARE(story.freshness(), RoomFreshness::Recovering);
    story.message(6);
    story.message(7);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
}

void RoomFreshnessTest::countsHeadsThatComeDuringARecovery()
{
    Story replay;
    replay.becomeLive();
    replay.reconnect();
    replay.joined(7, true);
    replay.heads(8);
    replay.message(6);
    replay.message(7);
    QCOMPARE(replay.freshness(), RoomFreshness::Recovering);
    replay.message(8);
    QCOMPARE(replay.freshness(), RoomFreshness::Live);

    Story snapshot;
    snapshot.joined(5, false);
    snapshot.part(5, 1, 2);
    snapshot.heads(6);
    snapshot.forgetOutputs();
    QCOMPARE(snapshot.part(5, 2, 2), Verdict::Apply);
    QCOMPARE(snapshot.freshness(), RoomFreshness::Recovering);
    const auto joins = snapshot.take<RoomLedger::Join>();
    QCOMPARE(joins.size(), 1U);
    QCOMPARE(joins[0].since, (RoomPosition{epoch, 5}));

    // Also where it was asked for again meanwhile.
    Story late;
    late.joined(5, false);
    late.part(5, 1, 2);
    late.pass(10s);
    QCOMPARE(late.take<RoomLedger::Join>().size(), 1U);
    QCOMPARE(late.freshness(), RoomFreshness::Recovering);
    late.heads(6);
    QCOMPARE(late.part(5, 2, 2), Verdict::Apply);
    QCOMPARE(late.freshness(), RoomFreshness::Recovering);
    QCOMPARE(late.message(6), Verdict::Apply);
    QCOMPARE(late.freshness(), RoomFreshness::Live);
}

void RoomFreshnessTest::refusesPartsThatDisagree()
{
    Story story;
    story.joined(5, false);
    QCOMPARE(story.part(5, 1, 3), Verdict::Apply);
    QCOMPARE(story.part(5, 2, 2), Verdict::Gap); // half a list that calls itself whole
    QVERIFY(story.freshness() != RoomFreshness::Live);
    QVERIFY(story.take<RoomLedger::Join>().empty());
    story.pass(10s);
    QCOMPARE(story.take<RoomLedger::Join>().size(), 1U);
}

void RoomFreshnessTest::staysUnansweredWhereTheJoinIsRefused()
{
    Story story;
    story.plain(QStringLiteral("auth.ok"));
    QCOMPARE(story.plain(QStringLiteral("error")), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Joining);
    story.pass(5s);
    QCOMPARE(story.take<RoomLedger::Join>().size(), 1U);
    QCOMPARE(story.freshness(), RoomFreshness::Joining);
}

void RoomFreshnessTest::isNotTakenForAPlainServersRoom()
{
    // Some messages of a gateway are published to no room.
    Story story;
    story.becomeLive();
    story.reconnect();
    QCOMPARE(story.plain(), Verdict::Apply);
    QCOMPARE(story.freshness(), RoomFreshness::Recovering);
    story.heads(5);
    story.pass(5s);
    QCOMPARE(story.freshness(), RoomFreshness::Recovering);
    QVERIFY(story.ledger.position(room));
    story.joined(5, true);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    // Also one of which only another room was heard.
    Story other;
    QCOMPARE(other.message(3, QStringLiteral("left")), Verdict::NotWanted);
    other.plain();
    QCOMPARE(other.freshness(), RoomFreshness::Joining);
}

void RoomFreshnessTest::takesBackThatTheServerIsPlain()
{
    Story story;
    story.plain();
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QCOMPARE(story.message(3), Verdict::Duplicate);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.forgetOutputs();
    story.pass(5s); // no answer to the join that was sent first
    QCOMPARE(story.take<RoomLedger::Join>().size(), 1U);
    story.joined(3, false);
    story.part(3);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QCOMPARE(story.ledger.position(room), (RoomPosition{epoch, 3}));
}

void RoomFreshnessTest::isLiveOnAPlainServerOnlyInAUsableSession()
{
    Story story;
    story.plain();
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    story.pass(24h); // no word of the server is expected
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    story.ledger.sessionEnded();
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.ledger.sessionStarted(story.now);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.pass(4999ms);
    QCOMPARE(story.freshness(), RoomFreshness::Stale);
    story.pass(1ms); // long enough up to count as usable
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    // A server of which nothing is known may be a gateway that is slow to answer.
    Story unknown;
    unknown.pass(5s);
    QCOMPARE(unknown.freshness(), RoomFreshness::Joining);
}

void RoomFreshnessTest::followsAServerThatBecamePlain()
{
    Story story;
    story.becomeLive();
    story.reconnect();
    story.forgetOutputs();
    story.plain();
    QVERIFY(story.take<RoomLedger::RefreshNeeded>().empty());
    story.pass(5s);
    QCOMPARE(story.freshness(), RoomFreshness::Live);
    QVERIFY(!story.ledger.position(room));
    QCOMPARE(story.take<RoomLedger::RefreshNeeded>().size(), 1U);
    QVERIFY(!story.ledger.deadline());
}

void RoomFreshnessTest::asksForARefreshOnceAReconnect()
{
    const auto refreshes = [](Story &story) { return story.take<RoomLedger::RefreshNeeded>(); };
    Story story;
    story.plain();
    story.pass(1h);
    QVERIFY(refreshes(story).empty()); // nothing was missed before the first session
    for (int i = 0; i < 3; ++i) {
        story.reconnect();
        QCOMPARE(refreshes(story).size(), 1U);
        story.plain();
        story.pass(5s);
        QVERIFY(refreshes(story).empty());
    }
    // Known for plain only by what it says in the second session, or by saying nothing at all.
    Story late;
    late.reconnect();
    QVERIFY(refreshes(late).empty());
    late.plain();
    QCOMPARE(refreshes(late).size(), 1U);
    // Whoever believes the freshness has heard before that something is missing.
    Story order;
    order.reconnect();
    order.forgetOutputs();
    order.plain();
    bool told = false;
    bool isAhead = false;
    for (const auto &output : order.ledger.take()) {
        told = told || std::holds_alternative<RoomLedger::RefreshNeeded>(output);
        isAhead = isAhead || (told && std::holds_alternative<RoomLedger::FreshnessChanged>(output));
    }
    QVERIFY(isAhead);
    Story silent;
    silent.reconnect();
    silent.pass(4999ms);
    QVERIFY(refreshes(silent).empty());
    silent.pass(1ms);
    QCOMPARE(refreshes(silent).size(), 1U);
    silent.plain();
    QVERIFY(refreshes(silent).empty());
}

void RoomFreshnessTest::asksForNoRefreshWhereItRecovers()
{
    Story story;
    story.becomeLive();
    story.reconnect();
    story.pass(5s);
    story.joined(5, true);
    story.plain();
    story.pass(1h);
    QVERIFY(story.take<RoomLedger::RefreshNeeded>().empty());
    // One that is slow to answer the join, but answers `auth` as only such servers do.
    Story slow;
    slow.plain(QStringLiteral("auth.ok"));
    slow.reconnect();
    slow.plain(QStringLiteral("auth.ok"));
    slow.pass(30s);
    QVERIFY(slow.take<RoomLedger::RefreshNeeded>().empty());
    // And one that took the place of a plain server is asked for nothing after the first time.
    Story upgraded;
    upgraded.plain();
    upgraded.reconnect();
    upgraded.becomeLive();
    upgraded.reconnect();
    upgraded.joined(5, true);
    QVERIFY(upgraded.take<RoomLedger::RefreshNeeded>().empty());
}

QTEST_GUILESS_MAIN(RoomFreshnessTest)
#include "tst_roomfreshness.moc"
