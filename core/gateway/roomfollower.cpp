// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/roomfollower_p.h"

#include <algorithm>

namespace tocsin {

Expected<RoomNews> RoomFollower::follow(SharedLog &log, const QString &room, qint64 head)
{
    auto due = handOutUpTo(log, room, head);
    if (!due)
        return due;
    Room &entry = m_rooms[room];
    entry.handedOut = std::max(entry.handedOut, head);
    entry.arrival = ++m_arrivals;
    return due;
}

Expected<RoomNews> RoomFollower::handOutUpTo(SharedLog &log, const QString &room, qint64 head)
{
    RoomNews due;
    const auto known = m_rooms.find(room);
    if (known == m_rooms.end())
        return due;
    qint64 handedOut = known->handedOut;
    while (handedOut < head) {
        auto news = log.readNews({{room, handedOut}});
        if (!news)
            return news;
        if (news->events.isEmpty())
            break;
        for (LogEvent &event : news->events) {
            // What came since then is handed out to all who are there, and later.
            if (event.sequence > head)
                break;
            handedOut = event.sequence;
            due.events.append(std::move(event));
        }
        // Not even the end can be read any more.
        if (handedOut < head && news->events.constLast().sequence > head)
            break;
    }
    if (handedOut < head)
        due.events.append({room, head, {}});
    known->handedOut = std::max(handedOut, head);
    return due;
}

Expected<RoomNews> RoomFollower::arrange(SharedLog &log, QList<LogEvent> own)
{
    own.removeIf([this](const LogEvent &event) { return !m_rooms.contains(event.room); });
    QHash<QString, qint64> heads;
    const bool isNext = std::ranges::all_of(own, [&](const LogEvent &event) {
        qint64 &head = heads[event.room];
        if (head == 0)
            head = m_rooms.value(event.room).handedOut;
        return event.sequence == ++head;
    });
    if (!isNext)
        return catchUp(log);
    for (auto it = heads.cbegin(); it != heads.cend(); ++it)
        m_rooms[it.key()].handedOut = *it;
    return RoomNews{.events = std::move(own)};
}

Expected<RoomNews> RoomFollower::catchUp(SharedLog &log)
{
    QHash<QString, qint64> after;
    for (auto it = m_rooms.cbegin(); it != m_rooms.cend(); ++it)
        after.insert(it.key(), it->handedOut);
    auto news = log.readNews(after);
    if (!news)
        return news;
    for (const LogEvent &event : std::as_const(news->events))
        m_rooms[event.room].handedOut = event.sequence;
    return news;
}

std::optional<qint64> RoomFollower::handedOut(const QString &room) const
{
    const auto known = m_rooms.constFind(room);
    return known == m_rooms.cend() ? std::nullopt : std::optional(known->handedOut);
}

QHash<QString, qint64> RoomFollower::rooms() const
{
    QHash<QString, qint64> rooms;
    for (auto it = m_rooms.cbegin(); it != m_rooms.cend(); ++it)
        rooms.insert(it.key(), it->arrival);
    return rooms;
}

void RoomFollower::leave(const QHash<QString, qint64> &rooms)
{
    for (auto it = rooms.cbegin(); it != rooms.cend(); ++it) {
        if (const auto known = m_rooms.constFind(it.key());
            known != m_rooms.cend() && known->arrival == *it)
            m_rooms.erase(known);
    }
}

} // namespace tocsin
