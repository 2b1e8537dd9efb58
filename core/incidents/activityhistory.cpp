// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/activityhistory.h"

#include <algorithm>

namespace tocsin {

namespace {

// What is told in several rooms comes within moments; a day is more than enough.
constexpr qsizetype mostTold = 200'000;
constexpr std::chrono::minutes searchPause{10};

Timestamp beginOfQuarter(Timestamp at)
{
    return std::chrono::floor<std::chrono::duration<qint64, std::ratio<15 * 60>>>(at);
}

void add(ActivityBar &bar, const ActivityQuarter &quarter)
{
    bar.opened[int(Severity::Critical)] += quarter.critical;
    bar.opened[int(Severity::Warning)] += quarter.warning;
    bar.opened[int(Severity::Unknown)] += quarter.unknown;
    bar.opened[int(Severity::Info)] += quarter.info;
    bar.resolved += quarter.resolved;
}

} // namespace

void ActivityHistory::restart(Timestamp now)
{
    take({.from = now, .quarters = {}});
}

void ActivityHistory::take(const ActivityReport &report)
{
    m_knownFrom = report.from;
    m_quarters.clear();
    m_opened = {};
    m_resolved = {};
    for (const ActivityQuarter &quarter : report.quarters) {
        ActivityQuarter &sum = m_quarters[beginOfQuarter(quarter.at)];
        sum.critical += quarter.critical;
        sum.warning += quarter.warning;
        sum.unknown += quarter.unknown;
        sum.info += quarter.info;
        sum.resolved += quarter.resolved;
    }
}

bool ActivityHistory::remember(Told &told, const QString &uuid, Timestamp now)
{
    if (told.uuids.contains(uuid))
        return false;
    // Not with each that comes: in a flood all of them are young.
    const bool isDue = now - told.searchedAt >= searchPause || now < told.searchedAt;
    if (told.uuids.size() >= mostTold && isDue) {
        told.uuids.removeIf([&](const auto &entry) { return entry.value() < now - span; });
        told.searchedAt = now;
    }
    told.uuids.insert(uuid, now);
    return true;
}

ActivityQuarter &ActivityHistory::quarterAt(Timestamp at, Timestamp now)
{
    // What is older than the oldest span is looked at no more.
    m_quarters.erase(m_quarters.begin(), m_quarters.lower_bound(now - 2 * span));
    // A server's clock may be ahead; what happened has happened.
    return m_quarters[beginOfQuarter(std::min(at, now))];
}

bool ActivityHistory::noteOpened(
    const QString &uuid, Severity severity, Timestamp at, Timestamp now)
{
    if (!remember(m_opened, uuid, now))
        return false;
    ActivityQuarter &quarter = quarterAt(at, now);
    switch (severity) {
    case Severity::Critical: ++quarter.critical; break;
    case Severity::Warning: ++quarter.warning; break;
    case Severity::Unknown: ++quarter.unknown; break;
    case Severity::Info: ++quarter.info; break;
    }
    return true;
}

bool ActivityHistory::noteResolved(const QString &uuid, Timestamp at, Timestamp now)
{
    if (!remember(m_resolved, uuid, now))
        return false;
    ++quarterAt(at, now).resolved;
    return true;
}

std::vector<ActivityBar> ActivityHistory::bars(
    int count, Timestamp now, std::chrono::seconds offset) const
{
    const std::chrono::milliseconds length = std::chrono::milliseconds(span) / count;
    const std::chrono::milliseconds local = now.time_since_epoch() + offset;
    const Timestamp end(local - local % length + length - offset);
    std::vector<ActivityBar> bars;
    bars.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i) {
        const Timestamp from = end - (count - i) * length;
        bars.push_back({.from = from, .to = from + length});
    }
    for (auto it = m_quarters.lower_bound(bars.front().from); it != m_quarters.end(); ++it) {
        if (it->first >= end)
            break;
        add(bars[std::size_t((it->first - bars.front().from) / length)], it->second);
    }
    return bars;
}

ActivityBar ActivityHistory::total(Timestamp now) const
{
    ActivityBar total{
        .from = beginOfQuarter(now - span), .to = beginOfQuarter(now) + activityQuarter};
    for (auto it = m_quarters.lower_bound(total.from);
        it != m_quarters.end() && it->first < total.to; ++it)
        add(total, it->second);
    return total;
}

} // namespace tocsin
