// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/activity.h"
#include "protocol/incident.h"

#include <QHash>

#include <array>
#include <map>
#include <vector>

namespace tocsin {

/// A span of the last day, and what was opened in it, by severity, and resolved.
struct ActivityBar {
    Timestamp from;
    Timestamp to;
    std::array<qint64, 4> opened{};
    qint64 resolved = 0;

    [[nodiscard]] qint64 openedInAll() const
    {
        return opened[0] + opened[1] + opened[2] + opened[3];
    }
    friend bool operator==(const ActivityBar &, const ActivityBar &) = default;
};

/// What was opened and resolved in the last 24 hours: as a server has counted it, and from then on
/// as its messages tell.
///
/// Pure: it is given the time. The server's count comes among its messages, in their order: it has
/// all that came before it, and nothing of what comes after.
class TOCSIN_INCIDENTS_EXPORT ActivityHistory
{
public:
    static constexpr std::chrono::hours span{24};

    /// Nothing is known from before `now`.
    void restart(Timestamp now);
    /// In place of all that was known.
    void take(const ActivityReport &report);
    /// False where that was counted already: an incident is told in each of its rooms.
    bool noteOpened(const QString &uuid, Severity severity, Timestamp at, Timestamp now);
    bool noteResolved(const QString &uuid, Timestamp at, Timestamp now);

    /// The last 24 hours in `count` spans of one length, the present in the last of them; `count`
    /// divides 96. They begin where such spans begin on a clock that is `offset` ahead of UTC.
    [[nodiscard]] std::vector<ActivityBar> bars(
        int count, Timestamp now, std::chrono::seconds offset = {}) const;
    /// The last 24 hours in one, from the beginning of the quarter in which they began: all of
    /// them, whichever spans the bars are of.
    [[nodiscard]] ActivityBar total(Timestamp now) const;
    /// From when on all is known.
    [[nodiscard]] Timestamp knownFrom() const { return m_knownFrom; }

private:
    ActivityQuarter &quarterAt(Timestamp at, Timestamp now);
    /// Since the server's count, and when.
    struct Told {
        QHash<QString, Timestamp> uuids;
        /// When it was last looked through for what is too old.
        Timestamp searchedAt = {};
    };
    [[nodiscard]] static bool remember(Told &told, const QString &uuid, Timestamp now);

    Timestamp m_knownFrom;
    std::map<Timestamp, ActivityQuarter> m_quarters;
    Told m_opened;
    Told m_resolved;
};

} // namespace tocsin
