// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/connectionmachine.h"
#include "client/connectionreference.h"

#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Machine = ConnectionMachine;
using State = Machine::State;

namespace {

/// How an attempt fails while the network, or the server, is gone for long.
enum class Failure {
    RefusedAtOnce,
    NoAnswer,
    NoCredentials,
    AcceptedAndClosed,
    /// Opened, and silent from then on.
    AcceptedAndSilent,
    RateLimited,
};
constexpr quint32 failures = 6;

/// A machine, its clock, and a network that fails it.
class Outage
{
public:
    explicit Outage(std::size_t addresses)
        : m_machine(
              m_options, [this] { return double(m_number++ * 2'654'435'761U % 1000) / 1000; },
              addresses)
    {
        say(Machine::Connect{});
        open();
        say(Machine::Received{m_attempt, Machine::Life::Authenticated});
        RC_ASSERT(m_machine.state() == State::Connected);
        say(Machine::Closed{m_attempt, {.code = 1006}});
    }

    [[nodiscard]] MonotonicTime now() const { return m_now; }
    [[nodiscard]] State state() const { return m_machine.state(); }

    void failOnce(Failure failure)
    {
        waitForAttempt();
        switch (failure) {
        case Failure::RefusedAtOnce:
            say(Machine::CredentialsReady{m_attempt});
            say(Machine::Closed{m_attempt, {.code = 1006}});
            break;
        case Failure::NoCredentials:
            say(Machine::CredentialsFailed{m_attempt, {.code = ErrorCode::ProviderFailed}});
            break;
        case Failure::NoAnswer: say(Machine::CredentialsReady{m_attempt}); break;
        case Failure::AcceptedAndClosed:
            open();
            say(Machine::Closed{m_attempt, {.code = 1006}});
            break;
        case Failure::AcceptedAndSilent: open(); break;
        case Failure::RateLimited:
            open();
            say(Machine::Closed{m_attempt, {.code = 4029}});
            break;
        }
        // What is not told that it failed finds out by itself.
        const MonotonicTime longest
            = m_now + m_options.heartbeatInterval + m_options.heartbeatTimeout + 1s;
        while (m_machine.state() != State::Reconnecting) {
            passToDeadline();
            RC_ASSERT(m_now <= longest);
        }
    }
    /// The network says that it is gone and back; nothing can be reached through it.
    void flap()
    {
        say(Machine::ReachabilityChanged{Machine::Reachability::Offline});
        RC_ASSERT(m_machine.pause() == Machine::Pause::Offline);
        m_now += 1h;
        say(Machine::ReachabilityChanged{Machine::Reachability::Online});
        RC_ASSERT(m_machine.state() == State::Connecting);
        say(Machine::CredentialsReady{m_attempt});
        say(Machine::Closed{m_attempt, {.code = 1006}});
    }
    /// The program stands still, and is late for everything.
    void sleep(milliseconds time)
    {
        m_now += time;
        say(Machine::Woke{});
        RC_ASSERT(m_machine.state() == State::Connecting);
        say(Machine::CredentialsReady{m_attempt});
        say(Machine::Closed{m_attempt, {.code = 1006}});
    }
    /// The server is back: how long until it is connected, as often as it takes.
    [[nodiscard]] milliseconds recover()
    {
        const MonotonicTime begin = m_now;
        waitForAttempt();
        open();
        say(Machine::Received{m_attempt, Machine::Life::Authenticated});
        RC_ASSERT(m_machine.state() == State::Connected);
        RC_ASSERT(m_reconnected);
        return std::chrono::ceil<milliseconds>(m_now - begin);
    }
    [[nodiscard]] const ConnectionOptions &options() const { return m_options; }

private:
    void say(const Machine::Input &input)
    {
        const auto outputs = m_machine.handle(input, m_now);
        RC_ASSERT(!find<Machine::ReconnectFailed>(outputs));
        RC_ASSERT(!find<Machine::Stopped>(outputs));
        if (const auto *request = find<Machine::RequestCredentials>(outputs))
            m_attempt = request->attempt;
        if (const auto *connected = find<Machine::Connected>(outputs))
            m_reconnected = connected->reconnected;
    }
    void passToDeadline()
    {
        RC_ASSERT(m_machine.deadline().has_value());
        m_now = std::max(m_now, *m_machine.deadline());
        say(Machine::Tick{});
    }
    void waitForAttempt()
    {
        const MonotonicTime lost = m_now;
        while (m_machine.state() == State::Reconnecting) {
            passToDeadline();
            RC_ASSERT(m_now - lost <= m_options.maxReconnectDelay);
        }
        RC_ASSERT(m_machine.state() == State::Connecting);
    }
    void open()
    {
        say(Machine::CredentialsReady{m_attempt});
        say(Machine::Opened{m_attempt});
    }

    ConnectionOptions m_options;
    quint32 m_number = 1;
    Machine m_machine;
    MonotonicTime m_now{1h};
    AttemptId m_attempt = 0;
    bool m_reconnected = false;
};

} // namespace

/// What a wall lives through: a network that is gone for hours or days.
class LongOutageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triesAgainWithinTheLongestWaitHoweverLongItLasts();
};

void LongOutageTest::triesAgainWithinTheLongestWaitHoweverLongItLasts()
{
    std::size_t attempts = 0;
    const bool held = rc::check("outage", [&attempts] {
        const auto addresses = *rc::gen::inRange<std::size_t>(1, 4);
        const auto hours = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(1, 72));
        const auto numbers = *rc::gen::resize(rc::kNominalSize,
            rc::gen::container<std::vector<quint32>>(
                64, rc::gen::inRange<quint32>(0, std::numeric_limits<quint32>::max())));
        Outage outage(addresses);
        const MonotonicTime end = outage.now() + std::chrono::hours(hours);
        for (std::size_t i = 0; outage.now() < end; ++i) {
            const quint32 number = numbers[i % numbers.size()];
            if (number % 61 == 0)
                outage.flap();
            else if (number % 67 == 0)
                outage.sleep(std::chrono::minutes(number % 600));
            else
                outage.failOnce(Failure(number % failures));
            ++attempts;
        }
        RC_ASSERT(outage.recover() <= outage.options().maxReconnectDelay);
    });
    QVERIFY(held);
    qInfo("%zu attempts", attempts);
}

QTEST_GUILESS_MAIN(LongOutageTest)
#include "tst_longoutage.moc"
