// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/connectionmachine.h"
#include "client/connectionreference.h"

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

/// A machine with its clock, for tests that tell a story.
class Story
{
public:
    explicit Story(ConnectionOptions options = {})
        : machine(options, [] { return nearlyOne; })
    {
    }
    Machine::Outputs say(const Machine::Input &input)
    {
        auto outputs = machine.handle(input, now);
        if (const auto *request = find<Machine::RequestCredentials>(outputs))
            attempt = request->attempt;
        return outputs;
    }
    Machine::Outputs pass(std::chrono::milliseconds time)
    {
        now += time;
        return say(Machine::Tick{});
    }
    Machine::Outputs passToDeadline()
    {
        now = *machine.deadline();
        return say(Machine::Tick{});
    }
    void openSession(Machine::Life life = Machine::Life::Authenticated)
    {
        if (machine.state() == State::Disconnected)
            say(Machine::Connect{});
        say(Machine::CredentialsReady{attempt});
        say(Machine::Opened{attempt});
        if (life != Machine::Life::Frame)
            say(Machine::Received{attempt, life});
    }
    Machine::Outputs close(int code) { return say(Machine::Closed{attempt, {.code = code}}); }

    Machine machine;
    MonotonicTime now{1h};
    AttemptId attempt = 0;
};

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
    void declaresASilentPeerDead();
    void takesAnyFrameAsLife();
    void asksAgainAfterAStall();
    void probesAtOnceWhenItWoke();
    void seesThatItSleptInWhateverComesFirst();
    void isNotReassuredByWhatWaitedInTheSocket();
    void isReassuredByAServerThatOnlyTalks();
    void losesTheConnectionThatDidNotOutliveTheSleep();
    void doesNotCountTheSleepAsASession();
    void retriesAtOnceWhenItWoke();
    void refreshesTheTokenOnceAfterARefusal();
    void beginsAtTheThirdStepWhenRateLimited();
    void waitsForTheNetworkAndConnectsAtOnceWhenItIsBack();
    void probesALiveConnectionWhenTheNetworkComesBack();
    void probesOnceHoweverOftenTheNetworkChanges();
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

void ConnectionMachineTest::declaresASilentPeerDead()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    QVERIFY(story.pass(4999ms).empty());
    const auto outputs = story.pass(1ms);
    QCOMPARE(find<Machine::Disconnected>(outputs)->code, 4000);
    QVERIFY(find<Machine::ErrorOccurred>(outputs)->error.code == ErrorCode::HeartbeatTimeout);
    QCOMPARE(story.machine.state(), State::Reconnecting);
}

void ConnectionMachineTest::takesAnyFrameAsLife()
{
    Story story;
    story.openSession();
    story.pass(25s);
    story.now += 4s;
    story.say(Machine::Received{story.attempt, Machine::Life::Frame});
    QVERIFY(story.pass(10s).empty());
    QCOMPARE(story.machine.state(), State::Connected);
}

void ConnectionMachineTest::asksAgainAfterAStall()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    // The program stood still for a minute: the answer may be waiting in the socket.
    const auto outputs = story.pass(60s);
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QVERIFY(!find<Machine::Disconnected>(outputs));
    QVERIFY(find<Machine::Disconnected>(story.pass(5s)));
}

void ConnectionMachineTest::probesAtOnceWhenItWoke()
{
    Story story;
    story.openSession();
    story.now += 3s;
    auto outputs = story.say(Machine::Woke{});
    QVERIFY(find<Machine::Doubted>(outputs));
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QCOMPARE(story.machine.state(), State::Connected);
    QVERIFY(*story.machine.deadline() == story.now + 5s);
    story.now += 40ms;
    outputs = story.say(Machine::Received{story.attempt, Machine::Life::HeartbeatAnswer});
    QVERIFY(find<Machine::Confirmed>(outputs));
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 40ms);
}

void ConnectionMachineTest::seesThatItSleptInWhateverComesFirst()
{
    for (const bool frameFirst : {false, true}) {
        Story story;
        story.openSession();
        story.now += 25s + Machine::lateness + 1ms;
        const Machine::Input frame = Machine::Received{story.attempt, Machine::Life::Message};
        const auto outputs = story.say(frameFirst ? frame : Machine::Input(Machine::Tick{}));
        QVERIFY(find<Machine::Doubted>(outputs));
        QVERIFY(find<Machine::SendHeartbeat>(outputs));
        QVERIFY(!find<Machine::Confirmed>(outputs));
    }
    Story punctual;
    punctual.openSession();
    QVERIFY(!find<Machine::Doubted>(punctual.pass(25s + Machine::lateness)));
}

void ConnectionMachineTest::isNotReassuredByWhatWaitedInTheSocket()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.pass(25s)));
    story.say(Machine::Woke{}); // the answer to that heartbeat may have come before we slept
    story.now += 1ms;
    const auto say
        = [&](Machine::Life life) { return story.say(Machine::Received{story.attempt, life}); };
    QVERIFY(say(Machine::Life::Message).empty());
    QVERIFY(say(Machine::Life::HeartbeatAnswer).empty());
    const auto outputs = say(Machine::Life::HeartbeatAnswer);
    QVERIFY(find<Machine::Confirmed>(outputs));
    QVERIFY(find<Machine::RoundTrip>(outputs)->duration == 1ms);
}

void ConnectionMachineTest::isReassuredByAServerThatOnlyTalks()
{
    Story story;
    story.openSession();
    story.say(Machine::Woke{});
    story.now += Machine::backlog + 1ms;
    QVERIFY(find<Machine::Confirmed>(
        story.say(Machine::Received{story.attempt, Machine::Life::Message})));
    QVERIFY(story.pass(5s).empty());
}

void ConnectionMachineTest::losesTheConnectionThatDidNotOutliveTheSleep()
{
    Story story;
    story.openSession();
    story.say(Machine::Woke{});
    story.now += 1ms;
    // What waited in the socket does not keep a dead connection.
    QVERIFY(story.say(Machine::Received{story.attempt, Machine::Life::Message}).empty());
    const auto outputs = story.passToDeadline();
    QCOMPARE(find<Machine::Disconnected>(outputs)->code, 4000);
    QVERIFY(!find<Machine::Confirmed>(outputs));
}

void ConnectionMachineTest::doesNotCountTheSleepAsASession()
{
    Story story;
    story.openSession(Machine::Life::Frame);
    story.now += 1h;
    story.say(Machine::Woke{});
    story.close(1006);
    story.passToDeadline();
    story.say(Machine::CredentialsReady{story.attempt});
    QVERIFY(!find<Machine::Connected>(story.say(Machine::Opened{story.attempt}))->reconnected);
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

void ConnectionMachineTest::probesALiveConnectionWhenTheNetworkComesBack()
{
    Story story;
    story.openSession();
    const auto outputs = story.say(Machine::ReachabilityChanged{Machine::Reachability::Online});
    QVERIFY(find<Machine::SendHeartbeat>(outputs));
    QVERIFY(find<Machine::Disconnected>(story.pass(5s)));
}

void ConnectionMachineTest::probesOnceHoweverOftenTheNetworkChanges()
{
    Story story;
    story.openSession();
    QVERIFY(find<Machine::SendHeartbeat>(story.say(Machine::NetworkChanged{})));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(story.pass(1s).empty());
        QVERIFY(story.say(Machine::NetworkChanged{}).empty());
    }
    QVERIFY(find<Machine::Disconnected>(story.pass(1s)));
    // And what waits for its next attempt does not wait any longer.
    QVERIFY(find<Machine::RequestCredentials>(story.say(Machine::NetworkChanged{})));
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
