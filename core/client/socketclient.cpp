// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"

#include "client/clientworker_p.h"
#include "client/handlers_p.h"
#include "client/requestpromises_p.h"

#include <QEventLoop>
#include <QPointer>
#include <QThread>

#include <deque>
#include <future>
#include <thread>

namespace tocsin {

namespace {

// How many handled messages go back to the I/O thread at once.
constexpr std::size_t usedAtOnce = 256;

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

} // namespace

class SocketClientPrivate
{
public:
    explicit SocketClientPrivate(SocketClient *client, SocketClientOptions chosen)
        : q(client)
        , options(std::move(chosen))
        , events(std::make_shared<ClientEventQueue>([client, this] {
            QMetaObject::invokeMethod(client, [this] { drain(); }, Qt::QueuedConnection);
        }))
    {
    }

    void drain();
    void handle(const ClientEvent::State &event);
    void handle(const ClientEvent::Retry &event);
    void handle(const ClientEvent::CredentialsWanted &event);
    void handle(const ClientEvent::Freshness &event);
    void handle(const ClientEvent::Recovery &event);
    void handle(const ClientEvent::RefreshNeeded &event);
    void handle(const ClientEvent::Counters &event);
    /// Handles the next message of the batch that stands first in line.
    void handleNext(ClientEvent::Received &batch);
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
    CommandSerial serial = 0;
    CommandSerial lastDisconnect = 0;
    SocketClient::State state = SocketClient::State::Disconnected;
    SocketClient::PauseReason pause = SocketClient::PauseReason::None;
    /// `connected` was signalled, its `disconnected` not yet.
    bool announcedOpen = false;
    QDateTime retryAt;
    std::optional<std::chrono::milliseconds> roundTripTime;
    qint64 rejected = 0;
    qint64 unknown = 0;
    qint64 unsent = 0;
    RequestId lastRequest = 0;
    RequestPromises requests;
    QStringList rooms;
    QHash<QString, RoomFreshness> freshness;
    QHash<QString, QDateTime> lastVerified;
    Handlers handlers;
    ReceivedMessages used;
};

SocketClient::SocketClient(SocketClientOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<SocketClientPrivate>(this, std::move(options)))
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<RoomFreshness>();
    qRegisterMetaType<RoomRecovery>();
    qRegisterMetaType<Attachment>();
    qRegisterMetaType<std::chrono::milliseconds>();
    std::promise<ClientWorker *> started;
    auto worker = started.get_future();
    d->thread = std::thread([options = d->options, events = d->events, &started] {
        QThread::currentThread()->setObjectName(QStringLiteral("tocsin-client"));
        QEventLoop loop;
        ClientWorker inThread(options, events);
        QObject::connect(&inThread, &ClientWorker::ended, &loop, &QEventLoop::quit);
        started.set_value(&inThread);
        loop.exec();
    });
    d->worker = worker.get();
}

SocketClient::~SocketClient()
{
    // From here on nothing is delivered; the thread ends before what it tells goes.
    d->events->close();
    d->post([worker = d->worker] { worker->end(); });
    d->thread.join();
    d->worker = nullptr;
    d->requests.failAll({ErrorCode::NotConnected,
        QStringLiteral("The client was destroyed before the request was answered."), {}});
}

const SocketClientOptions &SocketClient::options() const
{
    return d->options;
}

void SocketClient::setTokenProvider(TokenProvider provider)
{
    d->tokenProvider = std::move(provider);
    d->tellWorkerWhetherToAsk();
}

void SocketClient::setUrlProvider(UrlProvider provider)
{
    d->urlProvider = std::move(provider);
    d->tellWorkerWhetherToAsk();
}

void SocketClientPrivate::tellWorkerWhetherToAsk()
{
    post([worker = worker, ask = tokenProvider || urlProvider] { worker->expectCredentials(ask); });
}

void SocketClient::connectToServer()
{
    if (d->state == State::Connecting || d->state == State::Connected)
        return;
    ++d->serial;
    d->post([worker = d->worker, serial = d->serial] {
        worker->command(ConnectionMachine::Connect{}, serial);
    });
    d->pause = PauseReason::None;
    d->setState(State::Connecting);
}

