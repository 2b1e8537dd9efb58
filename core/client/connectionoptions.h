// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

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
    std::chrono::milliseconds reconnectDelay{500};
    /// The highest ceiling.
    std::chrono::milliseconds maxReconnectDelay{20'000};
    /// How many retries in a row, without a usable session between, before giving up; unlimited
    /// where absent.
    std::optional<int> maxReconnectAttempts;
    /// From the beginning of an attempt, credentials included, to the end of its handshake.
    std::chrono::milliseconds connectionTimeout{5'000};
    std::chrono::milliseconds heartbeatInterval{25'000};
    /// How long nothing at all may come after a heartbeat before the connection counts as dead.
    std::chrono::milliseconds heartbeatTimeout{5'000};
    WhenHidden whenHidden = WhenHidden::Pause;
};

struct SocketClientOptions {
    /// `ws://` or `wss://`; not needed where there is a URL provider.
    QUrl url;
    ConnectionOptions connection;
    HeartbeatFlavour heartbeat = HeartbeatFlavour::Text;
    /// The largest message taken from a server, in bytes.
    qint64 maximumMessageSize = 16 * 1024 * 1024;
    /// Sent with each upgrade request, such as `Authorization` or `Origin`. They may be secret, so
    /// no value is ever logged or part of an error. The handshake's own (`Host`, `Upgrade`,
    /// `Connection`, `Sec-WebSocket-…`) cannot be set.
    QList<QPair<QByteArray, QByteArray>> requestHeaders;
    /// Offered to the server, best first (RFC 6455 section 1.9); it may choose none.
    QStringList subprotocols;
    /// The application's (QNetworkProxy::applicationProxy()) where absent.
    std::optional<QNetworkProxy> proxy;
    /// For `wss://`: the authorities to trust, a client certificate and its key, protocol versions.
    /// The application's default (QSslConfiguration::defaultConfiguration()) where absent. A
    /// certificate that does not stand up to it fails the attempt, always.
    std::optional<QSslConfiguration> tls;
};

} // namespace tocsin
