// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"
#include "client/export.h"

#include <QAbstractSocket>
#include <QSslError>
#include <QUrl>

namespace tocsin {

/// What the server answered to the upgrade request.
struct HttpAnswer {
    /// 0 where no HTTP came.
    int status = 0;
    /// Where a redirect pointed; empty where it did not say.
    QUrl location;
};

/// Reads as much of an answer's head as has come, whole lines only.
[[nodiscard]] TOCSIN_CLIENT_EXPORT HttpAnswer httpAnswer(const QByteArray &head);

/// What is known of an upgrade that came to nothing.
struct FailedHandshake {
    QUrl url;
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    /// As Qt puts it.
    QString errorText;
    HttpAnswer answer;
    QList<QSslError> tlsErrors;
};

/// Puts what Qt says of a failed attempt into the terms of the protocol, and into words that a
/// person can act on. Neither holds the address's path or query, which may be secret.
[[nodiscard]] TOCSIN_CLIENT_EXPORT ConnectionLoss handshakeLoss(const FailedHandshake &failed);

/// The same for an open connection that ended with a close code: the peer's, or Qt's own for a
/// peer that does not keep to RFC 6455.
[[nodiscard]] TOCSIN_CLIENT_EXPORT ConnectionLoss closedLoss(
    const QUrl &url, int code, const QString &reason);

/// And for one that ended without.
[[nodiscard]] TOCSIN_CLIENT_EXPORT ConnectionLoss brokenLoss(
    const QUrl &url, const QString &errorText);

} // namespace tocsin
