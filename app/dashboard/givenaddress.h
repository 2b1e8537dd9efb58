// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QString>

namespace tocsin {

/// Whether a command line or a configuration may name a server so: as ws:// or wss:// with a host,
/// and with no user, password or token in it, which would be seen by whoever lists processes or
/// reads logs. BadConfiguration where not; the error repeats none of these.
[[nodiscard]] Expected<void> checkGivenAddress(const QString &address);

} // namespace tocsin
