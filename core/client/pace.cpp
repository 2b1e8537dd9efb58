// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/pace.h"

namespace tocsin {

bool Pace::shouldRest(qint64 messages, qint64 size, MonotonicTime now)
{
    m_messages += messages;
    m_size += size;
    const auto elapsed = now - m_windowBegin;
    if (elapsed >= window || elapsed < elapsed.zero()) {
        const double seconds = std::chrono::duration<double>(elapsed).count();
        const double rate = double(m_messages) / seconds;
        m_steady
            = rate >= steadyFrom && rate < floodFrom && double(m_size) / seconds < floodSizeFrom;
        m_windowBegin = now;
        m_messages = 0;
        m_size = 0;
    }
    return m_steady;
}

} // namespace tocsin
