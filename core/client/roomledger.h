// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionmachine.h"
#include "client/roomfreshness.h"
#include "protocol/messages.h"

#include <QHash>

namespace tocsin {

/// Which rooms are wanted, what is known of each, and whether a message is the next one, one that
/// was had before, or one after a hole. Pure: no sockets, no timers, no clock.
///
/// Invariants (tests/client/tst_roomledger.cpp):
///  - what is judged Apply is, for each room and epoch, an unbroken sequence after the snapshot or
///    the position that the server was given: nothing twice, nothing left out;
///  - a room is Live only when everything up to the server's head, as last told, was applied;
///  - a room that is not Live has a question under way (a join or a deadline for one) whenever
///    there is a session, unless the server knows no sequences at all.
class TOCSIN_CLIENT_EXPORT RoomLedger
{
public:
    enum class Verdict { Apply, Duplicate, Gap, NotWanted };

    struct Join {
        QString room;
        std::optional<RoomPosition> since;
    };
    struct FreshnessChanged {
        QString room;
        RoomFreshness freshness;
    };
    using Output = std::variant<Join, FreshnessChanged>;
    using Outputs = std::vector<Output>;

    /// A join without answer is sent again after this long, then after twice as long, and so on.
    static constexpr std::chrono::milliseconds joinTimeout{5'000};
    static constexpr std::chrono::milliseconds longestJoinTimeout{60'000};

    /// False where it was wanted already.
    bool want(const QString &room, MonotonicTime now);
    bool forget(const QString &room);
    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] RoomFreshness freshness(const QString &room) const;
    [[nodiscard]] std::optional<RoomPosition> position(const QString &room) const;

    void sessionStarted(MonotonicTime now);
    /// The session that just started is with a server that is known to keep no history.
    void serverIsPlain();
    void sessionEnded();
    void joined(const RoomJoinedData &data, MonotonicTime now);
    /// Whether the part belongs to the snapshot that is being received.
    [[nodiscard]] Verdict snapshotPart(const RoomSnapshotData &part, MonotonicTime now);
    /// Judges a message by its envelope, and takes it as applied where it says Apply.
    [[nodiscard]] Verdict judge(const Envelope &envelope, MonotonicTime now);
    void heads(const QMap<QString, qint64> &heads, MonotonicTime now);
    void tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    /// What the calls since the last take() have to say, in order.
    [[nodiscard]] Outputs take();

private:
    enum class Owed { Nothing, JoinAnswer, Snapshot, Replay };
    struct Room {
        QString name;
        RoomFreshness freshness = RoomFreshness::Joining;
        std::optional<RoomPosition> position;
        /// Everything up to here has to be applied before the room is Live.
        qint64 target = 0;
        /// What the server owes, and until when before it is asked again.
        Owed owed = Owed::Nothing;
        std::optional<MonotonicTime> answerDeadline;
        std::chrono::milliseconds answerTimeout = joinTimeout;
        /// The snapshot that is being received, and the part that comes next.
        std::optional<RoomPosition> snapshot;
        int nextPart = 1;
    };
    Room *find(const QString &name);
    void join(Room &room, MonotonicTime now);
    void owe(Room &room, Owed owed, MonotonicTime now);
    void setFreshness(Room &room, RoomFreshness freshness);
    void settle(Room &room, MonotonicTime now);
    void takeAsPlain(Room &room);

    // A handful: a vector keeps the order in which they were joined.
    std::vector<Room> m_rooms;
    bool m_session = false;
    /// The server was seen to speak without sequences: it answers no joins and sends no heads.
    bool m_plainServer = false;
    Outputs m_outputs;
};

} // namespace tocsin
