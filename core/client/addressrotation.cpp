// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/addressrotation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tocsin {

using std::chrono::milliseconds;

AddressRotation::AddressRotation(std::size_t addresses, const Backoff::Random &random)
    : m_standings(std::max<std::size_t>(addresses, 1))
    , m_order(m_standings.size())
{
    std::iota(m_order.begin(), m_order.end(), std::size_t(0));
    // Fisher and Yates.
    for (std::size_t left = m_order.size(); left > 1; --left) {
        const auto place = std::size_t(std::floor(random() * double(left)));
        std::swap(m_order[left - 1], m_order[std::min(place, left - 1)]);
    }
}

bool AddressRotation::isRested(std::size_t address, MonotonicTime now) const
{
    const auto &until = m_standings[address].restsUntil;
    return !until || now >= *until;
}

std::size_t AddressRotation::choose(MonotonicTime now) const
{
    const auto rested = std::ranges::find_if(
        m_order, [&](std::size_t address) { return isRested(address, now); });
    return rested == m_order.end() ? m_order.front() : *rested;
}

bool AddressRotation::isAnotherRested(std::size_t address, MonotonicTime now) const
{
    return std::ranges::any_of(
        m_order, [&](std::size_t other) { return other != address && isRested(other, now); });
}

void AddressRotation::failed(std::size_t address, MonotonicTime now)
{
    Standing &standing = m_standings[address];
    milliseconds rest = firstRest;
    for (int i = 0; i < standing.failures && rest < longestRest; ++i)
        rest = std::min(rest * 2, longestRest);
    ++standing.failures;
    standing.restsUntil = now + rest;
    const auto place = std::ranges::find(m_order, address);
    std::rotate(place, place + 1, m_order.end());
}

void AddressRotation::worked(std::size_t address)
{
    m_standings[address] = {};
    const auto place = std::ranges::find(m_order, address);
    std::rotate(m_order.begin(), place, place + 1);
}

void AddressRotation::forgive()
{
    for (Standing &standing : m_standings)
        standing.restsUntil.reset();
}

} // namespace tocsin
