// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monotonicclock.h"
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

/// Where the wall clock is set back while calls are snoozed, they are not snoozed for longer: it
/// ends by this clock or by the monotonic one, whichever is first. Pure: no clock of its own.
class TOCSIN_INCIDENTS_EXPORT RunningSnooze
{
public:
    /// For how long calls are snoozed still; zero where they are not. `until` may be no moment;
    /// with another one than before, another snooze begins.
    [[nodiscard]] std::chrono::milliseconds left(
        const QDateTime &until, const QDateTime &now, MonotonicTime monotonic);

private:
    QDateTime m_until;
    MonotonicTime m_end;
};

} // namespace tocsin
