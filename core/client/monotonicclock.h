// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"

#include <chrono>

namespace tocsin {

/// A moment on the clock that deadlines are kept against: monotonic, injected by the caller.
using MonotonicTime = std::chrono::steady_clock::time_point;

/// The present on that clock. On Linux it counts the time that the machine was asleep
/// (CLOCK_BOOTTIME), which steady_clock does not: a deadline that passed meanwhile is seen to have
/// passed. Elsewhere it is steady_clock. Any thread.
[[nodiscard]] TOCSIN_CLIENT_EXPORT MonotonicTime monotonicNow();

} // namespace tocsin
