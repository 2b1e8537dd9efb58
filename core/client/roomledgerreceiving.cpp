// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT

// What the ledger makes of what the server says.
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

void RoomLedger::sequencesSeen(MonotonicTime now)
{
    if (m_server.kind() != ServerKind::Kind::Sequenced)
        carryOut(m_server.sequenceSeen(), now);
}

// A server answers one join after the other, and a list may take its time: the rooms whose turn has
// not come wait on, as asking again would have their lists sent twice.
void RoomLedger::serverIsAnswering(MonotonicTime now)
{
    for (Room &room : m_rooms) {
        if (room.owed == Owed::JoinAnswer)
            owe(room, Owed::JoinAnswer, now);
    }
}

void RoomLedger::joined(const RoomJoinedData &data, MonotonicTime now)
{
    if (!m_session)
        return;
    sequencesSeen(now);
    serverIsAnswering(now);
    Room *const room = find(data.room);
    if (!room)
        return;
    room->unanswered = std::max(room->unanswered - 1, 0);
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
    serverIsAnswering(now);
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
        // The next list may have the same hole, a part that cannot be read say: it is asked for
        // when the time for this one is over.
        room->snapshot.reset();
        return Verdict::Gap;
    }
    room->parts = part.parts;
    if (part.part < part.parts) {
        ++room->nextPart;
        owe(*room, Owed::Snapshot, now);
        return Verdict::Apply;
    }
    room->position = std::exchange(room->snapshot, std::nullopt);
    owe(*room, Owed::Replay, now);
    settle(*room, now);
    // Something published meanwhile may have been passed over; it is known to exist, so ask for it,
    // at once the first time. A server whose lists are always behind is given time.
    if (room->owed == Owed::Replay && room->answerTimeout <= 2 * joinTimeout)
        join(*room, now);
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
        if (head == heads.cend())
            continue;
        if (room.snapshot || room.owed == Owed::Snapshot) {
            room.target = std::max(room.target, *head);
            continue;
        }
        if (room.owed == Owed::JoinAnswer)
            continue; // the answer says more
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

} // namespace tocsin
