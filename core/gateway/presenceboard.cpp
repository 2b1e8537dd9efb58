// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/presenceboard_p.h"

#include "gateway/tokens.h"

#include <utility>

namespace tocsin {

namespace {

// Those of `users` who are not in `others`, or are there as somebody else.
QList<User> without(const QMap<QString, User> &users, const QMap<QString, User> &others)
{
    QList<User> rest;
    for (const User &user : users) {
        const auto other = others.constFind(user.id);
        if (other == others.cend() || user != *other)
            rest.append(user);
    }
    return rest;
}

QByteArray frameOf(
    const Message<PresenceData> &message, const QString &room, const QList<User> &users)
{
    return encodeMessage(message, {.room = room, .users = users}, timestampNow());
}

} // namespace

PresenceBoard::PresenceBoard(EventLoop &loop, QStringList rooms)
    : m_loop(loop)
    , m_patterns(std::move(rooms))
{
}

void PresenceBoard::enter(const QString &room, Subscriber *session, const User &user)
{
    if (m_patterns.isEmpty() || !allowsRoom(m_patterns, room))
        return;
    Room &entry = m_rooms[room];
    entry.sessions.insert(session, user);
    entry.newcomers.insert(session);
    m_hasChangedHere = true;
    schedule(room);
}

void PresenceBoard::leave(const QString &room, Subscriber *session)
{
    const auto entry = m_rooms.find(room);
    if (entry == m_rooms.end() || !entry->sessions.remove(session))
        return;
    entry->newcomers.remove(session);
    m_hasChangedHere = true;
    schedule(room);
}

void PresenceBoard::setElsewhere(const QList<PresenceData> &rooms)
{
    QHash<QString, Users> elsewhere;
    for (const PresenceData &room : rooms) {
        for (const User &user : room.users)
            elsewhere[room.room].insert(user.id, user);
    }
    for (auto it = m_rooms.cbegin(); it != m_rooms.cend(); ++it) {
        if (elsewhere.value(it.key()) != m_elsewhere.value(it.key()))
            schedule(it.key());
    }
    m_elsewhere = std::move(elsewhere);
}

std::optional<QList<PresenceData>> PresenceBoard::takeHere()
{
    if (!std::exchange(m_hasChangedHere, false))
        return std::nullopt;
    QList<PresenceData> here;
    for (auto it = m_rooms.cbegin(); it != m_rooms.cend(); ++it) {
        Users users;
        for (const User &user : it->sessions)
            users.insert(user.id, user);
        if (!users.isEmpty())
            here.append({.room = it.key(), .users = users.values()});
    }
    return here;
}

void PresenceBoard::schedule(const QString &room)
{
    if (m_changed.isEmpty())
        m_loop.after(gatheringTime, [this] { tell(); });
    m_changed.insert(room);
}

void PresenceBoard::tell()
{
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &name : changed) {
        const auto room = m_rooms.find(name);
        if (room->sessions.isEmpty())
            m_rooms.erase(room);
        else
            tell(name, *room);
    }
}

void PresenceBoard::tell(const QString &name, Room &room) const
{
    Users users = m_elsewhere.value(name);
    for (const User &user : std::as_const(room.sessions))
        users.insert(user.id, user);
    const QList<User> came = without(users, room.told);
    QList<User> left;
    for (const User &user : std::as_const(room.told)) {
        if (!users.contains(user.id))
            left.append(user);
    }
    const bool hasChanged = !came.isEmpty() || !left.isEmpty();
    const bool isShort = users.size() <= mostInList;
    const QByteArray list = frameOf(PresenceChanged, name, users.values());
    QList<QByteArray> differences;
    if (!isShort && !came.isEmpty())
        differences.append(frameOf(PresenceJoined, name, came));
    if (!isShort && !left.isEmpty())
        differences.append(frameOf(PresenceLeft, name, left));
    for (auto it = room.sessions.cbegin(); it != room.sessions.cend(); ++it) {
        if (room.newcomers.contains(it.key()) || (isShort && hasChanged)) {
            it.key()->deliver(list);
            continue;
        }
        for (const QByteArray &difference : std::as_const(differences))
            it.key()->deliver(difference);
    }
    room.newcomers.clear();
    room.told = std::move(users);
}

} // namespace tocsin
