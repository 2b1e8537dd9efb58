// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/activity.h"
#include "protocol/incident.h"

#include <QStringList>
#include <QUuid>

namespace tocsin {

/// The name of a history that never was before.
[[nodiscard]] inline QString newEpoch()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// A set of rooms as one text; a room's name holds no control character.
[[nodiscard]] inline QString joinedRooms(const QStringList &rooms)
{
    return rooms.join(u'\n');
}

[[nodiscard]] inline QStringList splitRooms(const QString &joined)
{
    return joined.split(u'\n', Qt::SkipEmptyParts);
}

/// What logs count by: a Severity that was opened, or this.
inline constexpr int resolvedKind = 4;

/// The number of a quarter of an hour, since the epoch.
[[nodiscard]] constexpr qint64 quarterOf(Timestamp at)
{
    constexpr qint64 length = std::chrono::milliseconds(activityQuarter).count();
    const qint64 milliseconds = toMilliseconds(at);
    const qint64 quarter = milliseconds / length;
    return milliseconds % length < 0 ? quarter - 1 : quarter;
}

[[nodiscard]] constexpr Timestamp beginOfQuarter(qint64 number)
{
    return timestampFromMilliseconds(
        number * qint64(std::chrono::milliseconds(activityQuarter).count()));
}

inline void addTo(ActivityQuarter &quarter, qint64 kind, qint64 count)
{
    switch (kind) {
    case int(Severity::Critical): quarter.critical += count; return;
    case int(Severity::Warning): quarter.warning += count; return;
    case int(Severity::Unknown): quarter.unknown += count; return;
    case int(Severity::Info): quarter.info += count; return;
    default: quarter.resolved += count; return;
    }
}

} // namespace tocsin
