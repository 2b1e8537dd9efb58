// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"
#include "protocol/error.h"

#include <QList>
#include <QSslError>

namespace tocsin {

/// What is wrong with the certificate that a host showed, and what to do about it. Where several
/// things are, each has its sentence, and the code is that of the gravest. `errors` is not empty.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Error certificateError(
    const QString &host, const QList<QSslError> &errors);

/// Where a TLS connection failed for another reason. `text` is what OpenSSL says of it.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Error tlsError(const QString &host, const QString &text);

/// Whether OpenSSL's text says that the server wants a client certificate, or another one. With
/// TLS 1.3 that comes when the client holds the handshake to be over, as a reading error.
[[nodiscard]] TOCSIN_CLIENT_EXPORT bool refusesClientCertificate(const QString &text);

} // namespace tocsin
