// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/roomledger.h"

#include <algorithm>
#include <utility>

namespace tocsin {

using std::chrono::milliseconds;

namespace {

// The messages that a server with sequences sends without one: they say nothing about its kind.
bool isControlMessage(QStringView name)
{
    return name == Authenticated.name || name == RoomHeads.name || name == ServerError.name
        || name == u"reply" || name == u"attachment" || name.startsWith(u"presence");
}

} // namespace

RoomLedger::RoomLedger(milliseconds verificationTimeout)
    : m_verificationTimeout(verificationTimeout)
{
}

RoomLedger::Room *RoomLedger::find(const QString &name)
{
    const auto found = std::ranges::find(m_rooms, name, &Room::name);
    return found == m_rooms.end() ? nullptr : &*found;
}

const RoomLedger::Room *RoomLedger::find(const QString &name) const
{
    const auto found = std::ranges::find(m_rooms, name, &Room::name);
    return found == m_rooms.end() ? nullptr : &*found;
}

// Whether all that the server is known to have was applied, as far as it can be known at all.
bool RoomLedger::isComplete(const Room &room) const
{
    return m_session && room.owed == Owed::Nothing
        && (room.position || m_server.kind() == ServerKind::Kind::Plain);
}

// Derived each time, from what is owed and what is in doubt, so that it cannot drift from them.
RoomFreshness RoomLedger::freshnessOf(const Room &room) const
{
    if (!m_session)
        return room.wasLive ? RoomFreshness::Stale : RoomFreshness::Joining;
    if (isComplete(room))
        return m_doubted ? RoomFreshness::Stale : RoomFreshness::Live;
    if (room.wasLive && (m_doubted || room.overdue))
        return RoomFreshness::Stale;
    if (room.owed == Owed::JoinAnswer && !room.position)
        return room.wasLive ? RoomFreshness::Stale : RoomFreshness::Joining;
    return RoomFreshness::Recovering;
}

void RoomLedger::tellFreshness(Room &room)
{
    room.wasLive = room.wasLive || isComplete(room);
    const RoomFreshness freshness = freshnessOf(room);
    if (std::exchange(room.freshness, freshness) != freshness)
        m_outputs.emplace_back(FreshnessChanged{room.name, freshness, room.lastVerified});
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
    room.verifyBy.reset();
    owe(room, Owed::JoinAnswer, now);
    room.answerTimeout = std::min(room.answerTimeout * 2, longestJoinTimeout);
    tellFreshness(room);
    m_outputs.emplace_back(Join{room.name, room.position});
}

// After each step forward: are we there?
void RoomLedger::settle(Room &room, MonotonicTime now)
{
    if (room.owed == Owed::JoinAnswer || room.owed == Owed::Snapshot || !room.position)
        return;
    if (room.position->seq < room.target) {
        owe(room, Owed::Replay, now);
        tellFreshness(room);
        return;
    }
    const bool wasComplete = room.owed == Owed::Nothing;
    verified(room, now);
    if (wasComplete)
        return;
    room.answerTimeout = joinTimeout;
    room.overdue = false;
    owe(room, Owed::Nothing, now);
    if (m_verificationTimeout > milliseconds::zero())
        room.verifyBy = now + m_verificationTimeout;
    tellFreshness(room);
}

// What comes while the session is in doubt may be as old as the doubt.
void RoomLedger::verified(Room &room, MonotonicTime now)
{
    if (!m_doubted)
        room.lastVerified = now;
}

bool RoomLedger::isUnverified(const Room &room, MonotonicTime now) const
{
    return m_verificationTimeout > milliseconds::zero()
        && m_server.kind() != ServerKind::Kind::Plain
        && (!room.lastVerified || now >= *room.lastVerified + m_verificationTimeout);
}

void RoomLedger::checkVerification(Room &room, MonotonicTime now)
{
    if (!isComplete(room))
        return;
    if (isUnverified(room, now)) {
        room.overdue = true;
        join(room, now);
    } else if (room.verifyBy && now >= *room.verifyBy) {
        room.verifyBy = *room.lastVerified + m_verificationTimeout;
    }
}

bool RoomLedger::want(const QString &room, MonotonicTime now)
{
    if (find(room))
        return false;
    Room &wanted = m_rooms.emplace_back(Room{.name = room});
    if (!m_session)
        return true;
    join(wanted, now);
    if (m_server.kind() == ServerKind::Kind::Plain) {
        owe(wanted, Owed::Nothing, now);
        verified(wanted, now);
        tellFreshness(wanted);
    }
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
    const Room *const found = find(room);
    return found ? found->freshness : RoomFreshness::Joining;
}

std::optional<RoomPosition> RoomLedger::position(const QString &room) const
{
    const Room *const found = find(room);
    return found ? found->position : std::nullopt;
}

std::optional<MonotonicTime> RoomLedger::lastVerified(const QString &room) const
{
    const Room *const found = find(room);
    return found ? found->lastVerified : std::nullopt;
}

void RoomLedger::sessionStarted(MonotonicTime now)
{
    m_session = true;
    m_doubted = false;
    m_server.sessionStarted(now);
    for (Room &room : m_rooms) {
        room.answerTimeout = joinTimeout;
        join(room, now);
    }
}

void RoomLedger::sessionFollowsAnother()
{
    if (m_session && m_server.sessionFollowsAnother().refreshNeeded)
        m_outputs.emplace_back(RefreshNeeded{});
}

void RoomLedger::serverIsPlain(MonotonicTime now)
{
    carryOut(m_server.unsequencedSeen(), now);
}

void RoomLedger::sessionEnded()
{
    m_session = false;
    m_doubted = false;
    m_server.sessionEnded();
    for (Room &room : m_rooms) {
        room.owed = Owed::Nothing;
        room.answerDeadline.reset();
        room.verifyBy.reset();
        room.overdue = false;
        room.snapshot.reset();
        tellFreshness(room);
    }
}

void RoomLedger::forgetPositions()
{
    for (Room &room : m_rooms) {
        room.position.reset();
        room.snapshot.reset();
    }
}

void RoomLedger::doubt()
{
    if (!m_session || std::exchange(m_doubted, true))
        return;
    for (Room &room : m_rooms)
        tellFreshness(room);
}

void RoomLedger::confirm(MonotonicTime now)
{
    if (!std::exchange(m_doubted, false))
        return;
    for (Room &room : m_rooms) {
        checkVerification(room, now);
        tellFreshness(room);
    }
}

void RoomLedger::carryOut(const ServerKind::Findings &findings, MonotonicTime now)
{
    // Ahead of the freshness: what is current from now on lacks what was missed.
    if (findings.refreshNeeded)
        m_outputs.emplace_back(RefreshNeeded{});
    if (findings.becamePlain) {
        // It answers no joins and sends no heads, and places in a history mean nothing to it.
        for (Room &room : m_rooms) {
            room.position.reset();
            room.snapshot.reset();
            room.verifyBy.reset();
            room.overdue = false;
            owe(room, Owed::Nothing, now);
            verified(room, now);
            tellFreshness(room);
        }
    }
    if (findings.wasPlain) {
        // The joins were sent when the session began: the answers are waited for after all.
        for (Room &room : m_rooms) {
            room.answerTimeout = joinTimeout;
            owe(room, Owed::JoinAnswer, now);
            tellFreshness(room);
        }
    }
}

void RoomLedger::sequencesSeen(MonotonicTime now)
{
    if (m_server.kind() != ServerKind::Kind::Sequenced)
        carryOut(m_server.sequenceSeen(), now);
}

void RoomLedger::joined(const RoomJoinedData &data, MonotonicTime now)
{
    if (!m_session)
        return;
    sequencesSeen(now);
    Room *const room = find(data.room);
    if (!room)
        return;
    const bool continues = data.recovered && room->position && room->position->epoch == data.epoch
        && room->position->seq <= data.seq;
    if (continues) {
        room->snapshot.reset();
        room->target = data.seq;
        owe(*room, Owed::Replay, now);
        settle(*room, now);
        if (room->owed == Owed::Replay)
            m_outputs.emplace_back(RecoveryStarted{room->name, RoomRecovery::Replay});
        return;
    }
    if (data.recovered) {
        // It claims to go on from a place that we are not at: only the whole list helps. Where that
        // was asked for already, this answers an older question, or nothing that was asked.
        if (!room->position)
            return;
        room->position.reset();
        join(*room, now);
        return;
    }
    room->position.reset();
    room->snapshot = RoomPosition{data.epoch, data.seq};
    room->nextPart = 1;
    room->parts = 0;
    room->target = data.seq;
    room->verifyBy.reset();
    owe(*room, Owed::Snapshot, now);
    tellFreshness(*room);
    m_outputs.emplace_back(RecoveryStarted{room->name, RoomRecovery::Snapshot});
}

RoomLedger::Verdict RoomLedger::snapshotPart(const RoomSnapshotData &part, MonotonicTime now)
{
    if (!m_session)
        return Verdict::NotWanted;
    sequencesSeen(now);
    Room *const room = find(part.room);
    if (!room)
        return Verdict::NotWanted;
    if (!room->snapshot)
        return Verdict::Duplicate;
    // Half a list that calls itself whole would be a false calm: the first part says how many.
    const bool next = *room->snapshot == RoomPosition{part.epoch, part.seq}
        && part.part == room->nextPart && part.part <= part.parts
        && (part.part == 1 || part.parts == room->parts);
    if (!next) {
        join(*room, now);
        return Verdict::Gap;
    }
    room->parts = part.parts;
    if (part.part < part.parts) {
        ++room->nextPart;
        owe(*room, Owed::Snapshot, now);
        return Verdict::Apply;
    }
    room->position = std::exchange(room->snapshot, std::nullopt);
    // Something published meanwhile may have been passed over; it is known to exist, so ask for it.
    if (room->target > room->position->seq) {
        join(*room, now);
    } else {
        owe(*room, Owed::Replay, now);
        settle(*room, now);
    }
    return Verdict::Apply;
}

RoomLedger::Verdict RoomLedger::judge(const Envelope &envelope, MonotonicTime now)
{
    if (!m_session)
        return Verdict::NotWanted;
    if (envelope.sequence == 0) {
        if (m_server.kind() == ServerKind::Kind::Unknown) {
            if (envelope.name == Authenticated.name)
                m_server.authenticatedSeen();
            else if (!isControlMessage(envelope.name))
                carryOut(m_server.unsequencedSeen(), now);
        } else if (m_server.kind() == ServerKind::Kind::Plain) {
            for (Room &room : m_rooms)
                verified(room, now);
        }
        return Verdict::Apply;
    }
    if (envelope.room.isEmpty())
        return Verdict::Apply;
    sequencesSeen(now);
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
    if (!m_session)
        return;
    sequencesSeen(now);
    for (Room &room : m_rooms) {
        const auto head = heads.constFind(room.name);
        if (head == heads.cend() || room.owed == Owed::JoinAnswer)
            continue; // the answer says more
        if (room.owed == Owed::Snapshot) {
            room.target = std::max(room.target, *head);
            continue;
        }
        if (!room.position)
            continue;
        if (*head < room.position->seq) {
            // We know more than the server: its history is not the one that we followed.
            room.position.reset();
            join(room, now);
        } else if (room.owed == Owed::Replay) {
            room.target = std::max(room.target, *head);
        } else if (*head > room.position->seq) {
            room.target = std::max(room.target, *head);
            join(room, now);
        } else {
            verified(room, now);
            // We are awake for this anyway: moved now, it need not wake us.
            if (room.verifyBy && !m_doubted)
                room.verifyBy = now + m_verificationTimeout;
        }
    }
}

void RoomLedger::tick(MonotonicTime now)
{
    carryOut(m_server.tick(now), now);
    for (Room &room : m_rooms) {
        if (room.answerDeadline && now >= *room.answerDeadline)
            join(room, now);
        else
            checkVerification(room, now);
    }
}

std::optional<MonotonicTime> RoomLedger::deadline() const
{
    std::optional<MonotonicTime> earliest = m_server.deadline();
    const auto consider = [&](const std::optional<MonotonicTime> &time) {
        if (time && (!earliest || *time < *earliest))
            earliest = time;
    };
    for (const Room &room : m_rooms) {
        consider(room.answerDeadline);
        consider(room.verifyBy);
    }
    return earliest;
}

RoomLedger::Outputs RoomLedger::take()
{
    return std::exchange(m_outputs, {});
}

} // namespace tocsin
