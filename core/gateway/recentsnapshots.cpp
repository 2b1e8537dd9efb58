// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/recentsnapshots_p.h"

#include <algorithm>

namespace tocsin {

namespace {

constexpr std::chrono::seconds keptFor{5};
// Of those that many rooms were asked for: beyond it, the oldest make way.
constexpr qsizetype mostBytes = 64 * 1024 * 1024;

} // namespace

std::optional<Snapshot> RecentSnapshots::find(
    const QString &room, const RoomPosition &oldest, Clock::time_point now)
{
    const auto entry = m_entries.constFind(room);
    if (entry == m_entries.cend() || now - entry->readAt >= keptFor)
        return std::nullopt;
    const RoomPosition &position = entry->snapshot.position;
    if (position.epoch != oldest.epoch || position.seq < oldest.seq)
        return std::nullopt;
    return entry->snapshot;
}

void RecentSnapshots::insert(const QString &room, const Snapshot &snapshot, Clock::time_point now)
{
    ++m_inserted;
    Entry entry{snapshot, now};
    for (const QByteArray &frame : snapshot.frames)
        entry.bytes += frame.size();
    if (const auto replaced = m_entries.constFind(room); replaced != m_entries.cend()) {
        m_bytes -= replaced->bytes;
        m_entries.erase(replaced);
    }
    while (!m_entries.isEmpty() && m_bytes + entry.bytes > mostBytes) {
        const auto oldest = std::ranges::min_element(m_entries, {}, &Entry::readAt);
        m_bytes -= oldest->bytes;
        m_entries.erase(oldest);
    }
    m_bytes += entry.bytes;
    m_entries.insert(room, entry);
}

void RecentSnapshots::expire(Clock::time_point now)
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        if (now - it->readAt < keptFor) {
            ++it;
            continue;
        }
        m_bytes -= it->bytes;
        it = m_entries.erase(it);
    }
}

RecentSnapshots::Clock::time_point RecentSnapshots::nextExpiry() const
{
    if (m_entries.isEmpty())
        return Clock::time_point::max();
    return std::ranges::min_element(m_entries, {}, &Entry::readAt)->readAt + keptFor;
}

} // namespace tocsin
