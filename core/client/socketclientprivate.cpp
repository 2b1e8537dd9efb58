// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient_p.h"

#include "client/clientsentence_p.h"

#include <QPointer>

namespace tocsin {

namespace {

// How many handled messages go back to the I/O thread at once.
constexpr std::size_t usedAtOnce = 256;
// How long a turn of the façade's thread may be spent on what was received; and how many messages
// are handled between two looks at the clock.
constexpr std::chrono::milliseconds turnBudget{16};
constexpr unsigned messagesBetweenLooks = 16;

SocketClient::State publicState(ConnectionMachine::State state)
{
    switch (state) {
    case ConnectionMachine::State::Disconnected: return SocketClient::State::Disconnected;
    case ConnectionMachine::State::Connecting: return SocketClient::State::Connecting;
    case ConnectionMachine::State::Connected: return SocketClient::State::Connected;
    case ConnectionMachine::State::Reconnecting: return SocketClient::State::Reconnecting;
    }
    Q_UNREACHABLE();
}

SocketClient::PauseReason publicPause(ConnectionMachine::Pause pause)
{
    switch (pause) {
    case ConnectionMachine::Pause::None: return SocketClient::PauseReason::None;
    case ConnectionMachine::Pause::Offline: return SocketClient::PauseReason::Offline;
    case ConnectionMachine::Pause::Hidden: return SocketClient::PauseReason::Hidden;
    }
    Q_UNREACHABLE();
}

bool isOfTheMoment(const ClientEvent::Body &body)
{
    return std::holds_alternative<ClientEvent::State>(body)
        || std::holds_alternative<ClientEvent::Retry>(body)
        || std::holds_alternative<ConnectionMachine::ReconnectScheduled>(body);
}

bool isSilence(ErrorCode code)
{
    return code == ErrorCode::ConnectionTimeout || code == ErrorCode::HeartbeatTimeout;
}

} // namespace

void SocketClientPrivate::tellWorkerWhetherToAsk()
{
    post([worker = worker, ask = tokenProvider || urlProvider] { worker->expectCredentials(ask); });
}

void SocketClientPrivate::setState(SocketClient::State next)
{
    if (std::exchange(state, next) != next)
        Q_EMIT q->stateChanged(next);
}

void SocketClientPrivate::drain()
{
    // Woken within a flood: its turn comes.
    if (goOn->isActive())
        return;
    // A handler may run an event loop of its own: what is left is kept where the call that comes
    // from there finds it, and that call is asked for beforehand.
    // No more than was handled: or the queue would be empty again and again, and hold nobody back.
    if (waiting.empty())
        events->take(waiting);
    const MonotonicTime begin = monotonicNow();
    const auto isOver = [begin] { return monotonicNow() - begin >= turnBudget; };
    const QPointer<SocketClient> guard(q);
    const auto isMore = [](const ClientEvent &event) {
        const auto *const batch = std::get_if<ClientEvent::Received>(&event.body);
        return batch && batch->messages.size() - batch->next > 1;
    };
    if (waiting.size() > 1 || (!waiting.empty() && isMore(waiting.front())))
        goOn->start(0);
    unsigned handled = 0;
    bool over = false;
    while (guard && !waiting.empty() && !over) {
        over = ++handled % messagesBetweenLooks == 0 && isOver();
        ClientEvent &front = waiting.front();
        if (auto *const batch = std::get_if<ClientEvent::Received>(&front.body)) {
            if (front.serial >= lastDisconnect && batch->next < batch->messages.size()) {
                handleNext(*batch, front.leaves);
                continue;
            }
            waiting.pop_front();
            continue;
        }
        const ClientEvent event = std::move(front);
        waiting.pop_front();
        // What was under way when the client was disconnected on purpose is not delivered any more.
        if (event.serial < lastDisconnect)
            continue;
        // A state, or a wait, from before a command that we have already announced the effect of.
        if (event.serial < serial && isOfTheMoment(event.body))
            continue;
        if (!leftAt.isEmpty()) {
            if (const auto *const fresh = std::get_if<ClientEvent::Freshness>(&event.body);
                fresh && isOfOldMembership(fresh->room, event.leaves))
                continue;
            if (const auto *const recovery = std::get_if<ClientEvent::Recovery>(&event.body);
                recovery && isOfOldMembership(recovery->room, event.leaves))
                continue;
            // All that was told before the last one has been handled.
            if (event.leaves == lastLeave)
                leftAt.clear();
        }
        std::visit(
            [this](const auto &body) {
                if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(body)>,
                                  ClientEvent::Received>)
                    handle(body);
            },
            event.body);
    }
    if (!guard)
        return;
    events->giveBack(used);
    // Also where nothing is left: more of the flood is on its way.
    if (over || isOver()) {
        goOn->start(0);
        return;
    }
    // What came meanwhile woke nobody, where this was not empty.
    if (waiting.empty())
        events->take(waiting);
    if (waiting.empty())
        goOn->stop();
    else
        goOn->start(0);
}

void SocketClientPrivate::handle(const ClientEvent::State &event)
{
    pause = publicPause(event.pause);
    setState(publicState(event.state));
}

void SocketClientPrivate::handle(const ClientEvent::Address &event)
{
    if (std::exchange(currentAddress, event.url) != event.url)
        Q_EMIT q->currentAddressChanged();
}

void SocketClientPrivate::handle(const ClientEvent::Retry &event)
{
    if (std::exchange(retryAt, event.at) != event.at)
        Q_EMIT q->retryAtChanged();
}

