// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"

#include <memory>

#include <boost/asio/ssl/context.hpp>

namespace tocsin {

/// The certificate, the key and the CA of the senders' certificates, as the configuration names
/// them; null where it names none.
[[nodiscard]] Expected<std::unique_ptr<boost::asio::ssl::context>> loadTls(
    const GatewayConfiguration &configuration);

/// When the certificate that is shown ends; far away where there is none.
[[nodiscard]] Timestamp certificateEnd(SSL_CTX *context);

/// Whether the configured certificate is good still.
[[nodiscard]] Expected<void> checkExpiry(const GatewayConfiguration &configuration, Timestamp now);

/// Whose certificate the peer has shown and proved to hold: the common name of its subject, or
/// where there is none the first of its alternative names that is a DNS name, a URI or a mail
/// address. Empty where it has shown none, where that has expired since, or names nobody.
[[nodiscard]] QString clientCertificateName(SSL *connection);

} // namespace tocsin
