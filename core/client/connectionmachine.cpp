// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/connectionmachine.h"

#include "client/clientsentence_p.h"
#include "protocol/closecode.h"

#include <utility>

namespace tocsin {

using std::chrono::milliseconds;

ConnectionMachine::ConnectionMachine(
    ConnectionOptions options, Backoff::Random random, std::size_t addresses)
    : m_options(options)
    , m_addresses(addresses, random)
    , m_backoff(options.reconnectDelay, options.maxReconnectDelay, std::move(random))
{
}

ConnectionMachine::Outputs ConnectionMachine::handle(const Input &input, MonotonicTime now)
{
    m_outputs.clear();
    if (overslept(input, now))
        on(Woke{}, now);
    std::visit([&](const auto &event) { on(event, now); }, input);
    return std::exchange(m_outputs, {});
}

// What comes may have waited for us as long as the deadline has: it is judged by one who knows that
// he slept. An end needs no such judgement, and whoever says Woke knows already.
bool ConnectionMachine::overslept(const Input &input, MonotonicTime now) const
{
    if (m_phase != Phase::Open || std::holds_alternative<Woke>(input)
        || std::holds_alternative<Closed>(input) || std::holds_alternative<Disconnect>(input))
        return false;
    const auto due = deadline();
    return due && now - *due > lateness;
}

std::optional<MonotonicTime> ConnectionMachine::deadline() const
{
    std::optional<MonotonicTime> earliest;
    for (const auto &time :
        {m_attemptDeadline, m_retryAt, m_usableAt, m_nextHeartbeat, m_answerDeadline}) {
        if (time && (!earliest || *time < *earliest))
            earliest = time;
    }
    return earliest;
}

ConnectionMachine::State ConnectionMachine::state() const
{
    switch (m_phase) {
    case Phase::Idle:
    case Phase::Paused: return State::Disconnected;
    case Phase::Waiting: return State::Reconnecting;
    case Phase::FetchingCredentials:
    case Phase::Opening: return State::Connecting;
    case Phase::Open: return State::Connected;
    }
    Q_UNREACHABLE();
}

ConnectionMachine::Pause ConnectionMachine::pause() const
{
    return m_pause;
}

std::optional<MonotonicTime> ConnectionMachine::retryAt() const
{
    return m_retryAt;
}

bool ConnectionMachine::isSettled(AttemptId attempt, MonotonicTime now) const
{
    return m_phase == Phase::Open && attempt == m_attempt && m_usable && !m_answerDeadline
        && !m_doubtedSince && (!m_nextHeartbeat || now < *m_nextHeartbeat);
}

bool ConnectionMachine::isWaitingForAnswer(AttemptId attempt) const
{
    return m_phase == Phase::Open && attempt == m_attempt && m_answerDeadline;
}

bool ConnectionMachine::isUsable() const
{
    return m_phase == Phase::Open && m_usable;
}

bool ConnectionMachine::isAlive() const
{
    return m_phase == Phase::FetchingCredentials || m_phase == Phase::Opening
        || m_phase == Phase::Open;
}

ConnectionMachine::Pause ConnectionMachine::wantedPause() const
{
    if (m_reachability == Reachability::Offline)
        return Pause::Offline;
    if (!m_visible && m_options.whenHidden == WhenHidden::Pause)
        return Pause::Hidden;
    return Pause::None;
}

// The one place where the phase changes: what belonged to the phase before does not outlive it.
void ConnectionMachine::settle(Phase phase, Pause pause)
{
    m_phase = phase;
    m_pause = pause;
    m_attemptDeadline.reset();
    m_retryAt.reset();
    m_usableAt.reset();
    m_nextHeartbeat.reset();
    m_answerDeadline.reset();
    m_partReceived.reset();
    m_heartbeatSent.reset();
    m_unanswered = 0;
    m_doubtedSince.reset();
    m_answersBefore = 0;
    if (state() != m_announced || m_pause != m_announcedPause) {
        m_announced = state();
        m_announcedPause = m_pause;
        m_outputs.emplace_back(StateChanged{m_announced, m_pause});
    }
}

void ConnectionMachine::startAttempt(MonotonicTime now)
{
    ++m_attempt;
    m_address = m_addresses.choose(now);
    m_usable = false;
    settle(Phase::FetchingCredentials);
    if (m_options.connectionTimeout > milliseconds::zero())
        m_attemptDeadline = now + m_options.connectionTimeout;
    m_outputs.emplace_back(RequestCredentials{m_attempt});
}

void ConnectionMachine::on(const Connect &, MonotonicTime now)
{
    if (isAlive()) {
        // Who asks did not know: said again, it is known to be true after the question.
        m_outputs.emplace_back(StateChanged{m_announced, m_announcedPause});
        return;
    }
    if (m_phase == Phase::Idle) {
        m_backoff.reset();
        m_refusedOnce = false;
    }
    // Asked for outright it is tried, also where the platform says offline: it may be wrong.
    startAttempt(now);
}

void ConnectionMachine::on(const Disconnect &, MonotonicTime /*now*/)
{
    const bool wasOpen = m_phase == Phase::Open;
    const bool wasAlive = isAlive();
    const AttemptId dropped = m_attempt;
    if (wasAlive)
        ++m_attempt; // what the dropped attempt still says is not listened to
    settle(Phase::Idle);
    if (wasAlive)
        m_outputs.emplace_back(Drop{dropped, wasOpen ? DropHow::CloseNormally : DropHow::Abort});
    if (wasOpen)
        m_outputs.emplace_back(Disconnected{int(CloseCode::Normal), {}});
}

void ConnectionMachine::on(const ReconnectNow &, MonotonicTime now)
{
    if (m_phase == Phase::Waiting || m_phase == Phase::Paused)
        startAttempt(now);
}

void ConnectionMachine::on(const CredentialsReady &input, MonotonicTime now)
{
    if (m_phase != Phase::FetchingCredentials || input.attempt != m_attempt)
        return;
    const auto deadline = m_attemptDeadline;
    settle(Phase::Opening);
    m_attemptDeadline = deadline;
    m_outputs.emplace_back(Open{m_attempt, m_address});
    Q_UNUSED(now)
}

void ConnectionMachine::on(const CredentialsFailed &input, MonotonicTime now)
{
    if (m_phase != Phase::FetchingCredentials || input.attempt != m_attempt)
        return;
    lose({.error = input.error}, DropHow::Abort, now);
}

void ConnectionMachine::on(const Opened &input, MonotonicTime now)
{
    if (m_phase != Phase::Opening || input.attempt != m_attempt)
        return;
    settle(Phase::Open);
    m_usableAt = now + usableAfter;
    if (m_options.heartbeatInterval > milliseconds::zero())
        m_nextHeartbeat = now + m_options.heartbeatInterval;
    m_outputs.emplace_back(Greet{m_attempt});
    m_outputs.emplace_back(Connected{m_hadUsableSession});
}

void ConnectionMachine::on(const Closed &input, MonotonicTime now)
{
    if (input.attempt != m_attempt || !isAlive())
        return;
    lose(input.loss, DropHow::Abort, now);
}

void ConnectionMachine::markUsable()
{
    m_usableAt.reset();
    if (m_usable)
        return;
    m_usable = true;
    m_hadUsableSession = true;
    m_backoff.reset();
    m_addresses.worked(m_address);
}

void ConnectionMachine::on(const ReachabilityChanged &input, MonotonicTime now)
{
    const auto before = std::exchange(m_reachability, input.reachability);
    if (before == m_reachability)
        return;
    switch (m_reachability) {
    case Reachability::Offline:
        if (isAlive()) {
            lose({.reason = QStringLiteral("the network is gone")}, DropHow::Abort, now);
        } else if (m_phase == Phase::Waiting || m_phase == Phase::Paused) {
            settle(Phase::Paused, Pause::Offline);
        }
        break;
    case Reachability::Online:
    case Reachability::Unknown:
        if (m_phase == Phase::Paused) {
            if (wantedPause() == Pause::None)
                startAttempt(now);
            else
                settle(Phase::Paused, wantedPause());
        } else if (m_reachability == Reachability::Online) {
            on(NetworkChanged{}, now);
        }
        break;
    }
}

void ConnectionMachine::on(const NetworkChanged &, MonotonicTime now)
{
    // In another network the old connection may look alive and be dead, and a wait chosen for the
    // network that was has lost its reason; so has what was held against an address.
    m_addresses.forgive();
    if (m_phase == Phase::Waiting)
        startAttempt(now);
    else if (!m_answerDeadline) // one question at a time, or a flapping network never gets an end
        probe(now);
}

void ConnectionMachine::on(const VisibilityChanged &input, MonotonicTime now)
{
    if (m_visible == input.visible)
        return;
    m_visible = input.visible;
    if (m_phase == Phase::Waiting || m_phase == Phase::Paused) {
        if (wantedPause() != Pause::None)
            settle(Phase::Paused, wantedPause());
        else if (m_visible)
            startAttempt(now);
    } else if (m_visible) {
        probe(now);
    }
}

void ConnectionMachine::on(const Tick &, MonotonicTime now)
{
    if (m_usableAt && now >= *m_usableAt) {
        m_refusedOnce = false;
        markUsable();
    }
    if (m_attemptDeadline && now >= *m_attemptDeadline) {
        lose({.error = Error{ErrorCode::ConnectionTimeout,
                  ClientSentence::tr("No connection within %1 ms. The server may be down, or "
                                     "a firewall may swallow the packets.")
                      .arg(m_options.connectionTimeout.count()),
                  {}}},
            DropHow::Abort, now);
        return;
    }
    if (m_retryAt && now >= *m_retryAt) {
        startAttempt(now);
        return;
    }
    tickHeartbeat(now);
}

} // namespace tocsin
