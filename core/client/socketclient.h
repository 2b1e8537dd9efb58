// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachment.h"
#include "client/connectionoptions.h"
#include "client/export.h"
#include "client/messagetype.h"
#include "client/pendingrequests.h"
#include "client/reply.h"
#include "client/roomfreshness.h"
#include "client/roomrecovery.h"
#include "client/sendoptions.h"
#include "client/subscription.h"
#include "protocol/message.h"
#include "protocol/typedchannel.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace tocsin {

class SocketClientPrivate;
struct OutgoingMessage;

/// A live connection to a Tocsin gateway, or to any WebSocket server that speaks the same envelope:
/// made, kept, made again when it is lost, its rooms joined again and what was missed recovered.
///
///     SocketClient client({.url = QUrl(u"wss://ops.example.com/ws"_s)});
///     client.on(IncidentCreated, this, [](const Incident &incident, const Envelope &) { … });
///     client.joinRoom(u"account:acme"_s);
///     client.connectToServer();
///
/// Thread: belongs to the thread that it was made in, as every QObject; all functions are called
/// there. The socket lives in a thread of its own, so neither waits for the other. Handlers run in
/// the thread of their context object, in the order in which messages came.
/// Every signal may be answered by any call, the destruction of the client included.
/// RFC 6455; docs/protocol.md.
class TOCSIN_CLIENT_EXPORT SocketClient : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QUrl currentAddress READ currentAddress NOTIFY currentAddressChanged)
    Q_PROPERTY(QDateTime retryAt READ retryAt NOTIFY retryAtChanged)
    Q_PROPERTY(QStringList rooms READ rooms NOTIFY roomsChanged)
    Q_PROPERTY(std::optional<std::chrono::milliseconds> roundTripTime READ roundTripTime NOTIFY
            roundTripTimeChanged)
    Q_PROPERTY(qint64 rejectedMessages READ rejectedMessages NOTIFY rejectedMessagesChanged)

