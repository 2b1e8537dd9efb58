// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"

namespace tocsin {

/// Lets the first few errors of each second through, so that a server gone mad does not drown the
/// application in them; how many were kept back is told with the next that passes. Pure.
class TOCSIN_CLIENT_EXPORT ErrorLimiter
{
public:
    static constexpr int errorsAWindow = 10;
    static constexpr std::chrono::milliseconds window{1'000};

    /// The error as it is to be told; nothing where it is kept back.
    [[nodiscard]] std::optional<Error> pass(Error error, MonotonicTime now);
    [[nodiscard]] qint64 keptBack() const { return m_keptBack; }

private:
    std::optional<MonotonicTime> m_windowBegin;
    int m_passed = 0;
    qint64 m_keptBack = 0;
};

} // namespace tocsin
