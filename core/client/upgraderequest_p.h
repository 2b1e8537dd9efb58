// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "client/export.h"
#include "protocol/error.h"

#include <QNetworkRequest>

namespace tocsin {

/// Whether a WebSocket can be opened there; BadConfiguration says why not. The text never holds
/// more of the address than its scheme.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Expected<void> usableUrl(const QUrl &url);

/// The request that opens a WebSocket (RFC 6455 section 4.1), or BadConfiguration where the options
/// are not fit for one. The text names a header, never its value.
[[nodiscard]] TOCSIN_CLIENT_EXPORT Expected<QNetworkRequest> upgradeRequest(
    const SocketClientOptions &options);

} // namespace tocsin
