// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/roomledger.h"

#include <QTest>

#include <rapidcheck.h>

#include <deque>
#include <set>

using namespace tocsin;
using namespace std::chrono_literals;
using Verdict = RoomLedger::Verdict;

namespace {

const QString room = QStringLiteral("account:acme");

struct Published {
    qint64 seq;
};
struct Joined {
    RoomJoinedData data;
};
struct Part {
    RoomSnapshotData data;
};
struct Heads {
    qint64 head;
};
using Frame = std::variant<Published, Joined, Part, Heads>;

/// A server with one room, told independently of the ledger: a history, some of it forgotten, and a
/// wire that may lose what it carries.
struct Server {
    QString epoch = QStringLiteral("e1");
    int epochs = 1;
    qint64 head = 0;
    qint64 forgottenUpTo = 0;
    bool member = false;
    std::deque<Frame> wire;

    void publish()
    {
        ++head;
        if (member)
            wire.emplace_back(Published{head});
    }
    void loseItsHistory()
    {
        epoch = QStringLiteral("e%1").arg(++epochs);
        head = 3;
        forgottenUpTo = 0;
        wire.clear();
        member = false; // it was restarted: the connection goes with it
    }
    void join(const RoomLedger::Join &join)
    {
        member = true;
        const bool recovers = join.since && join.since->epoch == epoch
            && join.since->seq >= forgottenUpTo && join.since->seq <= head;
        wire.emplace_back(Joined{{room, epoch, head, recovers}});
        if (recovers) {
            for (qint64 seq = join.since->seq + 1; seq <= head; ++seq)
                wire.emplace_back(Published{seq});
            return;
        }
        for (int part = 1; part <= 2; ++part)
            wire.emplace_back(Part{{room, epoch, head, {}, part, 2}});
    }
};

/// The application at the other end: what it was given, checked to be whole.
struct Application {
    std::optional<RoomPosition> position;

    void snapshot(const RoomSnapshotData &data) { position = RoomPosition{data.epoch, data.seq}; }
    void apply(qint64 seq)
    {
        RC_ASSERT(position.has_value());
        RC_ASSERT(seq == position->seq + 1);
        position->seq = seq;
    }
};

class World
{
public:
    enum class Rest { WithHeads, WithoutHeads };
    static constexpr auto verificationTimeout = 60s;

    World() { ledger.want(room, now); }

