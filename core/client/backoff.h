// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"

#include <chrono>
#include <functional>

namespace tocsin {

/// The waits between attempts: full jitter, so that a thousand clients that lost one server do not
/// come back in step. Wait n (from 0) is uniform over [0, min(maximum, base · 2ⁿ)), in whole
/// milliseconds (docs/protocol.md, "Backoff"). The base is 1 ms at least, the maximum
/// 10 ms.
class TOCSIN_CLIENT_EXPORT Backoff
{
public:
    /// Uniform over [0, 1).
    using Random = std::function<double()>;

    Backoff(std::chrono::milliseconds base, std::chrono::milliseconds maximum, Random random);

    /// The next wait; the one after it has twice the ceiling.
    [[nodiscard]] std::chrono::milliseconds next();
    /// A wait below the first ceiling that leaves the ceiling as it is: before another server than
    /// the one that failed is tried.
    [[nodiscard]] std::chrono::milliseconds nextElsewhere();
    /// The ceiling of the next wait.
    [[nodiscard]] std::chrono::milliseconds ceiling() const;
    /// How many waits were taken since the last reset.
    [[nodiscard]] int attempts() const;
    void reset();
    /// Lets the next wait be at least wait number `step`.
    void advanceTo(int step);

private:
    [[nodiscard]] std::chrono::milliseconds below(std::chrono::milliseconds ceiling);

    std::chrono::milliseconds m_base;
    std::chrono::milliseconds m_maximum;
    Random m_random;
    int m_attempts = 0;
    int m_step = 0;
};

} // namespace tocsin
