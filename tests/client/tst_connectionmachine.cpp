// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/connectionmachine.h"
#include "protocol/closecode.h"

#include <QTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace tocsin;
using namespace std::chrono_literals;
using Machine = ConnectionMachine;
using State = Machine::State;

namespace {

constexpr double nearlyOne = 0.999;

template <typename T>
const T *find(const Machine::Outputs &outputs)
{
    for (const auto &output : outputs) {
        if (const T *found = std::get_if<T>(&output))
            return found;
    }
    return nullptr;
}

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

/// What any sequence of inputs may and may not bring about, told independently of the machine.
class Reference
{
public:
    explicit Reference(const ConnectionOptions &options)
        : m_options(options)
    {
    }

    void check(const Machine::Input &input, const Machine::Outputs &outputs, const Machine &machine,
        MonotonicTime now)
    {
        before(input, now);
        const State stateBefore = m_state;
        for (const auto &output : outputs)
            std::visit([&](const auto &thing) { take(thing); }, output);
        RC_ASSERT(m_state == machine.state());

        // Inputs of another attempt change nothing.
        if (m_stale) {
            RC_ASSERT(outputs.empty());
            RC_ASSERT(stateBefore == m_state);
        }
        if (!m_wanted)
            RC_ASSERT(m_state == State::Disconnected);
        if (m_state == State::Disconnected)
            RC_ASSERT(!machine.deadline());
        else
            RC_ASSERT(machine.deadline().has_value());
        RC_ASSERT(machine.retryAt().has_value() == (m_state == State::Reconnecting));
        // A tick always leads on: nothing is due in the past, so the shell never spins.
        if (std::holds_alternative<Machine::Tick>(input) && machine.deadline()
            && m_state != State::Reconnecting) {
            RC_ASSERT(*machine.deadline() > now);
        }
        RC_ASSERT(
            m_alive.has_value() == (m_state == State::Connecting || m_state == State::Connected));
    }

    [[nodiscard]] AttemptId alive() const { return m_alive.value_or(0); }

private:
    template <typename Input>
    void foreignOr(const Input &input, Machine::State expected)
    {
        m_stale = !m_alive || input.attempt != *m_alive || m_state != expected;
    }
    void before(const Machine::Input &input, MonotonicTime now)
    {
        m_stale = false;
        m_tickedUsable = false;
        if (std::holds_alternative<Machine::Connect>(input)) {
            if (!m_wanted)
                m_step = 0;
            m_wanted = true;
        } else if (std::holds_alternative<Machine::Disconnect>(input)) {
            m_wanted = false;
        } else if (const auto *received = std::get_if<Machine::Received>(&input)) {
            foreignOr(*received, State::Connected);
            if (!m_stale && received->life != Machine::Life::Frame)
                becomeUsable();
        } else if (const auto *closed = std::get_if<Machine::Closed>(&input)) {
            m_stale = !m_alive || closed->attempt != *m_alive;
            if (!m_stale && closed->loss.code == int(CloseCode::RateLimited))
                m_step = std::max(m_step, 2);
        } else if (const auto *ready = std::get_if<Machine::CredentialsReady>(&input)) {
            m_stale = !m_alive || ready->attempt != *m_alive || m_credentialsGiven;
            if (!m_stale)
                m_credentialsGiven = true;
        } else if (const auto *failed = std::get_if<Machine::CredentialsFailed>(&input)) {
            m_stale = !m_alive || failed->attempt != *m_alive || m_credentialsGiven;
        } else if (const auto *opened = std::get_if<Machine::Opened>(&input)) {
            m_stale = !m_alive || opened->attempt != *m_alive || !m_credentialsGiven
                || m_state == State::Connected;
            if (!m_stale)
                m_openedAt = now;
        } else if (std::holds_alternative<Machine::Tick>(input)) {
            if (m_state == State::Connected && !m_usable && m_openedAt
                && now >= *m_openedAt + Machine::usableAfter) {
                becomeUsable();
            }
        }
    }
    void becomeUsable()
    {
        if (std::exchange(m_usable, true))
            return;
        m_hadUsable = true;
        m_step = 0;
    }

