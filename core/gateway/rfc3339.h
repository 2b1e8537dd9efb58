// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/timestamp.h"

#include <optional>
#include <string_view>

namespace tocsin {

/// The moment that an RFC 3339 date-time names (`2026-11-20T19:38:36.123456789+01:00`), to the
/// millisecond, what is finer cut off. A leap second counts as the last second of its minute.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT std::optional<Timestamp> parseRfc3339(std::string_view text);

} // namespace tocsin
