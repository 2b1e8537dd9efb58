// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/roomledger.h"

#include <algorithm>
#include <utility>

namespace tocsin {

namespace {

// The messages that a server with sequences sends without one: they say nothing about its kind.
bool isControlMessage(QStringView name)
{
    return name == Authenticated.name || name == RoomHeads.name || name == ServerError.name
        || name == u"reply" || name == u"attachment" || name.startsWith(u"presence");
}

} // namespace

RoomLedger::Room *RoomLedger::find(const QString &name)
{
    const auto found = std::ranges::find(m_rooms, name, &Room::name);
    return found == m_rooms.end() ? nullptr : &*found;
}

void RoomLedger::setFreshness(Room &room, RoomFreshness freshness)
{
    if (std::exchange(room.freshness, freshness) != freshness)
        m_outputs.emplace_back(FreshnessChanged{room.name, freshness});
}

void RoomLedger::owe(Room &room, Owed owed, MonotonicTime now)
{
    room.owed = owed;
    if (owed == Owed::Nothing)
        room.answerDeadline.reset();
    else
        room.answerDeadline = now + room.answerTimeout;
}

void RoomLedger::join(Room &room, MonotonicTime now)
{
    room.snapshot.reset();
    owe(room, Owed::JoinAnswer, now);
    room.answerTimeout = std::min(room.answerTimeout * 2, longestJoinTimeout);
    setFreshness(room, room.position ? RoomFreshness::Recovering : RoomFreshness::Joining);
    m_outputs.emplace_back(Join{room.name, room.position});
}

// After each step forward: are we there?
void RoomLedger::settle(Room &room, MonotonicTime now)
{
    if (room.owed == Owed::JoinAnswer || room.owed == Owed::Snapshot || !room.position)
        return;
    if (room.position->seq >= room.target) {
        room.answerTimeout = joinTimeout;
        owe(room, Owed::Nothing, now);
        setFreshness(room, RoomFreshness::Live);
    } else {
        owe(room, Owed::Replay, now);
    }
}

void RoomLedger::takeAsPlain(Room &room)
{
    room.owed = Owed::Nothing;
    room.answerDeadline.reset();
    setFreshness(room, RoomFreshness::Live);
}

bool RoomLedger::want(const QString &room, MonotonicTime now)
{
    if (find(room))
        return false;
    m_rooms.push_back({.name = room});
    if (m_session)
        join(m_rooms.back(), now);
    if (m_session && m_plainServer)
        takeAsPlain(m_rooms.back());
    return true;
}

bool RoomLedger::forget(const QString &room)
{
    return std::erase_if(m_rooms, [&](const Room &known) { return known.name == room; }) > 0;
}

QStringList RoomLedger::rooms() const
{
    QStringList names;
    for (const Room &room : m_rooms)
        names.append(room.name);
    return names;
}

RoomFreshness RoomLedger::freshness(const QString &room) const
{
    const auto found = std::ranges::find(m_rooms, room, &Room::name);
    return found == m_rooms.end() ? RoomFreshness::Joining : found->freshness;
}

std::optional<RoomPosition> RoomLedger::position(const QString &room) const
{
    const auto found = std::ranges::find(m_rooms, room, &Room::name);
    return found == m_rooms.end() ? std::nullopt : found->position;
}

void RoomLedger::sessionStarted(MonotonicTime now)
{
    m_session = true;
    m_plainServer = false;
    for (Room &room : m_rooms) {
        room.answerTimeout = joinTimeout;
        join(room, now);
    }
}

void RoomLedger::serverIsPlain()
{
    m_plainServer = true;
    for (Room &room : m_rooms)
        takeAsPlain(room);
}

void RoomLedger::sessionEnded()
{
    m_session = false;
    for (Room &room : m_rooms) {
        room.owed = Owed::Nothing;
        room.answerDeadline.reset();
        room.snapshot.reset();
        const bool known = room.position || room.freshness == RoomFreshness::Live
            || room.freshness == RoomFreshness::Stale;
        setFreshness(room, known ? RoomFreshness::Stale : RoomFreshness::Joining);
    }
}

void RoomLedger::joined(const RoomJoinedData &data, MonotonicTime now)
{
    Room *const room = find(data.room);
    if (!room || !m_session)
        return;
    const bool continues = data.recovered && room->position && room->position->epoch == data.epoch
        && room->position->seq <= data.seq;
    if (continues) {
        room->snapshot.reset();
        room->target = data.seq;
        owe(*room, Owed::Replay, now);
        settle(*room, now);
        return;
    }
    if (data.recovered) {
        // It claims to go on from a place that we are not at: only the whole list helps.
        room->position.reset();
        join(*room, now);
        return;
    }
    room->position.reset();
    room->snapshot = RoomPosition{data.epoch, data.seq};
    room->nextPart = 1;
    room->target = data.seq;
    owe(*room, Owed::Snapshot, now);
    setFreshness(*room, RoomFreshness::Recovering);
}

RoomLedger::Verdict RoomLedger::snapshotPart(const RoomSnapshotData &part, MonotonicTime now)
{
    Room *const room = find(part.room);
    if (!room || !m_session)
        return Verdict::NotWanted;
    if (!room->snapshot)
        return Verdict::Duplicate;
    const bool next = room->snapshot->epoch == part.epoch && room->snapshot->seq == part.seq
        && part.part == room->nextPart && part.part <= part.parts;
    if (!next) {
        join(*room, now);
        return Verdict::Gap;
    }
    if (part.part < part.parts) {
        ++room->nextPart;
        owe(*room, Owed::Snapshot, now);
        return Verdict::Apply;
    }
    room->position = std::exchange(room->snapshot, std::nullopt);
    owe(*room, Owed::Nothing, now);
    // Something published meanwhile may have been passed over; it is known to exist, so ask for it.
    if (room->target > room->position->seq)
        join(*room, now);
    else
        settle(*room, now);
    return Verdict::Apply;
}

RoomLedger::Verdict RoomLedger::judge(const Envelope &envelope, MonotonicTime now)
{
    if (envelope.sequence == 0) {
        if (!m_plainServer && !isControlMessage(envelope.name)) {
            const bool answered = std::ranges::any_of(
                m_rooms, [](const Room &room) { return room.position || room.snapshot; });
            if (!answered) {
                m_plainServer = true;
                for (Room &room : m_rooms)
                    takeAsPlain(room);
            }
        }
        return Verdict::Apply;
    }
    if (envelope.room.isEmpty())
        return Verdict::Apply;
    Room *const room = find(envelope.room);
    if (!room)
        return Verdict::NotWanted;
    if (room->snapshot || !room->position) {
        room->target = std::max(room->target, envelope.sequence);
        return Verdict::Duplicate; // the snapshot, or what is asked for after it, holds it
    }
    if (envelope.sequence <= room->position->seq)
        return Verdict::Duplicate;
    if (envelope.sequence > room->position->seq + 1) {
        room->target = std::max(room->target, envelope.sequence);
        if (room->owed == Owed::Nothing)
            join(*room, now);
        return Verdict::Gap;
    }
    room->position->seq = envelope.sequence;
    settle(*room, now);
    return Verdict::Apply;
}

void RoomLedger::heads(const QMap<QString, qint64> &heads, MonotonicTime now)
{
    for (Room &room : m_rooms) {
        const auto head = heads.constFind(room.name);
        if (head == heads.cend() || !room.position || room.owed != Owed::Nothing)
            continue;
        if (*head > room.position->seq) {
            room.target = std::max(room.target, *head);
            join(room, now);
        } else if (*head < room.position->seq) {
            // We know more than the server: its history is not the one that we followed.
            room.position.reset();
            join(room, now);
        }
    }
}

void RoomLedger::tick(MonotonicTime now)
{
    for (Room &room : m_rooms) {
        if (room.answerDeadline && now >= *room.answerDeadline)
            join(room, now);
    }
}

std::optional<MonotonicTime> RoomLedger::deadline() const
{
    std::optional<MonotonicTime> earliest;
    for (const Room &room : m_rooms) {
        if (room.answerDeadline && (!earliest || *room.answerDeadline < *earliest))
            earliest = room.answerDeadline;
    }
    return earliest;
}

RoomLedger::Outputs RoomLedger::take()
{
    return std::exchange(m_outputs, {});
}

} // namespace tocsin
