// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/snooze.h"

#include <algorithm>

namespace tocsin {

namespace {

constexpr qint64 secondsOf(std::chrono::seconds duration)
{
    return duration.count();
}

} // namespace

QDateTime snoozeEnd(SnoozeFor length, const QDateTime &now)
{
    using namespace std::chrono_literals;
    switch (length) {
    case SnoozeFor::QuarterHour: return now.addSecs(secondsOf(15min));
    case SnoozeFor::Hour: return now.addSecs(secondsOf(1h));
    case SnoozeFor::Morning: break;
    }
    QDateTime morning = now;
    morning.setTime(QTime(8, 0));
    if (morning < now.addSecs(secondsOf(1h)))
        morning = morning.addDays(1);
    return morning;
}

bool isSnoozed(const QDateTime &until, const QDateTime &now)
{
    return until.isValid() && until > now && until <= now.addSecs(secondsOf(longestSnooze));
}

std::chrono::milliseconds RunningSnooze::left(
    const QDateTime &until, const QDateTime &now, MonotonicTime monotonic)
{
    using std::chrono::milliseconds;
    if (!isSnoozed(until, now))
        return milliseconds::zero();
    const milliseconds byWallClock(now.msecsTo(until));
    if (std::exchange(m_until, until) != until)
        m_end = monotonic + byWallClock;
    return std::clamp(
        std::chrono::ceil<milliseconds>(m_end - monotonic), milliseconds::zero(), byWallClock);
}

} // namespace tocsin
