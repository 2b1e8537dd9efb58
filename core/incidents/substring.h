// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <string_view>

namespace tocsin {

/// Whether `needle` is in `text`, byte for byte. Made for many short texts, one after the other:
/// memmem() prepares a table for each call, which costs as much as the search in 150 bytes does.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT bool containsBytes(
    std::string_view text, std::string_view needle);

} // namespace tocsin
