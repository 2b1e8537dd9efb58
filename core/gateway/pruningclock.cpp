// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/pruningclock_p.h"

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr auto tolerance = 1h;
constexpr auto believedAfter = 24h;

} // namespace

PruningClock::Reading PruningClock::read(Timestamp told, Steady::time_point at)
{
    using std::chrono::floor;
    if (m_last) {
        const Timestamp expected = m_last->time + floor<std::chrono::milliseconds>(at - m_last->at);
        if (told < expected + tolerance) {
            m_aheadSince.reset();
        } else if (!m_aheadSince) {
            m_aheadSince = at;
            return {expected, floor<std::chrono::seconds>(told - expected)};
        } else if (at - *m_aheadSince < believedAfter) {
            return {expected};
        } else {
            m_aheadSince.reset();
        }
    }
    m_last = {told, at};
    return {told};
}

} // namespace tocsin
