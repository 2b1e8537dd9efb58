// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monotonicclock.h"

namespace tocsin {

/// Tells from two clocks, one that counts the time asleep and one that stands still meanwhile,
/// whether the machine was suspended. Pure: it is given both.
class SuspendDetector
{
public:
    /// Shorter than this it may have been the time between reading the one clock and the other.
    static constexpr std::chrono::milliseconds threshold{500};

    SuspendDetector(MonotonicTime withSleep, MonotonicTime withoutSleep)
        : m_asleep(withSleep - withoutSleep)
    {
    }

    /// Whether there was a suspend since the call before, or the construction.
    [[nodiscard]] bool slept(MonotonicTime withSleep, MonotonicTime withoutSleep)
    {
        const auto before = m_asleep;
        m_asleep = withSleep - withoutSleep;
        return m_asleep - before > threshold;
    }

private:
    MonotonicTime::duration m_asleep;
};

} // namespace tocsin
