// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace tocsin {

/// Whether an authority (`host`, `host:port`, `[address]:port`, as in a Host header) is of this
/// machine by its very name: `localhost`, or a loopback address.
[[nodiscard]] bool isLoopbackAuthority(const QByteArray &authority);

} // namespace tocsin
