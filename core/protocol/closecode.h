// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

namespace tocsin {

/// The WebSocket close codes that mean something here: RFC 6455 section 7.4.1, and the
/// application's own from 4000 (docs/protocol.md, "Close codes").
enum class CloseCode {
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    UnsupportedData = 1003,
    NoStatus = 1005,
    Abnormal = 1006,
    InvalidData = 1007,
    PolicyViolation = 1008,
    TooBig = 1009,
    InternalError = 1011,
    ServiceRestart = 1012,
    TryAgainLater = 1013,
    HeartbeatTimeout = 4000,
    Unauthorized = 4001,
    Forbidden = 4003,
    SlowConsumer = 4008,
    VersionNotSupported = 4010,
    RateLimited = 4029,
};

/// What a client does when a connection was closed with a code.
enum class CloseAction {
    /// Try again, with backoff.
    Reconnect,
    /// Try again, with backoff, and tell the application that the peer refused what we sent.
    ReconnectAndReport,
    /// Ask for a fresh token once and try again; refused again: stop.
    Reauthenticate,
    /// Try again, the backoff beginning at its third step.
    ReconnectSlowly,
    /// Not again until the application says so.
    Stop,
};

/// The close-code table of the protocol. `code` is any 16-bit value off the wire.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT CloseAction closeAction(int code);

} // namespace tocsin
