// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/dialect.h"
#include "protocol/heartbeat.h"

#include <QByteArray>
#include <QList>
#include <QNetworkProxy>
#include <QPair>
#include <QSslConfiguration>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace tocsin {

/// What a hidden window does to a lost connection: wait until it is seen again, or go on trying (a
/// wall display is never hidden, whatever its window system says).
enum class WhenHidden { Pause, Continue };

/// How a connection is made, kept and made again. All times are positive; 0 switches a time-out or
/// the heartbeat off.
struct ConnectionOptions {
    /// Whether a lost connection is made again.
    bool reconnect = true;
    /// The ceiling of the first wait; doubled with each further one (docs/protocol.md, "Backoff").
    /// 1 ms at least.
    std::chrono::milliseconds reconnectDelay{500};
    /// The highest ceiling. 10 ms at least.
    std::chrono::milliseconds maxReconnectDelay{20'000};
    /// How many retries in a row, without a usable session between, before giving up; unlimited
    /// where absent. 0 or less: the first failure is final, as without `reconnect`, but told by
    /// reconnectFailed().
    std::optional<int> maxReconnectAttempts = {};
    /// From the beginning of an attempt, credentials included, to the end of its handshake.
    std::chrono::milliseconds connectionTimeout{5'000};
    std::chrono::milliseconds heartbeatInterval{25'000};
    /// How long nothing at all may come after a heartbeat before the connection counts as dead. A
    /// message that keeps coming in is waited for, for twelve times as long at most; no room is
    /// Live then.
    std::chrono::milliseconds heartbeatTimeout{5'000};
    WhenHidden whenHidden = WhenHidden::Pause;
    /// How long a room may go without the server's word that nothing was missed (a message with a
    /// sequence, `room.heads`, or the answer to a join) before it is Stale and joined again. The
    /// default is two of a gateway's heartbeats and a margin. Plain servers give no such word, and
    /// are exempt.
    std::chrono::milliseconds verificationTimeout{60'000};
};

/// What gives way when as much waits for a connection as may: what was promised last, or what has
/// waited longest.
enum class WhenFull { RefuseNewest, DropOldest };

/// How much may wait for a connection, and for how long.
struct OutboxOptions {
    /// 0: nothing waits, and what would have to is told as BufferFull.
    std::size_t maximumMessages = 10'000;
    /// Of the frames, and of the attachments with them. 0 or less: nothing waits.
    qsizetype maximumBytes = 16 * 1024 * 1024;
    WhenFull whenFull = WhenFull::RefuseNewest;
    /// What waited longer is dropped and reported instead of being sent; no limit where absent. A
    /// message may have its own (SendOptions), and a request has its time-out. 0 or less: what has
    /// to wait is never sent.
    std::optional<std::chrono::milliseconds> timeToLive = {};
};

/// All that a SocketClient is told when it is made.
struct SocketClientOptions {
    /// `ws://` or `wss://`; not needed where there is a URL provider.
    QUrl url = {};
    /// Further addresses of the same server: of gateways that share one log. One of all is used at
    /// a time, and another when it fails, which is then left alone for a while. Where there is a
    /// URL provider it is asked instead, for each attempt.
    QList<QUrl> alternatives = {};
    ConnectionOptions connection = {};
    HeartbeatFlavour heartbeat = HeartbeatFlavour::Text;
    /// The largest message taken from a server, and the largest attachment either way, in bytes. At
    /// least 1: with 0 no message is taken, and less has no meaning.
    qint64 maximumMessageSize = 16 * 1024 * 1024;
    Dialect dialect = Dialect::Envelope;
    OutboxOptions outbox = {};
    /// Sent with each upgrade request, such as `Authorization` or `Origin`. They may be secret, so
    /// no value is ever logged or part of an error. The handshake's own (`Host`, `Upgrade`,
    /// `Connection`, `Sec-WebSocket-…`) cannot be set.
    QList<QPair<QByteArray, QByteArray>> requestHeaders = {};
    /// Offered to the server, best first (RFC 6455 section 1.9); it may choose none.
    QStringList subprotocols = {};
    /// The application's (QNetworkProxy::applicationProxy()) where absent.
    std::optional<QNetworkProxy> proxy = {};
    /// For `wss://`: the authorities to trust, a client certificate and its key, protocol versions.
    /// The application's default (QSslConfiguration::defaultConfiguration()) where absent. A
    /// certificate that does not stand up to it fails the attempt, always.
    std::optional<QSslConfiguration> tls = {};
};

} // namespace tocsin
