// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// What the machine makes of a connection that is lost: whether it is tried again, where, and when.
#include "client/connectionmachine.h"

#include "client/clientsentence_p.h"
#include "protocol/closecode.h"

#include <iterator>
#include <utility>

namespace tocsin {

namespace {

// The step that a peer's "rate limited" lets the backoff begin at: its third.
constexpr int rateLimitedStep = 2;

// What a server closes with that does not let us in: nothing behind `auth` is carried out.
bool isRefusal(int code)
{
    return code == int(CloseCode::Unauthorized) || code == int(CloseCode::Forbidden)
        || code == int(CloseCode::VersionNotSupported);
}

} // namespace

bool ConnectionMachine::isAddressAtFault(const ConnectionLoss &loss) const
{
    if (m_phase == Phase::FetchingCredentials || m_reachability == Reachability::Offline)
        return false;
    const CloseAction action = closeAction(loss.code);
    return action == CloseAction::Reconnect || action == CloseAction::ReconnectAndReport;
}

void ConnectionMachine::lose(const ConnectionLoss &loss, DropHow how, MonotonicTime now)
{
    const bool wasOpen = m_phase == Phase::Open;
    const bool refused = wasOpen && !m_usable && isRefusal(loss.code);
    const AttemptId dropped = m_attempt++;
    const auto firstOutput = qsizetype(m_outputs.size());
    afterLoss(loss, now);
    // The state has been told first; the rest of what afterLoss() had to say comes after the end of
    // the connection that it is about.
    Outputs ended;
    ended.emplace_back(Drop{dropped, how, refused});
    if (wasOpen)
        ended.emplace_back(Disconnected{loss.code, loss.reason});
    if (loss.error)
        ended.emplace_back(ErrorOccurred{*loss.error});
    auto position = m_outputs.begin() + firstOutput;
    while (position != m_outputs.end() && std::holds_alternative<StateChanged>(*position))
        ++position;
    m_outputs.insert(
        position, std::make_move_iterator(ended.begin()), std::make_move_iterator(ended.end()));
}

void ConnectionMachine::afterLoss(const ConnectionLoss &loss, MonotonicTime now)
{
    const auto stop = [this] { settle(Phase::Idle); };
    const bool atFault = isAddressAtFault(loss);
    if (atFault)
        m_addresses.failed(m_address, now);
    if (loss.afterwards == ConnectionLoss::Afterwards::Stop) {
        stop();
        return;
    }
    const CloseAction action = closeAction(loss.code);
    // Code and reason, in a sentence.
    const auto closed = [&loss](const QString &sentence) {
        return sentence.arg(loss.code).arg(
            loss.reason.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(loss.reason));
    };
    if (action == CloseAction::Stop) {
        stop();
        if (!loss.error) {
            const bool forbidden = loss.code == int(CloseCode::Forbidden);
            m_outputs.emplace_back(
                ErrorOccurred{{forbidden ? ErrorCode::Forbidden : ErrorCode::ProtocolViolation,
                    closed(ClientSentence::tr("The server closed the connection for good, with code"
                                              " %1%2.")),
                    {}}});
        }
        m_outputs.emplace_back(Stopped{loss.code});
        return;
    }
    if (action == CloseAction::Reauthenticate && std::exchange(m_refusedOnce, true)) {
        m_refusedOnce = false;
        stop();
        m_outputs.emplace_back(AuthenticationFailed{loss.reason.isEmpty()
                ? ClientSentence::tr("The server refused the token, or asks for one.")
                : ClientSentence::tr("The server refused the token, or asks for one: %1.")
                      .arg(loss.reason)});
        return;
    }
    if (action == CloseAction::ReconnectSlowly)
        m_backoff.advanceTo(rateLimitedStep);
    if (!m_options.reconnect) {
        stop();
        return;
    }
    if (wantedPause() != Pause::None) {
        settle(Phase::Paused, wantedPause());
        return;
    }
    if (m_options.maxReconnectAttempts && m_backoff.attempts() >= *m_options.maxReconnectAttempts) {
        stop();
        m_outputs.emplace_back(ReconnectFailed{m_backoff.attempts()});
        return;
    }
    settle(Phase::Waiting);
    // Nothing says that another address is in trouble too, and would have to be given time; that
    // all who were here come there at once is what the first wait is for.
    const bool elsewhere = atFault && action == CloseAction::Reconnect
        && m_addresses.isAnotherRested(m_address, now);
    const auto delay = elsewhere ? m_backoff.nextElsewhere() : m_backoff.next();
    m_retryAt = now + delay;
    if (action == CloseAction::ReconnectAndReport && !loss.error) {
        m_outputs.emplace_back(ErrorOccurred{{ErrorCode::ProtocolViolation,
            closed(ClientSentence::tr("The server closed the connection with code %1%2: it refuses"
                                      " what was sent.")),
            {}}});
    }
    m_outputs.emplace_back(ReconnectScheduled{m_backoff.attempts(), delay});
}

} // namespace tocsin
