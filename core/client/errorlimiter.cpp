// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/errorlimiter.h"

#include "client/clientsentence_p.h"

#include <utility>

namespace tocsin {

std::optional<Error> ErrorLimiter::pass(Error error, MonotonicTime now)
{
    if (!m_windowBegin || now - *m_windowBegin >= window || now < *m_windowBegin) {
        m_windowBegin = now;
        m_passed = 0;
    }
    if (m_passed >= errorsAWindow) {
        ++m_keptBack;
        return std::nullopt;
    }
    ++m_passed;
    if (const qint64 before = std::exchange(m_keptBack, 0); before > 0)
        error.message = ClientSentence::tr("%1 (%2 more before this one were not reported)")
                            .arg(error.message)
                            .arg(before);
    return error;
}

} // namespace tocsin
