// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/timestamp.h"

#include <chrono>
#include <optional>

namespace tocsin {

/// What time it is, for deleting what is old. A clock that is an hour or more ahead of what has
/// passed, since somebody has set it, is believed a day later: one that was wrong for a moment has
/// deleted nothing. One that was set back is believed at once, since then less is old.
///
/// Nor does the steady clock go on while a machine sleeps; for what is deleted once a minute, a day
/// later will do.
class PruningClock
{
public:
    using Steady = std::chrono::steady_clock;
    struct Reading {
        Timestamp time;
        /// The clock has just run ahead by so much, and is not believed.
        std::optional<std::chrono::seconds> jumped = {};
    };

    /// `told`: what the machine's clock says.
    [[nodiscard]] Reading read(Timestamp told, Steady::time_point at = Steady::now());

private:
    struct Believed {
        Timestamp time;
        Steady::time_point at;
    };

    std::optional<Believed> m_last;
    std::optional<Steady::time_point> m_aheadSince;
};

} // namespace tocsin
