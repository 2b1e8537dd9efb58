// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/error.h"

namespace tocsin {

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson: return QStringLiteral("invalid_json");
    case ErrorCode::InvalidPayload: return QStringLiteral("invalid_payload");
    case ErrorCode::UnknownType: return QStringLiteral("unknown_type");
    case ErrorCode::Unauthenticated: return QStringLiteral("unauthenticated");
    case ErrorCode::Forbidden: return QStringLiteral("forbidden");
    case ErrorCode::NotFound: return QStringLiteral("not_found");
    case ErrorCode::Conflict: return QStringLiteral("conflict");
    case ErrorCode::TooLarge: return QStringLiteral("too_large");
    case ErrorCode::RateLimited: return QStringLiteral("rate_limited");
    case ErrorCode::Unavailable: return QStringLiteral("unavailable");
    case ErrorCode::ConnectionRefused: return QStringLiteral("connection_refused");
    case ErrorCode::HostNotFound: return QStringLiteral("host_not_found");
    case ErrorCode::ConnectionTimeout: return QStringLiteral("connection_timeout");
    case ErrorCode::HeartbeatTimeout: return QStringLiteral("heartbeat_timeout");
    case ErrorCode::ConnectionLost: return QStringLiteral("connection_lost");
    case ErrorCode::TlsFailed: return QStringLiteral("tls_failed");
    case ErrorCode::HandshakeFailed: return QStringLiteral("handshake_failed");
    case ErrorCode::ProtocolViolation: return QStringLiteral("protocol_violation");
    case ErrorCode::ProviderFailed: return QStringLiteral("provider_failed");
    case ErrorCode::NotConnected: return QStringLiteral("not_connected");
    case ErrorCode::BadConfiguration: return QStringLiteral("bad_configuration");
    case ErrorCode::StorageFailed: return QStringLiteral("storage_failed");
    case ErrorCode::TimedOut: return QStringLiteral("timed_out");
    case ErrorCode::BufferFull: return QStringLiteral("buffer_full");
    case ErrorCode::CertificateExpired: return QStringLiteral("certificate_expired");
    case ErrorCode::CertificateNotYetValid: return QStringLiteral("certificate_not_yet_valid");
    case ErrorCode::CertificateWrongHost: return QStringLiteral("certificate_wrong_host");
    case ErrorCode::CertificateUntrusted: return QStringLiteral("certificate_untrusted");
    case ErrorCode::CertificateRevoked: return QStringLiteral("certificate_revoked");
    case ErrorCode::ClientCertificateRefused: return QStringLiteral("client_certificate_refused");
    }
    Q_UNREACHABLE();
}

std::optional<ErrorCode> errorCodeFromWire(QStringView name)
{
    for (int code = int(ErrorCode::InvalidJson); code <= int(ErrorCode::Unavailable); ++code) {
        if (errorCodeName(ErrorCode(code)) == name)
            return ErrorCode(code);
    }
    return std::nullopt;
}

} // namespace tocsin
