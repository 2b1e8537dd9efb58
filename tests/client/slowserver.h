// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/roomledger.h"

#include <QSet>

#include <algorithm>
#include <deque>

namespace tocsin::roomledger {

/// A server that answers one join after the other, as the gateway does, on a link that takes its
/// time for each part of a list; and a ledger that has just connected to it. Nothing is lost, and
/// nothing happens but what is asked for.
class SlowServer
{
public:
    explicit SlowServer(const QStringList &rooms)
    {
        for (const QString &name : rooms)
            ledger.want(name, now);
        ledger.sessionStarted(now);
        carryOut();
    }

    int parts = 7;
    std::chrono::milliseconds partTime{8'000};
    /// Whether the client sees that part of something is coming in.
    bool isSeenComing = false;
    /// Parts that the client cannot read: the ledger is never shown them.
    QSet<int> unreadable;

    void pass(std::chrono::milliseconds time)
    {
        const MonotonicTime end = now + time;
        for (auto next = nextMoment(); next && *next <= end; next = nextMoment()) {
            now = std::max(now, *next);
            if (m_nextFrame && now >= *m_nextFrame)
                sendFrame();
            else if (isSeenComing && m_nextFrame && now >= m_lastSeen + glance)
                ledger.partReceived(m_lastSeen = now);
            else
                ledger.tick(now);
            carryOut();
        }
        now = end;
    }
    [[nodiscard]] bool isIdle() const { return m_queue.empty(); }
    [[nodiscard]] bool isLive() const
    {
        const QStringList names = ledger.rooms();
        return std::ranges::all_of(names,
            [this](const QString &name) { return ledger.freshness(name) == RoomFreshness::Live; });
    }

    RoomLedger ledger{std::chrono::milliseconds(0)};
    MonotonicTime now{std::chrono::hours(1)};
    int joins = 0;
    /// Parts that were for nothing.
    int passedOver = 0;
    /// How often a room became Live.
    int arrivals = 0;

private:
    static constexpr std::chrono::milliseconds glance{1'000};
    static constexpr qint64 seq = 1;

    [[nodiscard]] std::optional<MonotonicTime> nextMoment() const
    {
        auto next = ledger.deadline();
        const auto consider = [&next](MonotonicTime time) {
            if (!next || time < *next)
                next = time;
        };
        if (m_nextFrame) {
            consider(*m_nextFrame);
            if (isSeenComing)
                consider(m_lastSeen + glance);
        }
        return next;
    }
    void sendFrame()
    {
        const RoomLedger::Join join = m_queue.front();
        const bool isRecovered = join.since.has_value();
        const QString epoch = QStringLiteral("e");
        if (m_part == 0) {
            ledger.joined({join.room, epoch, seq, isRecovered}, now);
        } else if (!unreadable.contains(m_part)) {
            const RoomSnapshotData part{join.room, epoch, seq, {}, m_part, parts};
            if (ledger.snapshotPart(part, now) != RoomLedger::Verdict::Apply)
                ++passedOver;
        }
        m_lastSeen = now;
        if (!isRecovered && m_part < parts) {
            ++m_part;
            m_nextFrame = now + partTime;
            return;
        }
        m_queue.pop_front();
        m_nextFrame.reset();
        answerNext();
    }
    void answerNext()
    {
        if (m_nextFrame || m_queue.empty())
            return;
        m_part = 0;
        m_nextFrame = now;
    }
    void carryOut()
    {
        for (const auto &output : ledger.take()) {
            if (const auto *const join = std::get_if<RoomLedger::Join>(&output)) {
                ++joins;
                m_queue.push_back(*join);
                answerNext();
            } else if (const auto *const fresh
                = std::get_if<RoomLedger::FreshnessChanged>(&output)) {
                arrivals += fresh->freshness == RoomFreshness::Live ? 1 : 0;
            }
        }
    }

    std::deque<RoomLedger::Join> m_queue;
    int m_part = 0;
    std::optional<MonotonicTime> m_nextFrame;
    MonotonicTime m_lastSeen;
};

} // namespace tocsin::roomledger
