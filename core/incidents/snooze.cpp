// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/snooze.h"

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

} // namespace tocsin