public:
    enum class State {
        /// Not connected, and nothing under way: not asked to, ended on purpose, given up, or
        /// paused until the network or the window is back (see pauseReason()).
        Disconnected,
        /// An attempt is under way.
        Connecting,
        /// The socket is open. Whether what a room shows is current is another question: see
        /// roomFreshness().
        Connected,
        /// Waiting for the next attempt, at retryAt().
        Reconnecting,
    };
    Q_ENUM(State)

    enum class PauseReason { None, Offline, Hidden };
    Q_ENUM(PauseReason)

    /// Gives the token for one attempt; asked anew for each. An empty token sends no `auth`. A
    /// future that fails or is cancelled fails the attempt; one that takes longer than the
    /// connection time-out does too. Called in the client's thread.
    using TokenProvider = std::function<QFuture<QString>()>;
    /// Gives the address for one attempt, where it is not always the same: found by a directory, or
    /// holding a ticket. Asked together with the token provider, as often, and under the same
    /// rules. An address that cannot be used fails the attempt with BadConfiguration.
    using UrlProvider = std::function<QFuture<QUrl>()>;

    explicit SocketClient(SocketClientOptions options, QObject *parent = nullptr);
    ~SocketClient() override;

    [[nodiscard]] const SocketClientOptions &options() const;

    /// Set before connecting; takes effect with the next attempt.
    void setTokenProvider(TokenProvider provider);
    /// As above; in place of the address in the options.
    void setUrlProvider(UrlProvider provider);

    /// Connects; does nothing where that is done or under way. While waiting for a retry, it is
    /// made at once. Options that no connection can be made with are told by errorOccurred()
    /// (BadConfiguration), and the client stays disconnected.
    void connectToServer();
    /// Ends the connection, final until connectToServer(): no retry, what is buffered is dropped,
    /// and nothing more is delivered. The rooms stay wanted.
    void disconnectFromServer();
    /// Skips the wait for the next attempt; does nothing in any other state.
    void reconnectNow();

    [[nodiscard]] State state() const;
    [[nodiscard]] PauseReason pauseReason() const;
    /// The address of the connection, or of the attempt that is under way or was the last: `url`,
    /// or one of the alternatives in the options, or what the URL provider gave. Empty before the
    /// first attempt.
    [[nodiscard]] QUrl currentAddress() const;
    /// When the next attempt begins, on the wall clock; invalid where none is waited for.
    [[nodiscard]] QDateTime retryAt() const;
    /// From a heartbeat to its answer, the latest; absent before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTripTime() const;
    /// Messages that were not delivered because they were no JSON, or not of their schema.
    [[nodiscard]] qint64 rejectedMessages() const;
    /// Valid messages that nobody subscribed to.
    [[nodiscard]] qint64 unknownMessages() const;
    /// The name of the latest of them; empty where there was none.
    [[nodiscard]] QString latestUnknownMessage() const;
    /// Messages that send(), sendText() and sendAttachment() took and that were not sent: they
    /// found the buffer full, gave way to newer ones, waited too long, or were not to wait.
    [[nodiscard]] qint64 unsentMessages() const;

    /// Joins a room now, and again after each reconnect, until left.
    void joinRoom(const QString &room);
    void leaveRoom(const QString &room);
    /// The rooms that are wanted, in the order in which they were joined.
    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] RoomFreshness roomFreshness(const QString &room) const;
    /// When the server last confirmed that nothing of the room was missing, on the wall clock, as
    /// of the last change of its freshness: of a room that is Stale or Recovering, the moment that
    /// what is shown of it was true. Invalid where it never was, and for a room that was left.
    [[nodiscard]] QDateTime roomLastVerified(const QString &room) const;

    /// Calls `handler(const T &, const Envelope &)` for each message of that name, validated, for
    /// as long as `context`, which must not be null, lives and the subscription is not ended.
    template <typename T, typename Handler>
    Subscription on(const Message<T> &message, QObject *context, Handler handler);
    /// The same for the next such message only, under the same rules.
    template <typename T, typename Handler>
    Subscription once(const Message<T> &message, QObject *context, Handler handler);
    using JsonHandler = std::function<void(const Envelope &, const QByteArray &json)>;
    /// Calls `handler` for every valid message, subscribed to or not, with its data as JSON; not
    /// for the replies to request() and not for announcements of attachments. `context` must not be
    /// null.
    Subscription onAny(QObject *context, JsonHandler handler);
    /// Calls `handler` for every valid message whose name nobody subscribed to. `context` must not
    /// be null.
    Subscription onUnknown(QObject *context, JsonHandler handler);

    /// Sends a command. While not connected it waits, in order, behind the others, within the
    /// bounds of SocketClientOptions::outbox; disconnectFromServer() drops what waits.
    ///
    /// What is returned is what is known at once, and may be ignored: NotConnected where it was
    /// not to wait. What goes wrong later is told by errorOccurred() and counted by
    /// unsentMessages(): BufferFull (once in an outage), TimedOut (waited too long), NotConnected
    /// (was not to wait, and the connection was gone before it left).
    template <typename T>
    Expected<void> send(
        const Command<T> &command, const T &payload, const SendOptions &options = {})
    {
        return sendText(encodeFor(command, payload, options.channel), options);
    }
    /// The same for a frame as it is to stand on the wire. A `requestId` in it must be none that
    /// request() gives, which counts from 1.
    Expected<void> sendText(const QByteArray &frame, const SendOptions &options = {});
    /// The same for an attachment. Nothing comes between its announcement and its bytes. TooLarge
    /// where it has more than SocketClientOptions::maximumMessageSize.
    Expected<void> sendAttachment(const Attachment &attachment, const SendOptions &options = {});

    /// Sends a command and asks for its reply:
    ///
    ///     client.request(Acknowledge, {.uuid = uuid}).then(&client, [](const Reply &reply) { … });
    ///
    /// The future always finishes with one Reply, by itself never as cancelled and never with an
    /// exception: with the server's answer, or with an error when the time is over, when the
    /// session ends (lost, stopped, disconnectFromServer(), the client destroyed) or when it
    /// cannot be sent. While not connected it waits in the buffer, unless RequestOptions say that
    /// it is not to. It finishes in the client's thread, in order with the messages: do not wait
    /// for it there, use then(), with a context that is there still when it finishes, as Qt 6.4
    /// calls one that has ended; or a QFutureWatcher.
    template <typename T>
    QFuture<Reply> request(const Command<T> &command, const T &payload, RequestOptions options = {})
    {
        const RequestId id = nextRequestId();
        return startRequest({.id = id,
                                .type = command.type.toString(),
                                .frame = encodeCommand(command, payload, id),
                                .safeToRepeat = options.safeToRepeat},
            options);
    }

    /// Asks a connection that looks alive for a sign of life at once, and skips the wait for the
    /// next attempt; for when the machine's address or way to the server may have changed.
    void checkConnection();
    /// What the platform would say of the network and of the window; NetworkWatch feeds the one,
    /// and the dashboard's windows the other. They never revive a client that was not
    /// connected, or was disconnected on purpose.
    void setNetworkReachable(bool reachable);
    void setVisible(bool visible);

