// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "client/export.h"
#include "client/roomfreshness.h"
#include "client/subscription.h"
#include "protocol/message.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace tocsin {

class SocketClientPrivate;

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
    Q_PROPERTY(QDateTime retryAt READ retryAt NOTIFY retryAtChanged)
    Q_PROPERTY(QStringList rooms READ rooms NOTIFY roomsChanged)
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
    /// When the next attempt begins, on the wall clock; invalid where none is waited for.
    [[nodiscard]] QDateTime retryAt() const;
    /// From a heartbeat to its answer, the latest; absent before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> roundTripTime() const;
    /// Messages that were not delivered because they were no JSON, or not of their schema.
    [[nodiscard]] qint64 rejectedMessages() const;
    /// Valid messages that nobody subscribed to.
    [[nodiscard]] qint64 unknownMessages() const;

    /// Joins a room now, and again after each reconnect, until left.
    void joinRoom(const QString &room);
    void leaveRoom(const QString &room);
    /// The rooms that are wanted, in the order in which they were joined.
    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] RoomFreshness roomFreshness(const QString &room) const;

    /// Calls `handler(const T &, const Envelope &)` for each message of that name, validated, for
    /// as long as `context` lives and the subscription is not ended.
    template <typename T, typename Handler>
    Subscription on(const Message<T> &message, QObject *context, Handler handler);
    /// Calls `handler` for every valid message, subscribed to or not, with its data as JSON.
    Subscription onAny(
        QObject *context, std::function<void(const Envelope &, const QByteArray &)> handler);

    /// Sends a command; while not connected it waits, in order, behind the others. The buffer
    /// holds 10,000 commands or 16 MiB; one that finds it full is refused by errorOccurred().
    template <typename T>
    void send(const Command<T> &command, const T &payload)
    {
        sendText(encodeCommand(command, payload));
    }
    /// The same for a frame as it is to stand on the wire.
    void sendText(const QByteArray &frame);

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
    void retryAtChanged();
    void roundTripTimeChanged();
    void roomsChanged();
    void roomFreshnessChanged(const QString &room, tocsin::RoomFreshness freshness);
    void rejectedMessagesChanged();

private:
    using Decoder = std::function<Expected<std::shared_ptr<const void>>(
        JsonReader &, QStringView, std::string_view)>;
    using ErasedHandler = std::function<void(const void *, const Envelope &)>;
    Subscription subscribe(
        QStringView name, QObject *context, Decoder decoder, ErasedHandler handler);

    std::unique_ptr<SocketClientPrivate> d;
    friend class SocketClientPrivate;
};

template <typename T, typename Handler>
Subscription SocketClient::on(const Message<T> &message, QObject *context, Handler handler)
{
    return subscribe(
        message.name, context,
        [](JsonReader &reader, QStringView name,
            std::string_view data) -> Expected<std::shared_ptr<const void>> {
            auto decoded = decodeData<T>(reader, name, data);
            if (!decoded)
                return tl::unexpected<Error>(decoded.error());
            return std::make_shared<const T>(std::move(*decoded));
        },
        [handler = std::move(handler)](const void *data, const Envelope &envelope) {
            handler(*static_cast<const T *>(data), envelope);
        });
}

} // namespace tocsin

Q_DECLARE_METATYPE(tocsin::Error)