    void take(const Machine::RequestCredentials &output)
    {
        RC_ASSERT(m_wanted);
        RC_ASSERT(!m_alive);
        RC_ASSERT(output.attempt > m_newest);
        RC_ASSERT(m_state == State::Connecting);
        m_newest = output.attempt;
        m_alive = output.attempt;
        m_credentialsGiven = false;
        m_usable = false;
        m_openedAt.reset();
    }
    void take(const Machine::Open &output)
    {
        RC_ASSERT(m_wanted);
        RC_ASSERT(m_alive == output.attempt);
        RC_ASSERT(m_credentialsGiven);
        RC_ASSERT(!std::exchange(m_socket, true));
    }
    void take(const Machine::Greet &output)
    {
        RC_ASSERT(m_alive == output.attempt);
        RC_ASSERT(m_state == State::Connected);
        RC_ASSERT(!m_announcedOpen);
    }
    void take(const Machine::SendHeartbeat &output)
    {
        RC_ASSERT(m_alive == output.attempt);
        RC_ASSERT(m_state == State::Connected);
    }
    void take(const Machine::Drop &output)
    {
        RC_ASSERT(m_alive == output.attempt);
        RC_ASSERT(m_state != State::Connected);
        m_alive.reset();
        m_socket = false;
    }
    void take(const Machine::StateChanged &output) { m_state = output.state; }
    void take(const Machine::Connected &output)
    {
        RC_ASSERT(m_state == State::Connected);
        RC_ASSERT(!std::exchange(m_announcedOpen, true));
        RC_ASSERT(output.reconnected == m_hadUsable);
    }
    void take(const Machine::Disconnected &)
    {
        RC_ASSERT(m_state != State::Connected);
        RC_ASSERT(std::exchange(m_announcedOpen, false));
    }
    void take(const Machine::ReconnectScheduled &output)
    {
        RC_ASSERT(m_wanted);
        RC_ASSERT(m_options.reconnect);
        RC_ASSERT(m_state == State::Reconnecting);
        auto ceiling = m_options.reconnectDelay;
        for (int i = 0; i < m_step && ceiling < m_options.maxReconnectDelay; ++i)
            ceiling *= 2;
        ceiling = std::min(ceiling, m_options.maxReconnectDelay);
        RC_ASSERT(output.delay.count() == qint64(nearlyOne * double(ceiling.count())));
        ++m_step;
    }
    void take(const Machine::ReconnectFailed &output)
    {
        RC_ASSERT(m_options.maxReconnectAttempts.has_value());
        RC_ASSERT(output.attempts >= *m_options.maxReconnectAttempts);
        RC_ASSERT(m_state == State::Disconnected);
        m_wanted = false;
    }
    void take(const Machine::AuthenticationFailed &) { stopped(); }
    void take(const Machine::Stopped &) { stopped(); }
    void take(const Machine::ErrorOccurred &) { }
    void take(const Machine::RoundTrip &output) { RC_ASSERT(output.duration >= 0ms); }
    void stopped()
    {
        RC_ASSERT(m_state == State::Disconnected);
        m_wanted = false;
    }

    ConnectionOptions m_options;
    bool m_wanted = false;
    State m_state = State::Disconnected;
    std::optional<AttemptId> m_alive;
    AttemptId m_newest = 0;
    bool m_credentialsGiven = false;
    bool m_socket = false;
    bool m_announcedOpen = false;
    bool m_usable = false;
    bool m_hadUsable = false;
    bool m_tickedUsable = false;
    bool m_stale = false;
    int m_step = 0;
    std::optional<MonotonicTime> m_openedAt;
};

/// A number of a random sequence, read as something that may happen.
Machine::Input inputFor(quint32 number, AttemptId alive, bool &isTick)
{
    static constexpr std::array codes{
        1000, 1001, 1006, 1008, 1013, 4000, 4001, 4001, 4003, 4008, 4029, 4100, 4401, 4500};
    isTick = false;
    // One in eight speaks for an attempt that is not the present one.
    const AttemptId attempt = (number >> 8) % 8 == 0 ? alive - 1 : alive;
    const quint32 detail = number >> 16;
    switch (number % 20) {
    case 0: return Machine::Connect{};
    case 1: return (detail % 4) == 0 ? Machine::Input(Machine::Disconnect{}) : Machine::Connect{};
    case 2: return Machine::ReconnectNow{};
    case 3:
    case 4:
    case 5: return Machine::CredentialsReady{attempt};
    case 6: return Machine::CredentialsFailed{attempt, {}};
    case 7:
    case 8:
    case 9: return Machine::Opened{attempt};
    case 10:
    case 11: return Machine::Closed{attempt, {.code = codes[detail % codes.size()]}};
    case 12: return Machine::Received{attempt, Machine::Life::Message};
    case 13: return Machine::Received{attempt, Machine::Life(detail % 4)};
    case 14: return Machine::ReachabilityChanged{Machine::Reachability(detail % 3)};
    case 15:
        if (detail % 4 == 3)
            return Machine::NetworkChanged{};
        return Machine::VisibilityChanged{detail % 2 == 0};
    default: isTick = true; return Machine::Tick{};
    }
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
    void declaresASilentPeerDead();
    void takesAnyFrameAsLife();
    void asksAgainAfterAStall();
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
    const bool held = rc::check("invariants", [] {
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
        for (const quint32 number : numbers) {
            bool isTick = false;
            const auto input = inputFor(number, reference.alive(), isTick);
            if (isTick && number % 3 != 0 && machine.deadline())
                now = std::max(now, *machine.deadline());
            else
                now += std::chrono::milliseconds(number % 7'001);
            reference.check(input, machine.handle(input, now), machine, now);
        }
    });
    QVERIFY(held);
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
