// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// How the machine knows that an open connection still is one: heartbeats, and what comes or does
// not come after them.
#include "client/connectionmachine.h"

#include "client/clientsentence_p.h"
#include "protocol/closecode.h"

#include <algorithm>

namespace tocsin {

using std::chrono::milliseconds;

void ConnectionMachine::on(const Received &input, MonotonicTime now)
{
    if (m_phase != Phase::Open || input.attempt != m_attempt)
        return;
    if (input.life == Life::Part) {
        if (m_answerDeadline && !mayHaveWaited(now))
            m_partReceived = now;
        return;
    }
    const bool confirmed = confirms(input, now);
    if (!m_doubtedSince || confirmed)
        m_answerDeadline.reset();
    if (input.life == Life::HeartbeatAnswer) {
        m_unanswered = std::max(m_unanswered - 1, 0);
        if (m_answersBefore > 0) {
            --m_answersBefore;
        } else if (m_heartbeatSent) {
            m_outputs.emplace_back(
                RoundTrip{std::chrono::duration_cast<milliseconds>(now - *m_heartbeatSent)});
            m_heartbeatSent.reset();
        }
    }
    if (confirmed) {
        m_doubtedSince.reset();
        m_answersBefore = 0;
        m_outputs.emplace_back(Confirmed{});
    }
    if (input.life == Life::Authenticated)
        m_refusedOnce = false;
    if (input.life != Life::Frame)
        markUsable();
}

bool ConnectionMachine::confirms(const Received &input, MonotonicTime now) const
{
    // What is told in the same moment was there before the heartbeat could be sent.
    if (!m_doubtedSince || now <= *m_doubtedSince)
        return false;
    if (input.life == Life::HeartbeatAnswer && m_answersBefore == 0)
        return true;
    return !mayHaveWaited(now);
}

bool ConnectionMachine::mayHaveWaited(MonotonicTime now) const
{
    if (!m_doubtedSince)
        return false;
    // A server that only talks and never answers must have a chance before its time is up.
    milliseconds stale = backlog;
    if (m_options.heartbeatTimeout > milliseconds::zero())
        stale = std::min(stale, m_options.heartbeatTimeout / 2);
    return now - *m_doubtedSince <= stale;
}

void ConnectionMachine::sendHeartbeat(MonotonicTime now)
{
    m_outputs.emplace_back(SendHeartbeat{m_attempt});
    ++m_unanswered;
    if (m_options.heartbeatInterval > milliseconds::zero())
        m_nextHeartbeat = now + m_options.heartbeatInterval;
}

void ConnectionMachine::probe(MonotonicTime now)
{
    if (m_phase != Phase::Open)
        return;
    sendHeartbeat(now);
    m_heartbeatSent = now;
    // What is asked once more does not give the peer more time to answer.
    if (m_options.heartbeatTimeout > milliseconds::zero() && !m_answerDeadline) {
        m_answerDeadline = now + m_options.heartbeatTimeout;
        m_askedAt = now;
        m_partReceived.reset();
    }
}

void ConnectionMachine::tickHeartbeat(MonotonicTime now)
{
    if (m_answerDeadline && now >= *m_answerDeadline && !isStillReceiving(now)) {
        loseSilent(now);
        return;
    }
    if (!m_nextHeartbeat || now < *m_nextHeartbeat)
        return;
    if (!m_answerDeadline)
        probe(now);
    else if (m_partReceived)
        sendHeartbeat(now); // or the peer would take the wait for a silence of ours
    else // the one under way decides
        m_nextHeartbeat = *m_answerDeadline + m_options.heartbeatInterval;
}

// On a slow link a message takes longer than an answer may, and the answer waits behind it. While
// it keeps coming the connection is not dead; but it says nothing of what is current.
bool ConnectionMachine::isStillReceiving(MonotonicTime now)
{
    if (!m_partReceived)
        return false;
    const MonotonicTime later = std::min(*m_partReceived + m_options.heartbeatTimeout,
        m_askedAt + patience * m_options.heartbeatTimeout);
    if (later <= now)
        return false;
    m_answerDeadline = later;
    if (!m_doubtedSince) {
        m_doubtedSince = now;
        m_outputs.emplace_back(Doubted{});
    }
    return true;
}

void ConnectionMachine::loseSilent(MonotonicTime now)
{
    const QString message = m_partReceived
        ? ClientSentence::tr("The server sent no whole message for %1 ms after a heartbeat; the "
                             "connection counts as lost.")
              .arg(std::chrono::duration_cast<milliseconds>(now - m_askedAt).count())
        : ClientSentence::tr("The server sent nothing for %1 ms after a heartbeat; the connection "
                             "counts as lost.")
              .arg(m_options.heartbeatTimeout.count());
    lose({.code = int(CloseCode::HeartbeatTimeout),
             .reason = QStringLiteral("heartbeat timeout"),
             .error = Error{ErrorCode::HeartbeatTimeout, message, {}}},
        DropHow::Abort, now);
}

void ConnectionMachine::on(const Woke &, MonotonicTime now)
{
    m_addresses.forgive();
    switch (m_phase) {
    case Phase::Idle:
    case Phase::Paused: break;
    case Phase::Waiting:
        // The wait was for a server in trouble, and that was before.
        startAttempt(now);
        break;
    case Phase::FetchingCredentials:
    case Phase::Opening: on(Tick{}, now); break;
    case Phase::Open:
        // The time asleep says nothing of the session.
        if (m_usableAt)
            m_usableAt = now + usableAfter;
        if (!m_doubtedSince)
            m_outputs.emplace_back(Doubted{});
        m_doubtedSince = now;
        m_answersBefore = m_unanswered;
        m_answerDeadline.reset();
        probe(now);
        break;
    }
}

} // namespace tocsin