    void connect()
    {
        if (std::exchange(connected, true))
            return;
        refreshed = false;
        ledger.sessionStarted(now);
        carryOut();
        if (std::exchange(everConnected, true)) {
            ledger.sessionFollowsAnother();
            carryOut();
        }
    }
    void cut()
    {
        if (!std::exchange(connected, false))
            return;
        server.wire.clear();
        server.member = false;
        doubted = false;
        recovery.reset();
        ledger.sessionEnded();
        carryOut();
    }
    void deliver(bool loses)
    {
        if (!connected || server.wire.empty())
            return;
        const Frame frame = server.wire.front();
        server.wire.pop_front();
        if (loses)
            return;
        everSequenced = true;
        std::optional<RoomRecovery> expected;
        if (const auto *published = std::get_if<Published>(&frame)) {
            const Envelope envelope{QStringLiteral("incident.created"), {}, room, published->seq};
            if (ledger.judge(envelope, now) == Verdict::Apply) {
                application.apply(published->seq);
                hearTheServersWord();
            }
        } else if (const auto *joined = std::get_if<Joined>(&frame)) {
            if (!joined->data.recovered)
                expected = RoomRecovery::Snapshot;
            else if (ledger.position(room) && ledger.position(room)->seq < joined->data.seq)
                expected = RoomRecovery::Replay;
            ledger.joined(joined->data, now);
            hearTheServersWord();
        } else if (const auto *part = std::get_if<Part>(&frame)) {
            if (ledger.snapshotPart(part->data, now) == Verdict::Apply) {
                RC_ASSERT(recovery == RoomRecovery::Snapshot);
                hearTheServersWord();
                if (part->data.part == part->data.parts)
                    application.snapshot(part->data);
            }
        } else if (const auto *heads = std::get_if<Heads>(&frame)) {
            ledger.heads({{room, heads->head}}, now);
            if (const auto position = ledger.position(room);
                position && position->seq == heads->head)
                hearTheServersWord();
        }
        carryOut(expected);
    }
    void doubt()
    {
        doubted = doubted || connected;
        ledger.doubt();
        carryOut();
    }
    void confirm()
    {
        doubted = false;
        ledger.confirm(now);
        carryOut();
    }
    void hearTheServersWord()
    {
        if (!doubted)
            lastWord = now;
    }
    void tick(std::chrono::milliseconds time)
    {
        now += time;
        ledger.tick(now);
        carryOut();
    }
    /// `expected`: which recovery must be announced, and none where it is absent.
    void carryOut(std::optional<RoomRecovery> expected = {})
    {
        std::optional<RoomRecovery> announced;
        for (const auto &output : ledger.take()) {
            if (const auto *join = std::get_if<RoomLedger::Join>(&output)) {
                RC_ASSERT(connected);
                RC_ASSERT(!join->since || join->since == application.position);
                recovery.reset();
                server.join(*join);
            } else if (const auto *fresh = std::get_if<RoomLedger::FreshnessChanged>(&output)) {
                // Only what the application has can be out of date.
                RC_ASSERT(fresh->freshness != RoomFreshness::Stale || application.position);
                RC_ASSERT(fresh->lastVerified == ledger.lastVerified(room));
                if (fresh->freshness == RoomFreshness::Live) {
                    wasLive = true;
                    recovery.reset();
                }
            } else if (const auto *started = std::get_if<RoomLedger::RecoveryStarted>(&output)) {
                announced = started->recovery;
                recovery = started->recovery;
            } else if (std::holds_alternative<RoomLedger::RefreshNeeded>(output)) {
                RC_ASSERT(connected);
                RC_ASSERT(!everSequenced);
                RC_ASSERT(!std::exchange(refreshed, true));
            }
        }
        RC_ASSERT(announced == expected);
        check();
    }
    void check()
    {
        const auto freshness = ledger.freshness(room);
        if (freshness == RoomFreshness::Live) {
            RC_ASSERT(connected);
            RC_ASSERT(!doubted);
            RC_ASSERT(application.position == ledger.position(room));
            RC_ASSERT(lastWord.has_value());
            RC_ASSERT(now < *lastWord + verificationTimeout);
            RC_ASSERT(ledger.lastVerified(room).has_value());
            RC_ASSERT(*ledger.lastVerified(room) <= *lastWord);
        }
        if (wasLive && doubted)
            RC_ASSERT(freshness == RoomFreshness::Stale);
        if (connected && freshness != RoomFreshness::Live)
            RC_ASSERT(ledger.deadline().has_value());
        if (!connected)
            RC_ASSERT(freshness == RoomFreshness::Stale || freshness == RoomFreshness::Joining);
    }
    /// With nothing lost any more, and also where the server sends no heads, the ledger must come
    /// to be Live and equal to the server.
    void comeToRest(Rest rest)
    {
        connect();
        confirm();
        for (int round = 0; round < 200; ++round) {
            while (!server.wire.empty())
                deliver(false);
            if (ledger.freshness(room) == RoomFreshness::Live && rest == Rest::WithoutHeads) {
                // A lost tail that no head gives away is found by the silence.
                if (application.position == RoomPosition{server.epoch, server.head})
                    break;
                tick(verificationTimeout);
                RC_ASSERT(ledger.freshness(room) == RoomFreshness::Stale);
            } else if (ledger.freshness(room) == RoomFreshness::Live) {
                server.wire.emplace_back(Heads{server.head});
                deliver(false);
                if (server.wire.empty() && ledger.freshness(room) == RoomFreshness::Live)
                    break;
            } else {
                tick(61s);
            }
        }
        RC_ASSERT(ledger.freshness(room) == RoomFreshness::Live);
        RC_ASSERT(application.position == (RoomPosition{server.epoch, server.head}));
    }

    RoomLedger ledger;
    Server server;
    Application application;
    MonotonicTime now{1h};
    bool connected = false;
    bool everConnected = false;
    bool everSequenced = false;
    bool doubted = false;
    bool wasLive = false;
    bool refreshed = false;
    std::optional<RoomRecovery> recovery;
    /// When the server last said that nothing was missing, as far as it can be believed.
    std::optional<MonotonicTime> lastWord;
};

} // namespace

class RoomLedgerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesTheApplicationAnUnbrokenSequence();
    void retriesAJoinThatIsNotAnswered();
    void fillsAGap();
    void noticesALostTail();
    void leavesAPlainServerAlone();
    void startsOverWhenTheServerKnowsLess();
};

