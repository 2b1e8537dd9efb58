// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "client/export.h"
#include "client/monotonicclock.h"
#include "client/roomfreshness.h"
#include "client/roomrecovery.h"
#include "client/serverkind.h"
#include "protocol/messages.h"

#include <optional>
#include <variant>
#include <vector>

namespace tocsin {

/// Which rooms are wanted, what is known of each, and whether a message is the next one, one that
/// was had before, or one after a hole. Pure: no sockets, no timers, no clock.
///
/// Invariants (tests/client/tst_roomledger.cpp):
///  - what is judged Apply is, for each room and epoch, an unbroken sequence after the snapshot or
///    the position that the server was given: nothing twice, nothing left out;
///  - a room is Live only in a session that is not in doubt, when everything up to the server's
///    head, as last told, was applied, and the server's word for it is younger than the
///    verification time-out (a plain server gives none: its rooms are Live while its session is
///    usable);
///  - a room that is not Live has a question under way (a join or a deadline for one) whenever
///    there is a session, unless the server knows no sequences at all, or only the doubt is left;
///  - a recovery is announced (RecoveryStarted) after the answer to the join and before the first
///    message of it; the room's becoming Live is its end;
///  - RefreshNeeded is said at most once a session, only in one that followed another, and never
///    where the server was seen to know sequences.
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
        /// See lastVerified().
        std::optional<MonotonicTime> lastVerified;
    };
    struct RecoveryStarted {
        QString room;
        RoomRecovery recovery;
    };
    /// The server recovers nothing, and what was missed while there was no session is not known.
    struct RefreshNeeded {
    };
    using Output = std::variant<Join, FreshnessChanged, RecoveryStarted, RefreshNeeded>;
    using Outputs = std::vector<Output>;

    /// A join without answer is sent again after this long, then after twice as long, and so on.
    static constexpr std::chrono::milliseconds joinTimeout{5'000};
    static constexpr std::chrono::milliseconds longestJoinTimeout{60'000};

    /// `verificationTimeout`: see ConnectionOptions; 0 is never.
    explicit RoomLedger(
        std::chrono::milliseconds verificationTimeout = ConnectionOptions{}.verificationTimeout);

    /// False where it was wanted already.
    bool want(const QString &room, MonotonicTime now);
    bool forget(const QString &room);
    [[nodiscard]] QStringList rooms() const;
    [[nodiscard]] RoomFreshness freshness(const QString &room) const;
    [[nodiscard]] std::optional<RoomPosition> position(const QString &room) const;
    /// When the server last confirmed that nothing of the room was missing; absent before the first
    /// time. Of a plain server's room it is when something was last heard from that server.
    [[nodiscard]] std::optional<MonotonicTime> lastVerified(const QString &room) const;

    void sessionStarted(MonotonicTime now);
    /// The session that has started is not the first one that could be used.
    void sessionFollowsAnother();
    /// The session that just started is with a server that is known to keep no history.
    void serverIsPlain(MonotonicTime now);
    void sessionEnded();
    /// What was applied may not have reached anybody: the next join asks for the whole of each
    /// room.
    void forgetPositions();

    /// Whether the session still is one is not known: no room is Live until confirm().
    void doubt();
    void confirm(MonotonicTime now);

    void joined(const RoomJoinedData &data, MonotonicTime now);
    /// A snapshot's part, its incidents not looked at.
    [[nodiscard]] Verdict snapshotPart(const RoomSnapshotData &part, MonotonicTime now);
    /// Judges a message by its envelope, and takes it as applied where it says Apply.
    [[nodiscard]] Verdict judge(const Envelope &envelope, MonotonicTime now);
    void heads(const QMap<QString, qint64> &heads, MonotonicTime now);
    /// Part of a message came, which is not whole yet: what is owed may only be slow. It is waited
    /// for as long as it keeps coming, and for longestJoinTimeout at most.
    void partReceived(MonotonicTime now);
    void tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    /// What the calls since the last take() have to say, in order.
    [[nodiscard]] Outputs take();
    [[nodiscard]] bool hasOutputs() const { return !m_outputs.empty(); }

private:
    enum class Owed { Nothing, JoinAnswer, Snapshot, Replay };
    struct Room {
        QString name;
        RoomFreshness freshness = RoomFreshness::Joining;
        std::optional<RoomPosition> position;
        /// Everything up to here has to be applied before the room is Live.
        qint64 target = 0;
        /// What the server owes, since when, and until when before it is asked again.
        Owed owed = Owed::Nothing;
        MonotonicTime owedSince;
        std::optional<MonotonicTime> answerDeadline;
        std::chrono::milliseconds answerTimeout = joinTimeout;
        /// How many joins of this session have had no answer.
        int unanswered = 0;
        /// The snapshot that is being received, the part that comes next, and how many there are.
        /// It goes on when the server was asked again meanwhile, and ends when that is answered.
        std::optional<RoomPosition> snapshot;
        int nextPart = 1;
        int parts = 0;
        /// What the application has of it was once the truth.
        bool wasLive = false;
        std::optional<MonotonicTime> lastVerified;
        /// When to look whether lastVerified is too long ago. Later than it need be after each
        /// message would mean a timer to set for each; it is moved when it comes.
        std::optional<MonotonicTime> verifyBy;
        /// It was too long ago, and what was asked then is not answered whole yet.
        bool overdue = false;
    };
    Room *find(const QString &name);
    [[nodiscard]] const Room *find(const QString &name) const;
    void join(Room &room, MonotonicTime now);
    void owe(Room &room, Owed owed, MonotonicTime now);
    void settle(Room &room, MonotonicTime now);
    void verified(Room &room, MonotonicTime now);
    void checkVerification(Room &room, MonotonicTime now);
    void serverIsAnswering(MonotonicTime now);
    [[nodiscard]] bool isStillReceiving(Room &room, MonotonicTime now) const;
    [[nodiscard]] bool isUnverified(const Room &room, MonotonicTime now) const;
    [[nodiscard]] bool isComplete(const Room &room) const;
    [[nodiscard]] RoomFreshness freshnessOf(const Room &room) const;
    void tellFreshness(Room &room);
    void carryOut(const ServerKind::Findings &findings, MonotonicTime now);
    void sequencesSeen(MonotonicTime now);

    std::chrono::milliseconds m_verificationTimeout;
    // A handful: a vector keeps the order in which they were joined.
    std::vector<Room> m_rooms;
    bool m_session = false;
    bool m_doubted = false;
    std::optional<MonotonicTime> m_partReceived;
    ServerKind m_server;
    Outputs m_outputs;
};

} // namespace tocsin
