// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/backoff.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tocsin {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds leastBase{1};
constexpr milliseconds leastMaximum{10};

} // namespace

Backoff::Backoff(milliseconds base, milliseconds maximum, Random random)
    // None at all would leave the server no time, and this machine no processor.
    : m_base(std::max(base, leastBase))
    , m_maximum(std::max(maximum, leastMaximum))
    , m_random(std::move(random))
{
}

milliseconds Backoff::ceiling() const
{
    // Doubling stops at the maximum rather than overflowing after months of retries.
    milliseconds ceiling = std::min(m_base, m_maximum);
    for (int i = 0; i < m_step && ceiling < m_maximum && ceiling.count() > 0; ++i)
        ceiling = std::min(ceiling * 2, m_maximum);
    return ceiling;
}

milliseconds Backoff::below(milliseconds ceiling)
{
    ++m_attempts;
    return milliseconds(
        static_cast<milliseconds::rep>(std::floor(m_random() * double(ceiling.count()))));
}

milliseconds Backoff::next()
{
    const auto delay = below(ceiling());
    ++m_step;
    return delay;
}

milliseconds Backoff::nextElsewhere()
{
    return below(std::min(m_base, m_maximum));
}

int Backoff::attempts() const
{
    return m_attempts;
}

void Backoff::reset()
{
    m_attempts = 0;
    m_step = 0;
}

void Backoff::advanceTo(int step)
{
    m_step = std::max(m_step, step);
}

} // namespace tocsin