void RoomLedgerTest::givesTheApplicationAnUnbrokenSequence()
{
    std::size_t steps = 0;
    const bool held = rc::check("unbroken, and in the end whole", [&steps] {
        const auto numbers
            = *rc::gen::container<std::vector<quint32>>(rc::gen::inRange<quint32>(0, 1U << 16));
        steps += numbers.size();
        World world;
        for (const quint32 number : numbers) {
            switch (number % 18) {
            case 0: world.connect(); break;
            case 1: world.cut(); break;
            case 2: world.tick(std::chrono::milliseconds(number)); break;
            case 3: world.server.wire.emplace_back(Heads{world.server.head}); break;
            case 4:
                if (number % 5 == 0) {
                    world.cut();
                    world.server.loseItsHistory();
                }
                break;
            case 5: world.server.forgottenUpTo = world.server.head; break;
            case 6: world.deliver(number % 3 == 0); break;
            case 7:
            case 8:
            case 9: world.server.publish(); break;
            case 10:
                if (number % 4 != 0)
                    world.doubt();
                else
                    world.tick(World::verificationTimeout);
                break;
            case 11: world.confirm(); break;
            default: world.deliver(false); break;
            }
        }
        const bool silent = !numbers.empty() && numbers.front() % 2 == 0;
        world.comeToRest(silent ? World::Rest::WithoutHeads : World::Rest::WithHeads);
    });
    QVERIFY(held);
    qInfo("%zu steps", steps);
}

void RoomLedgerTest::retriesAJoinThatIsNotAnswered()
{
    RoomLedger ledger;
    const MonotonicTime start{1h};
    ledger.want(room, start);
    ledger.sessionStarted(start);
    QCOMPARE(ledger.take().size(), 1U);
    ledger.tick(start + 4999ms);
    QVERIFY(ledger.take().empty());
    ledger.tick(start + 5s);
    QCOMPARE(ledger.take().size(), 1U);
    ledger.tick(start + 14999ms);
    QVERIFY(ledger.take().empty());
    ledger.tick(start + 15s);
    QCOMPARE(ledger.take().size(), 1U);
}

void RoomLedgerTest::fillsAGap()
{
    World world;
    world.server.publish();
    world.connect();
    while (!world.server.wire.empty())
        world.deliver(false);
    QCOMPARE(world.ledger.freshness(room), RoomFreshness::Live);
    world.server.publish();
    world.server.publish();
    world.deliver(true); // lost
    world.deliver(false);
    QCOMPARE(world.ledger.freshness(room), RoomFreshness::Recovering);
    while (!world.server.wire.empty())
        world.deliver(false);
    QCOMPARE(world.ledger.freshness(room), RoomFreshness::Live);
    QCOMPARE(world.application.position->seq, 3);
}

void RoomLedgerTest::noticesALostTail()
{
    World world;
    world.connect();
    while (!world.server.wire.empty())
        world.deliver(false);
    world.server.publish();
    world.deliver(true);
    QCOMPARE(world.ledger.freshness(room), RoomFreshness::Live); // it cannot know yet
    world.server.wire.emplace_back(Heads{1});
    world.deliver(false);
    QCOMPARE(world.ledger.freshness(room), RoomFreshness::Recovering);
}

void RoomLedgerTest::leavesAPlainServerAlone()
{
    RoomLedger ledger;
    const MonotonicTime start{1h};
    ledger.want(room, start);
    ledger.sessionStarted(start);
    [[maybe_unused]] const auto join = ledger.take();
    // What a gateway too sends without a sequence says nothing.
    QCOMPARE(ledger.judge({QStringLiteral("auth.ok"), {}, {}, 0}, start), Verdict::Apply);
    QVERIFY(ledger.deadline().has_value());
    QCOMPARE(ledger.judge({QStringLiteral("incident.created"), {}, {}, 0}, start), Verdict::Apply);
    QVERIFY(!ledger.deadline().has_value());
    QCOMPARE(ledger.freshness(room), RoomFreshness::Live);
    ledger.want(QStringLiteral("other"), start);
    QVERIFY(!ledger.deadline().has_value());
}

void RoomLedgerTest::startsOverWhenTheServerKnowsLess()
{
    RoomLedger ledger;
    const MonotonicTime now{1h};
    ledger.want(room, now);
    ledger.sessionStarted(now);
    ledger.joined({room, QStringLiteral("e"), 9, false}, now);
    QCOMPARE(ledger.snapshotPart({room, QStringLiteral("e"), 9, {}, 1, 1}, now), Verdict::Apply);
    [[maybe_unused]] const auto before = ledger.take();
    ledger.heads({{room, 4}}, now);
    const auto outputs = ledger.take();
    const auto *join = std::get_if<RoomLedger::Join>(&outputs.back());
    QVERIFY(join);
    QVERIFY(!join->since);
}

QTEST_GUILESS_MAIN(RoomLedgerTest)
#include "tst_roomledger.moc"