void SocketClientPrivate::handle(const ClientEvent::CredentialsWanted &event)
{
    dropCredentialsRequest();
    credentialsRequest = new CredentialsRequest(q);
    credentialsRequest->start(tokenProvider, urlProvider,
        [this, attempt = event.attempt](const Expected<Credentials> &credentials) {
            dropCredentialsRequest();
            if (!credentials) {
                post([worker = worker, attempt, error = credentials.error()] {
                    worker->input(ConnectionMachine::CredentialsFailed{attempt, error});
                });
                return;
            }
            post([worker = worker, attempt, credentials = *credentials] {
                worker->credentials(attempt, credentials);
            });
        });
}

void SocketClientPrivate::dropCredentialsRequest()
{
    if (!credentialsRequest)
        return;
    // We may stand inside it, or inside a provider.
    credentialsRequest->abandon();
    credentialsRequest->deleteLater();
    credentialsRequest.clear();
}

void SocketClientPrivate::handle(const ClientEvent::Freshness &event)
{
    if (!rooms.contains(event.room))
        return;
    freshness.insert(event.room, event.freshness);
    lastVerified.insert(event.room, event.lastVerified);
    Q_EMIT q->roomFreshnessChanged(event.room, event.freshness);
}

void SocketClientPrivate::handle(const ClientEvent::Recovery &event)
{
    if (rooms.contains(event.room))
        Q_EMIT q->roomRecoveryStarted(event.room, event.recovery);
}

void SocketClientPrivate::handle(const ClientEvent::RefreshNeeded & /*event*/)
{
    Q_EMIT q->refreshNeeded();
}

void SocketClientPrivate::handle(const ClientEvent::Counters &event)
{
    const QPointer<SocketClient> guard(q);
    const bool moreUnknown = std::exchange(unknown, event.unknown) != event.unknown;
    latestUnknown = event.latestUnknown;
    if (std::exchange(rejected, event.rejected) != event.rejected)
        Q_EMIT q->rejectedMessagesChanged();
    if (moreUnknown && guard)
        Q_EMIT q->unknownMessagesChanged();
}

bool SocketClientPrivate::isOfOldMembership(const QString &room, quint64 leaves) const
{
    return leaves < leftAt.value(room);
}

void SocketClientPrivate::handleNext(ClientEvent::Received &batch, quint64 leaves)
{
    // Held here: a handler may end the batch, or the client.
    auto message = std::move(batch.messages[batch.next++]);
    if (!leftAt.isEmpty() && isOfOldMembership(message->envelope.room, leaves)) {
        used.push_back(std::move(message));
        return;
    }
    const QPointer<SocketClient> guard(q);
    const CommandSerial disconnectBefore = lastDisconnect;
    handlers.call(
        *message, q->thread(), [&] { return guard && lastDisconnect == disconnectBefore; });
    if (!guard)
        return;
    used.push_back(std::move(message));
    if (used.size() >= usedAtOnce)
        events->giveBack(used);
}

void SocketClientPrivate::handle(const ClientEvent::Unsent &event)
{
    unsent = event.messages;
}

void SocketClientPrivate::handle(const PendingRequests::Finished &event)
{
    requests.finish(event.id, event.reply);
}

void SocketClientPrivate::handle(const Attachment &event)
{
    Q_EMIT q->attachmentReceived(event);
}

void SocketClientPrivate::handle(const ConnectionMachine::Connected &event)
{
    const QPointer<SocketClient> guard(q);
    // Opened before the client was asked to connect, but told after: the state went unsaid.
    setState(SocketClient::State::Connected);
    if (!guard || state != SocketClient::State::Connected)
        return;
    announcedOpen = true;
    Q_EMIT q->connected(event.reconnected);
}

void SocketClientPrivate::handle(const ConnectionMachine::Disconnected &event)
{
    if (std::exchange(announcedOpen, false))
        Q_EMIT q->disconnected(event.code, event.reason);
}

void SocketClientPrivate::handle(const ConnectionMachine::ReconnectScheduled &event)
{
    Q_EMIT q->reconnectAttempt(event.attempt, event.delay);
}

void SocketClientPrivate::handle(const ConnectionMachine::ReconnectFailed &event)
{
    Q_EMIT q->reconnectFailed(event.attempts);
}

void SocketClientPrivate::handle(const ConnectionMachine::AuthenticationFailed &event)
{
    Q_EMIT q->authenticationFailed(event.reason);
}

void SocketClientPrivate::handle(const ConnectionMachine::Stopped &event)
{
    Q_EMIT q->stopped(event.code);
}

void SocketClientPrivate::handle(const ConnectionMachine::ErrorOccurred &event)
{
    Error error = event.error;
    if (credentialsRequest && error.code == ErrorCode::ConnectionTimeout) {
        error.message = ClientSentence::tr("%1 gave no answer within %2 ms.")
                            .arg(credentialsRequest->waitedFor())
                            .arg(options.connection.connectionTimeout.count());
        dropCredentialsRequest();
    } else if (!options.alternatives.isEmpty() && isSilence(error.code)) {
        // Every other error of a connection names the host by itself.
        error.message = ClientSentence::tr("%1, port %2: %3")
                            .arg(currentAddress.host())
                            .arg(currentAddress.port(currentAddress.scheme() == u"wss" ? 443 : 80))
                            .arg(error.message);
    }
    Q_EMIT q->errorOccurred(error);
}

void SocketClientPrivate::handle(const ConnectionMachine::RoundTrip &event)
{
    roundTripTime = event.duration;
    Q_EMIT q->roundTripTimeChanged();
}

} // namespace tocsin
