// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"

namespace tocsin {

/// Reads a configuration file (TOML; docs/gateway.md, "Configuration") over `configuration`: what
/// the file does not name stays as it is. Paths in it are relative to its own folder.
///
/// BadConfiguration, with everything that is wrong, a line each: where it stands, which key it is
/// and what was expected. A key that is not known is wrong.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT Expected<GatewayConfiguration> readConfigurationFile(
    const QString &fileName, GatewayConfiguration configuration);

/// Every key there is, as `table.key`.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QStringList configurationKeys();

/// `127.0.0.1:8787`, `[::1]:8787`; port 0 is any free one.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT bool parseListen(
    const QString &text, GatewayConfiguration &configuration);

} // namespace tocsin
