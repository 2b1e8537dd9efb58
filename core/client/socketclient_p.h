// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/clientworker_p.h"
#include "client/handlers_p.h"
#include "client/requestpromises_p.h"
#include "client/socketclient.h"

#include <QTimer>

#include <deque>
#include <thread>

namespace tocsin {

/// The façade's side of a client: takes events from the I/O thread, in the thread that the client
/// belongs to, and turns them into properties, signals and calls of handlers.
class SocketClientPrivate
{
public:
    explicit SocketClientPrivate(SocketClient *client, SocketClientOptions chosen)
        : q(client)
        , options(std::move(chosen))
        , events(std::make_shared<ClientEventQueue>([client, this] {
            QMetaObject::invokeMethod(client, [this] { drain(); }, Qt::QueuedConnection);
        }))
        , goOn(new QTimer(client))
    {
        goOn->setSingleShot(true);
        QObject::connect(goOn, &QTimer::timeout, client, [this] { drain(); });
    }

    /// Handles what has come. Not all of a flood at once: a posted call goes before timers and
    /// before what a window is to draw, and one after the other would leave neither a turn.
    void drain();
    void handle(const ClientEvent::State &event);
    void handle(const ClientEvent::Address &event);
    void handle(const ClientEvent::Retry &event);
    void handle(const ClientEvent::CredentialsWanted &event);
    void handle(const ClientEvent::Freshness &event);
    void handle(const ClientEvent::Recovery &event);
    void handle(const ClientEvent::RefreshNeeded &event);
    void handle(const ClientEvent::Counters &event);
    /// Handles the next message of the batch that stands first in line; `leaves`: the event's.
    void handleNext(ClientEvent::Received &batch, quint64 leaves);
    [[nodiscard]] bool isOfOldMembership(const QString &room, quint64 leaves) const;
    void handle(const ClientEvent::Unsent &event);
    void handle(const PendingRequests::Finished &event);
    void handle(const Attachment &event);
    void handle(const ConnectionMachine::Connected &event);
    void handle(const ConnectionMachine::Disconnected &event);
    void handle(const ConnectionMachine::ReconnectScheduled &event);
    void handle(const ConnectionMachine::ReconnectFailed &event);
    void handle(const ConnectionMachine::AuthenticationFailed &event);
    void handle(const ConnectionMachine::Stopped &event);
    void handle(const ConnectionMachine::ErrorOccurred &event);
    void handle(const ConnectionMachine::RoundTrip &event);

    void setState(SocketClient::State next);
    void dropCredentialsRequest();
    void tellWorkerWhetherToAsk();
    template <typename Function>
    void post(Function function)
    {
        events->interruptRest();
        if (worker) // not while the client is destroyed
            QMetaObject::invokeMethod(worker, std::move(function), Qt::QueuedConnection);
    }

    SocketClient *q;
    SocketClientOptions options;
    std::shared_ptr<ClientEventQueue> events;
    // Not a QThread: wait() returns before the thread's own data is gone, and what OpenSSL keeps
    // for it would be left behind when the program ends in that moment. join() returns after.
    std::thread thread;
    ClientWorker *worker = nullptr;
    SocketClient::TokenProvider tokenProvider;
    SocketClient::UrlProvider urlProvider;
    /// The attempt's that is under way, where it waits for an answer.
    QPointer<CredentialsRequest> credentialsRequest;

    std::deque<ClientEvent> waiting;
    /// Handles the rest behind what else the thread has to do.
    QTimer *goOn;
    CommandSerial serial = 0;
    CommandSerial lastDisconnect = 0;
    SocketClient::State state = SocketClient::State::Disconnected;
    SocketClient::PauseReason pause = SocketClient::PauseReason::None;
    /// `connected` was signalled, its `disconnected` not yet.
    bool announcedOpen = false;
    QUrl currentAddress;
    QDateTime retryAt;
    std::optional<std::chrono::milliseconds> roundTripTime;
    qint64 rejected = 0;
    qint64 unknown = 0;
    QString latestUnknown;
    qint64 unsent = 0;
    RequestId lastRequest = 0;
    RequestPromises requests;
    QStringList rooms;
    quint64 lastLeave = 0;
    /// The number of the last call to leave each room, for as long as something from before it may
    /// be on its way.
    QHash<QString, quint64> leftAt;
    QHash<QString, RoomFreshness> freshness;
    QHash<QString, QDateTime> lastVerified;
    Handlers handlers;
    ReceivedMessages used;
};

} // namespace tocsin
