// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QDateTime>

#include <chrono>

namespace tocsin {

/// For how long nobody is called.
enum class SnoozeFor {
    QuarterHour,
    Hour,
    /// Until eight in the morning: the next one that is an hour away at least.
    Morning,
};

/// No snooze is longer: what says so was written by a clock that went wrong.
inline constexpr std::chrono::hours longestSnooze{27};

/// When a snooze ends that begins at `now`, in its time zone.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QDateTime snoozeEnd(SnoozeFor length, const QDateTime &now);
/// Whether calls are snoozed at `now`; `until` may be no moment.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT bool isSnoozed(const QDateTime &until, const QDateTime &now);

} // namespace tocsin
