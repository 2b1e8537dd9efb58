// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/connectionmachine.h"
#include "client/connectionstory.h"

#include <QTest>

#include <algorithm>

using namespace tocsin;
using namespace std::chrono_literals;
using Machine = ConnectionMachine;
using State = Machine::State;

namespace {

template <typename T>
std::ptrdiff_t indexOf(const Machine::Outputs &outputs)
{
    const auto found = std::ranges::find_if(
        outputs, [](const auto &output) { return std::holds_alternative<T>(output); });
    return found == outputs.end() ? -1 : found - outputs.begin();
}

} // namespace

class ConnectionMachineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsItsInvariantsForAnySequence();
    void connectsOnceForManyConnects();
    void leavesConnectedBeforeTheSocketGoes();
    void growsThroughFiftyAcceptThenClose();
    void startsAfreshAfterGivingUp();
    void countsASilentSessionAsUsableAfterFiveSeconds();
    void retriesAtOnceWhenItWoke();
    void refreshesTheTokenOnceAfterARefusal();
    void beginsAtTheThirdStepWhenRateLimited();
    void waitsForTheNetworkAndConnectsAtOnceWhenItIsBack();
    void pausesWhileHidden();
    void goesOnWhileHiddenWhenToldTo();
    void isNotRevivedAfterDisconnect();
    void timesOutAnAttemptWithoutAnswer();
};

void ConnectionMachineTest::holdsItsInvariantsForAnySequence()
{
    std::size_t steps = 0;
    const bool held = rc::check("invariants", [&steps] {
        const auto numbers = *rc::gen::container<std::vector<quint32>>(
            rc::gen::inRange<quint32>(0, std::numeric_limits<quint32>::max()));
        ConnectionOptions options;
        if (!numbers.empty()) {
            options.reconnect = numbers[0] % 8 != 0;
            if (numbers[0] % 3 == 0)
                options.maxReconnectAttempts = int(numbers[0] / 8 % 4);
            options.whenHidden = numbers[0] % 2 ? WhenHidden::Pause : WhenHidden::Continue;
        }
        Machine machine(options, [] { return nearlyOne; });
        Reference reference(options);
        MonotonicTime now{1h};
        steps += numbers.size();
        for (const quint32 number : numbers) {
            bool isTick = false;
            const auto input = inputFor(number, reference.alive(), isTick);
            if (isTick && number % 3 != 0 && machine.deadline())
                now = std::max(now, *machine.deadline());
            else
                now += std::chrono::milliseconds(number % 7'001);
            const auto due = machine.deadline();
            reference.check(input, machine.handle(input, now), machine, now, due);
        }
    });
    QVERIFY(held);
    qInfo("%zu steps", steps);
}

void ConnectionMachineTest::connectsOnceForManyConnects()
{
    Story story;
    // Nothing but the state is said again, for the one who asked without knowing it.
    const auto onlyTheState = [&] {
        const auto outputs = story.say(Machine::Connect{});
        const auto *said = find<Machine::StateChanged>(outputs);
        return outputs.size() == 1 && said && said->state == story.machine.state();
    };
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::Connect{})));
    for (int i = 0; i < 10; ++i)
        QVERIFY(onlyTheState());
    story.openSession();
    QVERIFY(onlyTheState());
}

void ConnectionMachineTest::leavesConnectedBeforeTheSocketGoes()
{
    Story story;
    story.openSession();
    const auto outputs = story.close(1006);
    QCOMPARE(indexOf<Machine::StateChanged>(outputs), 0);
    QVERIFY(indexOf<Machine::StateChanged>(outputs) < indexOf<Machine::Drop>(outputs));
    QVERIFY(indexOf<Machine::Drop>(outputs) < indexOf<Machine::Disconnected>(outputs));
    QVERIFY(
        indexOf<Machine::Disconnected>(outputs) < indexOf<Machine::ReconnectScheduled>(outputs));
}

void ConnectionMachineTest::growsThroughFiftyAcceptThenClose()
{
    Story story({.maxReconnectAttempts = 50});
    story.say(Machine::Connect{});
    std::chrono::milliseconds previous{0};
    for (int i = 1; i <= 50; ++i) {
        story.openSession(Machine::Life::Frame);
        const auto outputs = story.close(4100);
        const auto *scheduled = find<Machine::ReconnectScheduled>(outputs);
        QVERIFY(scheduled);
        QCOMPARE(scheduled->attempt, i);
        QVERIFY(scheduled->delay >= previous);
        previous = scheduled->delay;
        QVERIFY(find<Machine::RequestCredentials>(story.passToDeadline()));
    }
    story.openSession(Machine::Life::Frame);
    const auto outputs = story.close(4100);
    const auto *failed = find<Machine::ReconnectFailed>(outputs);
    QVERIFY(failed);
    QCOMPARE(failed->attempts, 50);
    QCOMPARE(story.machine.state(), State::Disconnected);
}

void ConnectionMachineTest::startsAfreshAfterGivingUp()
{
    Story story({.maxReconnectAttempts = 0});
    story.say(Machine::Connect{});
    QVERIFY(find<Machine::ReconnectFailed>(story.close(1006)));
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::Connect{})));
}

