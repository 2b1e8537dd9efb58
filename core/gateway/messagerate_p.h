// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace tocsin {

/// How fast somebody may send: so many a second, after a burst. A token bucket, kept as the one
/// time at which it will be full again: eight bytes for each of 10,000 sessions.
class MessageRate
{
public:
    using Clock = std::chrono::steady_clock;

    /// Takes a token, where there is one. `perSecond` and `burst` are at least 1.
    [[nodiscard]] bool take(Clock::time_point now, qint64 perSecond, qint64 burst)
    {
        const Clock::duration one = Clock::duration(std::chrono::seconds(1)) / perSecond;
        const Clock::time_point full = std::max(m_full, now) + one;
        if (full - now > one * burst)
            return false;
        m_full = full;
        return true;
    }

private:
    Clock::time_point m_full = {};
};

} // namespace tocsin
