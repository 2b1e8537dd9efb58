// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "roomledgerworld.h"
#include "slowserver.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace tocsin::roomledger;
using namespace std::chrono_literals;
using Verdict = RoomLedger::Verdict;

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
    void waitsForItsTurn();
    void waitsForAPartThatIsComing();
    void takesAListWhosePartsComeLate();
    void takesItsTimeOverAListWithAHole_data();
    void takesItsTimeOverAListWithAHole();
    void takesItsTimeOverListsThatAreBehind();
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
            switch (number % 19) {
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
            case 12: world.receivePart(); break;
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

void RoomLedgerTest::waitsForItsTurn()
{
    SlowServer server({room, QStringLiteral("b"), QStringLiteral("c")});
    server.pass(1h);
    QVERIFY(server.isLive());
    QVERIFY(server.isIdle());
    QCOMPARE(server.joins, 3);
    QCOMPARE(server.passedOver, 0);
    QCOMPARE(server.arrivals, 3);

    // One that is never answered is asked for again once the others are.
    RoomLedger ledger;
    MonotonicTime now{1h};
    const QString other = QStringLiteral("b");
    ledger.want(room, now);
    ledger.want(other, now);
    ledger.sessionStarted(now);
    for (int part = 0; part <= 7; ++part, now += 8s) {
        ledger.tick(now);
        if (part == 0)
            ledger.joined({room, QStringLiteral("e"), 1, false}, now);
        else
            QCOMPARE(ledger.snapshotPart({room, QStringLiteral("e"), 1, {}, part, 7}, now),
                Verdict::Apply);
    }
    [[maybe_unused]] const auto before = ledger.take();
    ledger.tick(now + 2s);
    const auto outputs = ledger.take();
    const auto *join = std::get_if<RoomLedger::Join>(&outputs.back());
    QVERIFY(join);
    QCOMPARE(join->room, other);
}

void RoomLedgerTest::waitsForAPartThatIsComing()
{
    SlowServer server({room, QStringLiteral("b")});
    server.parts = 1;
    server.partTime = 56s; // four mebibytes at 64 KiB a second
    server.isSeenComing = true;
    server.pass(1h);
    QVERIFY(server.isLive());
    QCOMPARE(server.joins, 2);
    QCOMPARE(server.passedOver, 0);

    // Not for ever: what keeps coming may be anything.
    RoomLedger ledger;
    const MonotonicTime start{1h};
    ledger.want(room, start);
    ledger.sessionStarted(start);
    [[maybe_unused]] const auto first = ledger.take();
    for (auto time = 1s; time < 60s; time += 1s) {
        ledger.partReceived(start + time);
        ledger.tick(start + time);
        QVERIFY(ledger.take().empty());
    }
    ledger.tick(start + 60s);
    QCOMPARE(ledger.take().size(), 1U);
}

void RoomLedgerTest::takesAListWhosePartsComeLate()
{
    SlowServer server({room});
    server.partTime = 13s; // longer than an answer is waited for
    server.pass(7 * 13s);
    // The list that came first, though it was asked for again meanwhile.
    QCOMPARE(server.arrivals, 1);
    QCOMPARE(server.joins, 2);
    QCOMPARE(server.passedOver, 0);
    // And the one that this brought, as slow, and asked for once.
    server.pass(1h);
    QVERIFY(server.isLive());
    QVERIFY(server.isIdle());
    QCOMPARE(server.joins, 2);
    QCOMPARE(server.passedOver, 0);
}

void RoomLedgerTest::takesItsTimeOverAListWithAHole_data()
{
    QTest::addColumn<int>("part");
    QTest::newRow("at its beginning") << 1;
    QTest::newRow("within") << 2;
    QTest::newRow("at its end") << 3;
}

void RoomLedgerTest::takesItsTimeOverAListWithAHole()
{
    QFETCH(int, part);
    SlowServer server({room});
    server.parts = 3;
    server.partTime = 5ms;
    server.unreadable = {part};
    server.pass(20s);
    QVERIFY2(server.joins <= 2, qPrintable(QString::number(server.joins)));
    server.pass(10min);
    QVERIFY2(server.joins <= 14, qPrintable(QString::number(server.joins)));
    QVERIFY(!server.isLive());
    server.unreadable.clear();
    server.pass(1min);
    QVERIFY(server.isLive());
}

void RoomLedgerTest::takesItsTimeOverListsThatAreBehind()
{
    // Each list is older than the heads that are told, and nothing is ever recovered.
    RoomLedger ledger;
    MonotonicTime now{1h};
    ledger.want(room, now);
    ledger.sessionStarted(now);
    int joins = 0;
    for (qint64 seq = 1; seq <= 1000; ++seq, now += 20ms) {
        ledger.tick(now);
        bool isAsked = false;
        for (const auto &output : ledger.take())
            isAsked = isAsked || std::holds_alternative<RoomLedger::Join>(output);
        if (!isAsked)
            continue;
        ++joins;
        ledger.joined({room, QStringLiteral("e"), seq, false}, now);
        ledger.heads({{room, seq + 1}}, now);
        QCOMPARE(
            ledger.snapshotPart({room, QStringLiteral("e"), seq, {}, 1, 1}, now), Verdict::Apply);
    }
    // At once the first time, as what was passed over is there to be recovered, mostly.
    QCOMPARE(joins, 2);
    QVERIFY(ledger.freshness(room) != RoomFreshness::Live);
    QVERIFY(ledger.deadline().has_value());
}

QTEST_GUILESS_MAIN(RoomLedgerTest)
#include "tst_roomledger.moc"