void ConnectionMachineTest::countsASilentSessionAsUsableAfterFiveSeconds()
{
    Story story;
    story.openSession(Machine::Life::Frame);
    story.pass(5s);
    story.close(1006);
    story.passToDeadline();
    story.say(Machine::CredentialsReady{story.attempt});
    const auto outputs = story.say(Machine::Opened{story.attempt});
    QVERIFY(find<Machine::Connected>(outputs)->reconnected);
}

void ConnectionMachineTest::retriesAtOnceWhenItWoke()
{
    Story story;
    story.openSession();
    story.close(1006);
    QCOMPARE(story.machine.state(), State::Reconnecting);
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::Woke{})));
    // An attempt under way has its time, asleep or not.
    QVERIFY(story.say(Machine::Woke{}).empty());
    story.now += 1h;
    QVERIFY(find<Machine::ErrorOccurred>(story.say(Machine::Woke{})));
    QCOMPARE(story.machine.state(), State::Reconnecting);
    // Nor does waking revive what was disconnected on purpose.
    story.say(Machine::Disconnect{});
    QVERIFY(story.say(Machine::Woke{}).empty());
}

void ConnectionMachineTest::refreshesTheTokenOnceAfterARefusal()
{
    Story story;
    story.openSession(Machine::Life::Frame);
    QVERIFY(find<Machine::ReconnectScheduled>(story.close(4001)));
    QVERIFY(find<Machine::RequestCredentials>(story.passToDeadline()));
    story.openSession(Machine::Life::Frame);
    QVERIFY(find<Machine::AuthenticationFailed>(story.close(4001)));
    QCOMPARE(story.machine.state(), State::Disconnected);

    // A session that was accepted in between makes the next refusal a first one.
    Story accepted;
    accepted.openSession(Machine::Life::Frame);
    accepted.close(4001);
    accepted.passToDeadline();
    accepted.openSession(Machine::Life::Authenticated);
    QVERIFY(find<Machine::ReconnectScheduled>(accepted.close(4001)));
}

void ConnectionMachineTest::beginsAtTheThirdStepWhenRateLimited()
{
    Story story;
    story.openSession();
    const auto outputs = story.close(4029);
    QVERIFY(find<Machine::ReconnectScheduled>(outputs)->delay == 1998ms);
}

void ConnectionMachineTest::waitsForTheNetworkAndConnectsAtOnceWhenItIsBack()
{
    Story story;
    story.openSession();
    auto outputs = story.say(Machine::ReachabilityChanged{Machine::Reachability::Offline});
    QVERIFY(find<Machine::Disconnected>(outputs));
    QCOMPARE(story.machine.state(), State::Disconnected);
    QCOMPARE(story.machine.pause(), Machine::Pause::Offline);
    QVERIFY(story.pass(1h).empty());
    outputs = story.say(Machine::ReachabilityChanged{Machine::Reachability::Online});
    QVERIFY(find<Machine::RequestCredentials>(outputs));
    QCOMPARE(story.machine.state(), State::Connecting);
}

void ConnectionMachineTest::pausesWhileHidden()
{
    Story story;
    story.openSession();
    QVERIFY(story.say(Machine::VisibilityChanged{false}).empty()); // what is live stays
    story.close(1006);
    QCOMPARE(story.machine.pause(), Machine::Pause::Hidden);
    QVERIFY(!story.machine.deadline());
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::VisibilityChanged{true})));
}

void ConnectionMachineTest::goesOnWhileHiddenWhenToldTo()
{
    Story story({.whenHidden = WhenHidden::Continue});
    story.openSession();
    story.say(Machine::VisibilityChanged{false});
    QVERIFY(find<Machine::ReconnectScheduled>(story.close(1006)));
}

void ConnectionMachineTest::isNotRevivedAfterDisconnect()
{
    for (const bool everConnected : {false, true}) {
        Story story;
        if (everConnected) {
            story.openSession();
            const auto outputs = story.say(Machine::Disconnect{});
            QCOMPARE(find<Machine::Disconnected>(outputs)->code, 1000);
        }
        QVERIFY(story.say(Machine::ReachabilityChanged{Machine::Reachability::Offline}).empty());
        QVERIFY(story.say(Machine::ReachabilityChanged{Machine::Reachability::Online}).empty());
        QVERIFY(story.say(Machine::NetworkChanged{}).empty());
        QVERIFY(story.say(Machine::VisibilityChanged{false}).empty());
        QVERIFY(story.say(Machine::VisibilityChanged{true}).empty());
        QVERIFY(story.say(Machine::ReconnectNow{}).empty());
        QVERIFY(story.close(1006).empty());
        QCOMPARE(story.machine.state(), State::Disconnected);
    }
}

void ConnectionMachineTest::timesOutAnAttemptWithoutAnswer()
{
    Story story;
    story.say(Machine::Connect{});
    story.pass(3s);
    story.say(Machine::CredentialsReady{story.attempt}); // its time counts too
    QVERIFY(story.pass(1999ms).empty());
    const auto outputs = story.pass(1ms);
    QVERIFY(find<Machine::ErrorOccurred>(outputs)->error.code == ErrorCode::ConnectionTimeout);
    QVERIFY(find<Machine::Drop>(outputs));
    QVERIFY(find<Machine::ReconnectScheduled>(outputs));
}

QTEST_GUILESS_MAIN(ConnectionMachineTest)
#include "tst_connectionmachine.moc"