Q_SIGNALS:
    void stateChanged(tocsin::SocketClient::State state);
    /// The socket is open; `auth`, joins and what was buffered are on their way. `reconnected`:
    /// this client had a usable session before.
    void connected(bool reconnected);
    /// An open connection ended, with the close code (RFC 6455 section 7.4; 1006 where it was
    /// lost without one) and the reason given.
    void disconnected(int code, const QString &reason);
    /// Retry number `attempt`, from 1, begins after `delay`.
    void reconnectAttempt(int attempt, std::chrono::milliseconds delay);
    void reconnectFailed(int attempts);
    /// The server refused the token, and a fresh one too. The client has stopped.
    void authenticationFailed(const QString &reason);
    /// The server closed with a code that means: do not come back (4003, 4010, 4400–4499). The
    /// client has stopped; errorOccurred() says why.
    void stopped(int code);
    void errorOccurred(const tocsin::Error &error);
    void currentAddressChanged();
    void retryAtChanged();
    void roundTripTimeChanged();
    void roomsChanged();
    void roomFreshnessChanged(const QString &room, tocsin::RoomFreshness freshness);
    /// What follows in the room is the whole list, or what was missed: emitted behind the server's
    /// answer to a join and ahead of the first message of it, in order with the messages. The end
    /// is the room's becoming Live; where it is emitted again before that, the recovery began anew.
    void roomRecoveryStarted(const QString &room, tocsin::RoomRecovery recovery);
    /// What was missed before this session has to be asked for: the server recovers nothing. Once
    /// after each connected(true) to a plain server, and never where the server recovers; behind
    /// connected(), at once where the server is known to be plain, otherwise as soon as it is;
    /// ahead of the rooms' becoming Live by that.
    void refreshNeeded();
    void rejectedMessagesChanged();
    void unknownMessagesChanged();
    /// Bytes from the server, whole, of the size that was announced.
    void attachmentReceived(const tocsin::Attachment &attachment);

private:
    using ErasedHandler = std::function<void(const void *data, const Envelope &)>;
    Subscription subscribe(QStringView name, const MessageType *type, QObject *context,
        ErasedHandler handler, bool once);
    template <typename T, typename Handler>
    static ErasedHandler erased(Handler handler)
    {
        return [handler = std::move(handler)](const void *data, const Envelope &envelope) mutable {
            handler(*static_cast<const T *>(data), envelope);
        };
    }
    template <typename T>
    [[nodiscard]] QByteArray encodeFor(
        const Command<T> &command, const T &payload, const QString &channel) const;
    [[nodiscard]] RequestId nextRequestId();
    [[nodiscard]] QFuture<Reply> startRequest(
        PendingRequest request, const RequestOptions &options);
    Expected<void> post(OutgoingMessage message, const SendOptions &options);

    std::unique_ptr<SocketClientPrivate> d;
    friend class SocketClientPrivate;
};

template <typename T>
QByteArray SocketClient::encodeFor(
    const Command<T> &command, const T &payload, const QString &channel) const
{
    if (options().dialect != Dialect::TypedChannel)
        return encodeCommand(command, payload);
    const QByteArray data = encode(payload);
    return encodeChannelMessage(
        channel, command.type, {data.constData(), std::size_t(data.size())});
}

template <typename T, typename Handler>
Subscription SocketClient::on(const Message<T> &message, QObject *context, Handler handler)
{
    return subscribe(message.name, &messageType<T>, context, erased<T>(std::move(handler)), false);
}

template <typename T, typename Handler>
Subscription SocketClient::once(const Message<T> &message, QObject *context, Handler handler)
{
    return subscribe(message.name, &messageType<T>, context, erased<T>(std::move(handler)), true);
}

} // namespace tocsin

Q_DECLARE_METATYPE(tocsin::Error)
