// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"

namespace tocsin {

/// Whether the I/O thread should rest before it looks at its socket again. In a steady stream the
/// wake-up costs more than the message: a thread that rests a little reads a hundred at once. In a
/// quiet hour each message goes out at once, and in a flood there is no time to lose. Pure.
class TOCSIN_CLIENT_EXPORT Pace
{
public:
    /// How long. A sender's TCP may hold the next messages back until we have read the last ones,
    /// so that a message can wait for two rests; together they stay below 16 ms.
    static constexpr std::chrono::milliseconds restTime{7};
    /// The rate is judged over at least this long.
    static constexpr std::chrono::milliseconds window{16};
    static constexpr double steadyFrom = 500; // messages a second
    static constexpr double floodFrom = 200'000;
    static constexpr double floodSizeFrom = 32e6; // UTF-16 units a second

    /// Called when all that had come was read.
    [[nodiscard]] bool shouldRest(qint64 messages, qint64 size, MonotonicTime now);

private:
    MonotonicTime m_windowBegin;
    qint64 m_messages = 0;
    qint64 m_size = 0;
    bool m_steady = false;
};

} // namespace tocsin
