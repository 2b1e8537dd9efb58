// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>

#include <chrono>

namespace tocsin {

/// A moment on the wall clock, UTC, to the millisecond: what travels as `integer ms` on the wire.
/// Waiting and deadlines never use it: those are kept against a monotonic clock.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

[[nodiscard]] inline Timestamp timestampNow()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
}

[[nodiscard]] constexpr qint64 toMilliseconds(Timestamp timestamp)
{
    return timestamp.time_since_epoch().count();
}

[[nodiscard]] constexpr Timestamp timestampFromMilliseconds(qint64 milliseconds)
{
    return Timestamp(std::chrono::milliseconds(milliseconds));
}

/// For views: local time, as a person reads it.
[[nodiscard]] inline QDateTime toDateTime(Timestamp timestamp)
{
    return QDateTime::fromMSecsSinceEpoch(toMilliseconds(timestamp));
}

} // namespace tocsin