void SocketClient::disconnectFromServer()
{
    d->lastDisconnect = ++d->serial;
    d->dropCredentialsRequest();
    d->post([worker = d->worker, serial = d->serial] {
        worker->command(ConnectionMachine::Disconnect{}, serial);
    });
    const QPointer<SocketClient> guard(this);
    d->pause = PauseReason::None;
    const bool wasOpen = std::exchange(d->announcedOpen, false);
    // What a handler asks from here on is asked of the next connection.
    auto abandoned = std::exchange(d->requests, {});
    d->setState(State::Disconnected);
    abandoned.failAll({ErrorCode::NotConnected,
        QStringLiteral("The client was disconnected before the request was answered."), {}});
    if (guard && wasOpen)
        Q_EMIT disconnected(1000, {});
}

void SocketClient::reconnectNow()
{
    d->post([worker = d->worker] { worker->input(ConnectionMachine::ReconnectNow{}); });
}

SocketClient::State SocketClient::state() const
{
    return d->state;
}

SocketClient::PauseReason SocketClient::pauseReason() const
{
    return d->pause;
}

QDateTime SocketClient::retryAt() const
{
    return d->retryAt;
}

std::optional<std::chrono::milliseconds> SocketClient::roundTripTime() const
{
    return d->roundTripTime;
}

qint64 SocketClient::rejectedMessages() const
{
    return d->rejected;
}

qint64 SocketClient::unknownMessages() const
{
    return d->unknown;
}

qint64 SocketClient::unsentMessages() const
{
    return d->unsent;
}

void SocketClient::joinRoom(const QString &room)
{
    if (d->rooms.contains(room))
        return;
    d->rooms.append(room);
    d->post([worker = d->worker, room] { worker->joinRoom(room); });
    Q_EMIT roomsChanged();
}

void SocketClient::leaveRoom(const QString &room)
{
    if (d->rooms.removeAll(room) == 0)
        return;
    d->freshness.remove(room);
    d->lastVerified.remove(room);
    d->post([worker = d->worker, room] { worker->leaveRoom(room); });
    Q_EMIT roomsChanged();
}

QStringList SocketClient::rooms() const
{
    return d->rooms;
}

RoomFreshness SocketClient::roomFreshness(const QString &room) const
{
    return d->freshness.value(room, RoomFreshness::Joining);
}

QDateTime SocketClient::roomLastVerified(const QString &room) const
{
    return d->lastVerified.value(room);
}

Subscription SocketClient::subscribe(
    QStringView name, const MessageType *type, QObject *context, ErasedHandler handler, bool once)
{
    Q_ASSERT(context);
    const auto [channel, isNew] = d->handlers.channel(name.toString(), type);
    if (isNew) {
        d->post([worker = d->worker, name = name.toString(), type, channel = channel] {
            worker->addChannel(name, type, channel);
        });
    }
    auto added = std::make_shared<Handler>(Handler{.context = context,
        .call = [handler = std::move(handler)](const void *data, const Envelope &envelope,
                    const QByteArray & /*json*/) { handler(data, envelope); },
        .once = once});
    Subscription subscription(added->active);
    d->handlers.add(channel, std::move(added));
    return subscription;
}

namespace {

std::shared_ptr<Handler> jsonHandler(QObject *context, SocketClient::JsonHandler handler)
{
    Q_ASSERT(context);
    return std::make_shared<Handler>(Handler{.context = context,
        .call = [handler = std::move(handler)](const void * /*data*/, const Envelope &envelope,
                    const QByteArray &json) { handler(envelope, json); }});
}

} // namespace

Subscription SocketClient::onAny(QObject *context, JsonHandler handler)
{
    d->post([worker = d->worker] { worker->passOnJson(); });
    auto added = jsonHandler(context, std::move(handler));
    Subscription subscription(added->active);
    d->handlers.addForAll(std::move(added));
    return subscription;
}

Subscription SocketClient::onUnknown(QObject *context, JsonHandler handler)
{
    d->post([worker = d->worker] { worker->passOnJson(); });
    auto added = jsonHandler(context, std::move(handler));
    Subscription subscription(added->active);
    d->handlers.addForUnknown(std::move(added));
    return subscription;
}

Expected<void> SocketClient::sendText(const QByteArray &frame, const SendOptions &options)
{
    return post({.text = frame}, options);
}

Expected<void> SocketClient::sendAttachment(
    const Attachment &attachment, const SendOptions &options)
{
    if (d->options.dialect == Dialect::TypedChannel) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("The server's dialect knows no attachments."));
    }
    if (attachment.data.size() > d->options.maximumMessageSize) {
        return makeError(ErrorCode::TooLarge,
            QStringLiteral("The attachment has %1 bytes, and at most %2 are sent.")
                .arg(attachment.data.size())
                .arg(d->options.maximumMessageSize));
    }
    return post(
        {.text = encodeCommand(AnnounceAttachment,
             {attachment.id, attachment.name, attachment.contentType, attachment.data.size()}),
            .attachment = attachment.data},
        options);
}

