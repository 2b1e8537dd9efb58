// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/export.h"

#include <QString>

#include <tl/expected.hpp>

#include <optional>

namespace tocsin {

/// What went wrong, as a program can test it. The first ten are the protocol's own error codes
/// (docs/protocol.md, "Replies") and travel on the wire; the others arise on this side only.
enum class ErrorCode {
    InvalidJson,
    InvalidPayload,
    UnknownType,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    RateLimited,
    Unavailable,
    ConnectionRefused,
    HostNotFound,
    ConnectionTimeout,
    HeartbeatTimeout,
    ConnectionLost,
    TlsFailed,
    HandshakeFailed,
    ProtocolViolation,
    ProviderFailed,
    NotConnected,
    BadConfiguration,
    StorageFailed,
    /// No answer, or no connection, within the time that was given.
    TimedOut,
    /// As much waits for a connection as may.
    BufferFull,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateWrongHost,
    CertificateUntrusted,
    CertificateRevoked,
    ClientCertificateRefused,
};

/// The code's name as on the wire and in logs: `invalid_payload`.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT QString errorCodeName(ErrorCode code);
/// The code that a peer named; absent for a word that is none of the protocol's ten.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT std::optional<ErrorCode> errorCodeFromWire(QStringView name);

/// A failure that a person can act on. Never holds a token or another secret.
struct Error {
    ErrorCode code = ErrorCode::InvalidPayload;
    /// One sentence: what happened, to which thing, what to do where that is known.
    QString message;
    /// Where in the input, as a path (`data.labels.severity`, `alerts[3].startsAt`); may be empty.
    QString where;

    friend bool operator==(const Error &, const Error &) = default;
};

template <typename T>
using Expected = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> makeError(
    ErrorCode code, QString message, QString where = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

} // namespace tocsin
