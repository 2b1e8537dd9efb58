// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"
#include "protocol/closecode.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>

namespace tocsin {

/// What the machine is given for a random number, so that its waits are known.
constexpr double nearlyOne = 0.999;

template <typename T>
const T *find(const ConnectionMachine::Outputs &outputs)
{
    for (const auto &output : outputs) {
        if (const T *found = std::get_if<T>(&output))
            return found;
    }
    return nullptr;
}

/// What any sequence of inputs may and may not bring about, told independently of the machine.
class Reference
{
    using Machine = ConnectionMachine;
    using State = Machine::State;

public:
    explicit Reference(const ConnectionOptions &options)
        : m_options(options)
    {
    }

    /// `due`: the machine's deadline before the input.
    void check(const Machine::Input &input, const Machine::Outputs &outputs, const Machine &machine,
        MonotonicTime now, std::optional<MonotonicTime> due)
    {
        m_now = now;
        m_slept = sleepShows(input, now, due);
        if (m_slept) {
            m_openedAt = now; // the time asleep says nothing of the session
            m_askedAt.reset();
        }
        before(input, now);
        const State stateBefore = m_state;
        const bool wasDoubted = m_doubtedAt.has_value();
        if (m_slept) {
            RC_ASSERT(find<Machine::SendHeartbeat>(outputs));
            RC_ASSERT(bool(find<Machine::Doubted>(outputs)) == !wasDoubted);
            m_doubtedAt = now;
        } else if (find<Machine::Doubted>(outputs)) {
            // Part of a message came, where an answer was due.
            RC_ASSERT(!wasDoubted);
            RC_ASSERT(std::holds_alternative<Machine::Tick>(input));
            RC_ASSERT(m_askedAt.has_value());
            RC_ASSERT(now >= *m_askedAt + m_options.heartbeatTimeout);
            RC_ASSERT(m_partAt.has_value());
            RC_ASSERT(now < *m_partAt + m_options.heartbeatTimeout);
            m_doubtedAt = now;
        }
        const auto *received = std::get_if<Machine::Received>(&input);
        const bool isWhole = received && received->life != Machine::Life::Part;
        m_mayConfirm = !m_slept && !m_stale && isWhole;
        for (const auto &output : outputs)
            std::visit([&](const auto &thing) { take(thing); }, output);
        RC_ASSERT(m_state == machine.state());

        // Inputs of another attempt change nothing.
        if (m_stale) {
            RC_ASSERT(outputs.empty() || m_slept);
            RC_ASSERT(stateBefore == m_state);
        }
        if (!m_wanted)
            RC_ASSERT(m_state == State::Disconnected);
        if (m_state == State::Disconnected)
            RC_ASSERT(!machine.deadline());
        else
            RC_ASSERT(machine.deadline().has_value());
        if (m_state != State::Connected) {
            m_doubtedAt.reset();
            m_askedAt.reset();
        }
        // Doubt is ended in time, by something received or by the end of the connection.
        if (m_doubtedAt) {
            RC_ASSERT(m_askedAt.has_value());
            const MonotonicTime heard = std::max(*m_doubtedAt, m_partAt.value_or(*m_doubtedAt));
            RC_ASSERT(*machine.deadline() <= heard + m_options.heartbeatTimeout);
            if (m_mayConfirm)
                RC_ASSERT(now - *m_doubtedAt <= Machine::backlog);
        }
        if (m_askedAt)
            RC_ASSERT(*machine.deadline() <= lastChance());
        if (received && !m_stale && !isWhole && outputs.empty() && m_askedAt
            && (!m_doubtedAt || now - *m_doubtedAt > Machine::backlog))
            m_partAt = now;
        else if (isWhole && !m_stale && !m_doubtedAt)
            m_askedAt.reset();
        if (std::holds_alternative<Machine::Woke>(input) && stateBefore == State::Reconnecting)
            RC_ASSERT(m_state == State::Connecting);
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
    /// Whatever part of a message comes: the end of a connection that is asked for an answer.
    [[nodiscard]] MonotonicTime lastChance() const
    {
        return *m_askedAt + Machine::patience * m_options.heartbeatTimeout;
    }
    [[nodiscard]] bool sleepShows(
        const Machine::Input &input, MonotonicTime now, std::optional<MonotonicTime> due) const
    {
        if (m_state != State::Connected)
            return false;
        if (std::holds_alternative<Machine::Woke>(input))
            return true;
        return due && now - *due > Machine::lateness
            && !std::holds_alternative<Machine::Closed>(input)
            && !std::holds_alternative<Machine::Disconnect>(input);
    }
    template <typename Input>
    void foreignOr(const Input &input, Machine::State expected)
    {
        m_stale = !m_alive || input.attempt != *m_alive || m_state != expected;
    }
    void before(const Machine::Input &input, MonotonicTime now)
    {
        m_stale = false;
        m_closedByPeer = false;
        if (std::holds_alternative<Machine::Connect>(input)) {
            if (!m_wanted)
                m_step = 0;
            m_wanted = true;
        } else if (std::holds_alternative<Machine::Disconnect>(input)) {
            m_wanted = false;
        } else if (const auto *received = std::get_if<Machine::Received>(&input)) {
            foreignOr(*received, State::Connected);
            if (!m_stale && received->life != Machine::Life::Frame
                && received->life != Machine::Life::Part)
                becomeUsable();
        } else if (const auto *closed = std::get_if<Machine::Closed>(&input)) {
            m_stale = !m_alive || closed->attempt != *m_alive;
            m_closedByPeer = true;
            m_closeCode = closed->loss.code;
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
        if (!m_askedAt) {
            m_askedAt = m_now;
            m_partAt.reset();
        }
    }
    void take(const Machine::Drop &output)
    {
        RC_ASSERT(m_alive == output.attempt);
        RC_ASSERT(m_state != State::Connected);
        const bool turnsAway = m_closeCode == int(CloseCode::Unauthorized)
            || m_closeCode == int(CloseCode::Forbidden)
            || m_closeCode == int(CloseCode::VersionNotSupported);
        RC_ASSERT(
            output.isRefusal == (m_closedByPeer && turnsAway && m_announcedOpen && !m_usable));
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
    void take(const Machine::Disconnected &output)
    {
        // Not for a silence that we may have slept through.
        if (output.code == int(CloseCode::HeartbeatTimeout) && !m_closedByPeer) {
            RC_ASSERT(!m_slept);
            // Nor where a message keeps coming.
            const bool isComing = m_partAt && m_now < *m_partAt + m_options.heartbeatTimeout;
            if (isComing)
                RC_ASSERT(m_now >= lastChance());
        }
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
    void take(const Machine::RoundTrip &output)
    {
        RC_ASSERT(output.duration >= std::chrono::milliseconds::zero());
    }
    void take(const Machine::Doubted &) { RC_ASSERT(m_state == State::Connected); }
    void take(const Machine::Confirmed &)
    {
        RC_ASSERT(m_state == State::Connected);
        RC_ASSERT(m_mayConfirm);
        RC_ASSERT(m_doubtedAt.has_value());
        RC_ASSERT(m_now > *m_doubtedAt);
        m_doubtedAt.reset();
    }
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
    bool m_closedByPeer = false;
    int m_closeCode = 0;
    bool m_slept = false;
    bool m_mayConfirm = false;
    std::optional<MonotonicTime> m_doubtedAt;
    /// Since when an answer is waited for, and when part of something last came since then.
    std::optional<MonotonicTime> m_askedAt;
    std::optional<MonotonicTime> m_partAt;
    MonotonicTime m_now;
    bool m_stale = false;
    int m_step = 0;
    std::optional<MonotonicTime> m_openedAt;
};

/// A number of a random sequence, read as something that may happen.
inline ConnectionMachine::Input inputFor(quint32 number, AttemptId alive, bool &isTick)
{
    using Machine = ConnectionMachine;
    static constexpr std::array codes{
        1000, 1001, 1006, 1008, 1013, 4000, 4001, 4001, 4003, 4008, 4010, 4029, 4100, 4401, 4500};
    isTick = false;
    // One in eight speaks for an attempt that is not the present one.
    const AttemptId attempt = (number >> 8) % 8 == 0 ? alive - 1 : alive;
    const quint32 detail = number >> 16;
    switch (number % 21) {
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
    case 12:
        return Machine::Received{
            attempt, detail % 2 == 0 ? Machine::Life::Message : Machine::Life::Part};
    case 13: return Machine::Received{attempt, Machine::Life(detail % 5)};
    case 14: return Machine::ReachabilityChanged{Machine::Reachability(detail % 3)};
    case 15:
        if (detail % 4 == 3)
            return Machine::NetworkChanged{};
        return Machine::VisibilityChanged{detail % 2 == 0};
    case 16: return Machine::Woke{};
    default: isTick = true; return Machine::Tick{};
    }
}

} // namespace tocsin