Expected<void> SocketClient::post(OutgoingMessage message, const SendOptions &options)
{
    using Buffering = ClientWorker::Buffering;
    if (!options.buffer && d->state != State::Connected) {
        return makeError(
            ErrorCode::NotConnected, QStringLiteral("Not sent: there is no connection."));
    }
    if (options.timeToLive)
        message.expiresAt = monotonicNow() + *options.timeToLive;
    d->post([worker = d->worker, message = std::move(message),
                buffering = options.buffer ? Buffering::WaitForConnection : Buffering::NowOrNever] {
        worker->send(message, buffering);
    });
    return {};
}

RequestId SocketClient::nextRequestId()
{
    return ++d->lastRequest;
}

QFuture<Reply> SocketClient::startRequest(PendingRequest request, std::chrono::milliseconds timeout)
{
    if (d->options.dialect == Dialect::TypedChannel) {
        return RequestPromises::finished(Reply::failure({ErrorCode::BadConfiguration,
            QStringLiteral("The server's dialect knows no replies."), {}}));
    }
    if (!d->worker) {
        return RequestPromises::finished(Reply::failure(
            {ErrorCode::NotConnected, QStringLiteral("The client is being destroyed."), {}}));
    }
    if (timeout > std::chrono::milliseconds::zero())
        request.deadline = monotonicNow() + timeout;
    auto future = d->requests.add(request.id);
    d->post([worker = d->worker, request = std::move(request)] { worker->request(request); });
    return future;
}

void SocketClient::setNetworkReachable(bool reachable)
{
    using Reachability = ConnectionMachine::Reachability;
    const auto reachability = reachable ? Reachability::Online : Reachability::Offline;
    d->post([worker = d->worker, reachability] {
        worker->input(ConnectionMachine::ReachabilityChanged{reachability});
    });
}

void SocketClient::checkConnection()
{
    d->post([worker = d->worker] { worker->input(ConnectionMachine::NetworkChanged{}); });
}

void SocketClient::setVisible(bool visible)
{
    d->post([worker = d->worker, visible] {
        worker->input(ConnectionMachine::VisibilityChanged{visible});
    });
}

void SocketClientPrivate::setState(SocketClient::State next)
{
    if (std::exchange(state, next) != next)
        Q_EMIT q->stateChanged(next);
}

void SocketClientPrivate::drain()
{
    // A handler may run an event loop of its own: what is left is kept where the call that comes
    // from there finds it, and that call is asked for beforehand.
    events->take(waiting);
    const QPointer<SocketClient> guard(q);
    const auto isMore = [](const ClientEvent &event) {
        const auto *const batch = std::get_if<ClientEvent::Received>(&event.body);
        return batch && batch->messages.size() - batch->next > 1;
    };
    if (waiting.size() > 1 || (!waiting.empty() && isMore(waiting.front())))
        QMetaObject::invokeMethod(q, [this] { drain(); }, Qt::QueuedConnection);
    while (guard && !waiting.empty()) {
        ClientEvent &front = waiting.front();
        if (auto *const batch = std::get_if<ClientEvent::Received>(&front.body)) {
            if (front.serial >= lastDisconnect && batch->next < batch->messages.size()) {
                handleNext(*batch);
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
        std::visit(
            [this](const auto &body) {
                if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(body)>,
                                  ClientEvent::Received>)
                    handle(body);
            },
            event.body);
    }
    if (guard)
        events->giveBack(used);
}

void SocketClientPrivate::handle(const ClientEvent::State &event)
{
    pause = publicPause(event.pause);
    setState(publicState(event.state));
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
    unknown = event.unknown;
    if (std::exchange(rejected, event.rejected) != event.rejected)
        Q_EMIT q->rejectedMessagesChanged();
}

void SocketClientPrivate::handleNext(ClientEvent::Received &batch)
{
    // Held here: a handler may end the batch, or the client.
    auto message = std::move(batch.messages[batch.next++]);
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
        error.message = QStringLiteral("%1 gave no answer within %2 ms.")
                            .arg(credentialsRequest->waitedFor())
                            .arg(options.connection.connectionTimeout.count());
        dropCredentialsRequest();
    }
    Q_EMIT q->errorOccurred(error);
}

void SocketClientPrivate::handle(const ConnectionMachine::RoundTrip &event)
{
    roundTripTime = event.duration;
    Q_EMIT q->roundTripTimeChanged();
}

} // namespace tocsin
