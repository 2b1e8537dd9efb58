// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/roomledger.h"

#include <algorithm>
#include <utility>

namespace tocsin {

using std::chrono::milliseconds;

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
    if (room.owed == Owed::JoinAnswer && !room.position && !room.snapshot)
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
    room.owedSince = now;
    if (owed == Owed::Nothing)
        room.answerDeadline.reset();
    else
        room.answerDeadline = now + room.answerTimeout;
}

void RoomLedger::join(Room &room, MonotonicTime now)
{
    room.verifyBy.reset();
    ++room.unanswered;
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
    // An answer that is still to come may be as slow as this one was.
    if (room.unanswered == 0)
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
    m_partReceived.reset();
    m_server.sessionEnded();
    for (Room &room : m_rooms) {
        room.owed = Owed::Nothing;
        room.answerDeadline.reset();
        room.unanswered = 0;
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

void RoomLedger::tick(MonotonicTime now)
{
    carryOut(m_server.tick(now), now);
    for (Room &room : m_rooms) {
        if (!room.answerDeadline || now < *room.answerDeadline)
            checkVerification(room, now);
        else if (!isStillReceiving(room, now))
            join(room, now);
    }
}

void RoomLedger::partReceived(MonotonicTime now)
{
    m_partReceived = now;
}

// What is owed may be what is coming in, or stand behind it.
bool RoomLedger::isStillReceiving(Room &room, MonotonicTime now) const
{
    if (!m_partReceived || *m_partReceived <= room.owedSince)
        return false;
    const MonotonicTime later
        = std::min(*m_partReceived + room.answerTimeout, room.owedSince + longestJoinTimeout);
    if (later <= now)
        return false;
    room.answerDeadline = later;
    return true;
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
