// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// How LogWriter answers those who join.
#include "gateway/logwriter_p.h"

#include <algorithm>

namespace tocsin {

namespace {

// A report that comes meanwhile waits for so long, and for one snapshot, at most.
constexpr std::chrono::milliseconds slice{20};

} // namespace

void LogWriter::join(
    const QString &room, const std::optional<RoomPosition> &since, Done<JoinAnswer> done)
{
    enqueue(Join{room, since, std::move(done)});
}

void LogWriter::answerJoins()
{
    using Clock = std::chrono::steady_clock;
    auto end = Clock::now() + slice;
    std::optional<QString> snapshotOf;
    while (!m_joins.empty() && Clock::now() < end) {
        // Of another room, it may take as long again.
        if (snapshotOf && m_joins.front().room != *snapshotOf)
            return;
        const Join join = std::move(m_joins.front());
        m_joins.pop_front();
        const qint64 before = m_snapshots.inserted();
        answer(join);
        ++m_turns;
        if (m_snapshots.inserted() == before)
            continue;
        // Who waits for the same gets it now: by the next slice it may be of the past.
        std::ranges::stable_partition(
            m_joins, [&join](const Join &other) { return other.room == join.room; });
        snapshotOf = join.room;
        end = Clock::now() + slice;
    }
}

void LogWriter::answer(const Join &join)
{
    auto answer = read(join);
    settleEpoch();
    if (!answer && answer.error().code == ErrorCode::StorageFailed)
        noteFailure(answer.error());
    join.done(std::move(answer));
}

Expected<JoinAnswer> LogWriter::read(const Join &join)
{
    // Who is answered takes what it is told for all that there is, and what is reported now is not.
    // It may work again: nobody waits for the next look.
    if (m_isFailing && !writeProbe()) {
        return makeError(ErrorCode::Unavailable,
            QStringLiteral("The gateway cannot write to its log at the moment: what it has may not"
                           " be all."));
    }
    JoinQuestion question{.room = join.room, .since = join.since};
    // What one who comes is told must not be behind what those who are there were told.
    if (m_isShared)
        question.from = m_follower.handedOut(join.room).value_or(0);
    auto answer = answerJoin(*m_log, question, m_snapshots, timestampNow());
    if (!answer || !m_isShared)
        return answer;
    settleEpoch();
    const auto told = handOut(m_follower.follow(*m_log->shared(), join.room, answer->position.seq));
    if (!told)
        return tl::unexpected<Error>(told.error());
    if (answer->isBehind)
        follow();
    return answer;
}

} // namespace tocsin
