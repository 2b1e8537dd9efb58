// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"

#include "client/clientsentence_p.h"
#include "client/socketclient_p.h"

#include <QEventLoop>
#include <QPointer>
#include <QThread>

#include <future>

namespace tocsin {

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
    d->requests.failAll({ErrorCode::ConnectionLost,
        ClientSentence::tr("The client was destroyed before the request was answered."), {}});
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
    abandoned.failAll({ErrorCode::ConnectionLost,
        ClientSentence::tr("The client was disconnected before the request was answered."), {}});
    // What would say so is thrown away with the rest.
    const QStringList rooms = guard ? d->rooms : QStringList();
    for (const QString &room : rooms) {
        if (!guard || d->freshness.value(room) != RoomFreshness::Live)
            continue;
        d->freshness.insert(room, RoomFreshness::Stale);
        Q_EMIT roomFreshnessChanged(room, RoomFreshness::Stale);
    }
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

QUrl SocketClient::currentAddress() const
{
    return d->currentAddress;
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

QString SocketClient::latestUnknownMessage() const
{
    return d->latestUnknown;
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
    d->leftAt.insert(room, ++d->lastLeave);
    d->post([worker = d->worker, room, leave = d->lastLeave] { worker->leaveRoom(room, leave); });
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
        .call = std::make_shared<const Handler::Function>(
            [handler = std::move(handler)](const void *data, const Envelope &envelope,
                const QByteArray & /*json*/) { handler(data, envelope); }),
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
        .call = std::make_shared<const Handler::Function>(
            [handler = std::move(handler)](const void * /*data*/, const Envelope &envelope,
                const QByteArray &json) { handler(envelope, json); })});
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
            ClientSentence::tr("The server's dialect knows no attachments."));
    }
    if (attachment.data.size() > d->options.maximumMessageSize) {
        return makeError(ErrorCode::TooLarge,
            ClientSentence::tr("The attachment has %1 bytes, and at most %2 are sent.")
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
            ErrorCode::NotConnected, ClientSentence::tr("Not sent: there is no connection."));
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

QFuture<Reply> SocketClient::startRequest(PendingRequest request, const RequestOptions &options)
{
    using Buffering = ClientWorker::Buffering;
    if (d->options.dialect == Dialect::TypedChannel) {
        return RequestPromises::finished(Reply::failure({ErrorCode::BadConfiguration,
            ClientSentence::tr("The server's dialect knows no replies."), {}}));
    }
    if (!d->worker) {
        return RequestPromises::finished(Reply::failure(
            {ErrorCode::NotConnected, ClientSentence::tr("The client is being destroyed."), {}}));
    }
    if (!options.buffer && d->state != State::Connected) {
        return RequestPromises::finished(Reply::failure({ErrorCode::NotConnected,
            ClientSentence::tr("Not sent: there is no connection."), {}}));
    }
    if (options.timeout > std::chrono::milliseconds::zero())
        request.deadline = monotonicNow() + options.timeout;
    auto future = d->requests.add(request.id);
    d->post([worker = d->worker, request = std::move(request),
                buffering = options.buffer ? Buffering::WaitForConnection : Buffering::NowOrNever] {
        worker->request(request, buffering);
    });
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

} // namespace tocsin
