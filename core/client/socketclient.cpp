// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"

#include "client/clientworker_p.h"

#include <QEventLoop>
#include <QPointer>
#include <QThread>

#include <deque>
#include <future>
#include <thread>

namespace tocsin {

namespace {

struct Handler {
    QString name; // empty: every message
    QPointer<QObject> context;
    std::function<void(const ClientEvent::Received &)> call;
    std::shared_ptr<bool> active = std::make_shared<bool>(true);
};

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
    void handle(const ClientEvent::Counters &event);
    void handle(const ClientEvent::Received &event);
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
    std::weak_ptr<bool> addHandler(Handler handler);
    template <typename Function>
    void post(Function function)
    {
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
    QStringList rooms;
    QHash<QString, RoomFreshness> freshness;
    std::vector<std::shared_ptr<Handler>> handlers;
};

SocketClient::SocketClient(SocketClientOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<SocketClientPrivate>(this, std::move(options)))
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<RoomFreshness>();
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
    d->post([worker = d->worker] { worker->end(); });
    d->thread.join();
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
    d->setState(State::Disconnected);
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

Subscription SocketClient::subscribe(
    QStringView name, QObject *context, Decoder decoder, ErasedHandler handler)
{
    Q_ASSERT(context);
    d->post([worker = d->worker, name = name.toString(), decoder = std::move(decoder)] {
        worker->addDecoder(name, decoder);
    });
    return Subscription(d->addHandler({.name = name.toString(),
        .context = context,
        .call = [handler = std::move(handler)](const ClientEvent::Received &event) {
            if (event.data)
                handler(event.data.get(), event.envelope);
        }}));
}

Subscription SocketClient::onAny(
    QObject *context, std::function<void(const Envelope &, const QByteArray &)> handler)
{
    Q_ASSERT(context);
    d->post([worker = d->worker] { worker->passOnJson(); });
    return Subscription(d->addHandler({.name = {},
        .context = context,
        .call = [handler = std::move(handler)](
                    const ClientEvent::Received &event) { handler(event.envelope, event.json); }}));
}

std::weak_ptr<bool> SocketClientPrivate::addHandler(Handler handler)
{
    handlers.push_back(std::make_shared<Handler>(std::move(handler)));
    return handlers.back()->active;
}

void SocketClient::sendText(const QByteArray &frame)
{
    d->post([worker = d->worker, frame] { worker->sendFrame(frame); });
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
    // A handler may run an event loop of its own: what is left of the batch is kept where the call
    // that comes from there finds it, and that call is asked for beforehand.
    auto batch = events->take();
    std::move(batch.begin(), batch.end(), std::back_inserter(waiting));
    const QPointer<SocketClient> guard(q);
    if (waiting.size() > 1)
        QMetaObject::invokeMethod(q, [this] { drain(); }, Qt::QueuedConnection);
    while (guard && !waiting.empty()) {
        const ClientEvent event = std::move(waiting.front());
        waiting.pop_front();
        // What was under way when the client was disconnected on purpose is not delivered any more.
        if (event.serial < lastDisconnect)
            continue;
        // A state, or a wait, from before a command that we have already announced the effect of.
        if (event.serial < serial && isOfTheMoment(event.body))
            continue;
        std::visit([this](const auto &body) { handle(body); }, event.body);
    }
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
    Q_EMIT q->roomFreshnessChanged(event.room, event.freshness);
}

void SocketClientPrivate::handle(const ClientEvent::Counters &event)
{
    unknown = event.unknown;
    if (std::exchange(rejected, event.rejected) != event.rejected)
        Q_EMIT q->rejectedMessagesChanged();
}

void SocketClientPrivate::handle(const ClientEvent::Received &event)
{
    std::erase_if(
        handlers, [](const auto &handler) { return !*handler->active || !handler->context; });
    const auto current = handlers; // a handler may subscribe, unsubscribe, or delete the client
    const QPointer<SocketClient> guard(q);
    const CommandSerial disconnectBefore = lastDisconnect;
    for (const auto &handler : current) {
        if (!guard || lastDisconnect != disconnectBefore)
            return;
        if (!*handler->active || !handler->context
            || (!handler->name.isEmpty() && handler->name != event.envelope.name))
            continue;
        if (handler->context->thread() == q->thread()) {
            handler->call(event);
        } else {
            QMetaObject::invokeMethod(
                handler->context,
                [handler, event] {
                    if (*handler->active)
                        handler->call(event);
                },
                Qt::QueuedConnection);
        }
    }
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
