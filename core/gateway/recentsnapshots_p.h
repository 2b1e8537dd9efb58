// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/messages.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <chrono>
#include <optional>

namespace tocsin {

/// A room at a position, as the frames that tell of it.
struct Snapshot {
    RoomPosition position;
    QList<QByteArray> frames;
};

/// The snapshots that were read in the last few seconds: where a hundred screens come back at once,
/// what one of them is told is good for all of them. They share its bytes.
class RecentSnapshots
{
public:
    using Clock = std::chrono::steady_clock;

    /// One of that room at that position or behind it, in the same epoch.
    [[nodiscard]] std::optional<Snapshot> find(
        const QString &room, const RoomPosition &oldest, Clock::time_point now = Clock::now());
    void insert(
        const QString &room, const Snapshot &snapshot, Clock::time_point now = Clock::now());
    /// Forgets the old ones.
    void expire(Clock::time_point now = Clock::now());
    /// When there is something to expire; far away where there is nothing.
    [[nodiscard]] Clock::time_point nextExpiry() const;
    /// How many were inserted, ever.
    [[nodiscard]] qint64 inserted() const { return m_inserted; }

private:
    struct Entry {
        Snapshot snapshot;
        Clock::time_point readAt;
        qsizetype bytes = 0;
    };

    QHash<QString, Entry> m_entries;
    qsizetype m_bytes = 0;
    qint64 m_inserted = 0;
};

} // namespace tocsin
