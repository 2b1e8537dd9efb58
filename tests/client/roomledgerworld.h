// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/roomledger.h"

#include <deque>
#include <source_location>
#include <stdexcept>
#include <string>
#include <utility>

/// What RoomLedger is held to, by random sequences (tst_roomledger.cpp) and by libFuzzer
/// (tests/fuzz/fuzz_ledger.cpp): a server and an application that are right, told independently of
/// the ledger.
namespace tocsin::roomledger {

using namespace std::chrono_literals;
using Verdict = RoomLedger::Verdict;

inline void require(bool holds, const std::source_location &place = std::source_location::current())
{
    if (!holds)
        throw std::logic_error(std::string(place.function_name()) + ", line "
            + std::to_string(place.line()) + ": an invariant does not hold");
}

inline const QString room = QStringLiteral("account:acme");

struct Published {
    qint64 seq;
};
struct Joined {
    RoomJoinedData data;
};
struct Part {
    RoomSnapshotData data;
};
struct Heads {
    qint64 head;
};
using Frame = std::variant<Published, Joined, Part, Heads>;

/// A server with one room, told independently of the ledger: a history, some of it forgotten, and a
/// wire that may lose what it carries.
struct Server {
    QString epoch = QStringLiteral("e1");
    int epochs = 1;
    qint64 head = 0;
    qint64 forgottenUpTo = 0;
    bool member = false;
    std::deque<Frame> wire;

    void publish()
    {
        ++head;
        if (member)
            wire.emplace_back(Published{head});
    }
    void loseItsHistory()
    {
        epoch = QStringLiteral("e%1").arg(++epochs);
        head = 3;
        forgottenUpTo = 0;
        wire.clear();
        member = false; // it was restarted: the connection goes with it
    }
    void join(const RoomLedger::Join &join)
    {
        member = true;
        const bool recovers = join.since && join.since->epoch == epoch
            && join.since->seq >= forgottenUpTo && join.since->seq <= head;
        wire.emplace_back(Joined{{room, epoch, head, recovers}});
        if (recovers) {
            for (qint64 seq = join.since->seq + 1; seq <= head; ++seq)
                wire.emplace_back(Published{seq});
            return;
        }
        for (int part = 1; part <= 2; ++part)
            wire.emplace_back(Part{{room, epoch, head, {}, part, 2}});
    }
};

/// The application at the other end: what it was given, checked to be whole.
struct Application {
    std::optional<RoomPosition> position;

    void snapshot(const RoomSnapshotData &data) { position = RoomPosition{data.epoch, data.seq}; }
    void apply(qint64 seq)
    {
        require(position.has_value());
        require(seq == position->seq + 1);
        position->seq = seq;
    }
};

/// The ledger between the two: connections come and go, messages are lost, and after each step
/// the ledger's invariants are looked at. A broken one is thrown, which rapidcheck reports and
/// libFuzzer takes for a crash.
class World
{
public:
    enum class Rest { WithHeads, WithoutHeads };
    static constexpr auto verificationTimeout = 60s;

    World() { ledger.want(room, now); }

    void connect()
    {
        if (std::exchange(connected, true))
            return;
        refreshed = false;
        ledger.sessionStarted(now);
        carryOut();
        if (std::exchange(everConnected, true)) {
            ledger.sessionFollowsAnother();
            carryOut();
        }
    }
    void cut()
    {
        if (!std::exchange(connected, false))
            return;
        server.wire.clear();
        server.member = false;
        doubted = false;
        recovery.reset();
        ledger.sessionEnded();
        carryOut();
    }
    void deliver(bool loses)
    {
        if (!connected || server.wire.empty())
            return;
        const Frame frame = server.wire.front();
        server.wire.pop_front();
        if (loses)
            return;
        everSequenced = true;
        std::optional<RoomRecovery> expected;
        if (const auto *published = std::get_if<Published>(&frame)) {
            const Envelope envelope{QStringLiteral("incident.created"), {}, room, published->seq};
            if (ledger.judge(envelope, now) == Verdict::Apply) {
                application.apply(published->seq);
                hearTheServersWord();
            }
        } else if (const auto *joined = std::get_if<Joined>(&frame)) {
            if (!joined->data.recovered)
                expected = RoomRecovery::Snapshot;
            else if (ledger.position(room) && ledger.position(room)->seq < joined->data.seq)
                expected = RoomRecovery::Replay;
            ledger.joined(joined->data, now);
            hearTheServersWord();
        } else if (const auto *part = std::get_if<Part>(&frame)) {
            if (ledger.snapshotPart(part->data, now) == Verdict::Apply) {
                require(recovery == RoomRecovery::Snapshot);
                hearTheServersWord();
                if (part->data.part == part->data.parts)
                    application.snapshot(part->data);
            }
        } else if (const auto *heads = std::get_if<Heads>(&frame)) {
            ledger.heads({{room, heads->head}}, now);
            if (const auto position = ledger.position(room);
                position && position->seq == heads->head)
                hearTheServersWord();
        }
        carryOut(expected);
    }
    void doubt()
    {
        doubted = doubted || connected;
        ledger.doubt();
        carryOut();
    }
    void confirm()
    {
        doubted = false;
        ledger.confirm(now);
        carryOut();
    }
    /// Leaves the room and wants it again, with what the server sent before still on the wire.
    void startOver()
    {
        require(ledger.forget(room));
        require(!ledger.position(room) && !ledger.lastVerified(room));
        server.member = false;
        application = {};
        wasLive = false;
        recovery.reset();
        lastWord.reset();
        require(ledger.want(room, now));
        require(!ledger.want(room, now));
        carryOut();
    }
    void hearTheServersWord()
    {
        if (!doubted)
            lastWord = now;
    }
    void tick(std::chrono::milliseconds time)
    {
        now += time;
        ledger.tick(now);
        carryOut();
        if (const auto deadline = ledger.deadline())
            require(*deadline > now);
    }
    /// Of a message that is not whole yet.
    void receivePart()
    {
        if (connected)
            ledger.partReceived(now);
    }
    /// `expected`: which recovery must be announced, and none where it is absent.
    void carryOut(std::optional<RoomRecovery> expected = {})
    {
        std::optional<RoomRecovery> announced;
        for (const auto &output : ledger.take()) {
            if (const auto *join = std::get_if<RoomLedger::Join>(&output)) {
                require(connected);
                require(!join->since || join->since == application.position);
                server.join(*join);
            } else if (const auto *fresh = std::get_if<RoomLedger::FreshnessChanged>(&output)) {
                // Only what the application has can be out of date.
                require(fresh->freshness != RoomFreshness::Stale || application.position);
                require(fresh->lastVerified == ledger.lastVerified(room));
                if (fresh->freshness == RoomFreshness::Live) {
                    wasLive = true;
                    recovery.reset();
                }
            } else if (const auto *started = std::get_if<RoomLedger::RecoveryStarted>(&output)) {
                announced = started->recovery;
                recovery = started->recovery;
            } else if (std::holds_alternative<RoomLedger::RefreshNeeded>(output)) {
                require(connected);
                require(!everSequenced);
                require(!std::exchange(refreshed, true));
            }
        }
        require(announced == expected);
        check();
    }
    void check()
    {
        const auto freshness = ledger.freshness(room);
        if (freshness == RoomFreshness::Live) {
            require(connected);
            require(!doubted);
            require(application.position == ledger.position(room));
            require(lastWord.has_value());
            require(now < *lastWord + verificationTimeout);
            require(ledger.lastVerified(room).has_value());
            require(*ledger.lastVerified(room) <= *lastWord);
        }
        if (wasLive && doubted)
            require(freshness == RoomFreshness::Stale);
        if (connected && freshness != RoomFreshness::Live)
            require(ledger.deadline().has_value());
        if (!connected)
            require(freshness == RoomFreshness::Stale || freshness == RoomFreshness::Joining);
    }
    /// With nothing lost any more, and also where the server sends no heads, the ledger must come
    /// to be Live and equal to the server.
    void comeToRest(Rest rest)
    {
        connect();
        confirm();
        for (int round = 0; round < 200; ++round) {
            while (!server.wire.empty())
                deliver(false);
            if (ledger.freshness(room) == RoomFreshness::Live && rest == Rest::WithoutHeads) {
                // A lost tail that no head gives away is found by the silence.
                if (application.position == RoomPosition{server.epoch, server.head})
                    break;
                tick(verificationTimeout);
                require(ledger.freshness(room) == RoomFreshness::Stale);
            } else if (ledger.freshness(room) == RoomFreshness::Live) {
                server.wire.emplace_back(Heads{server.head});
                deliver(false);
                if (server.wire.empty() && ledger.freshness(room) == RoomFreshness::Live)
                    break;
            } else {
                tick(61s);
            }
        }
        require(ledger.freshness(room) == RoomFreshness::Live);
        require(application.position == (RoomPosition{server.epoch, server.head}));
    }

    RoomLedger ledger;
    Server server;
    Application application;
    MonotonicTime now{1h};
    bool connected = false;
    bool everConnected = false;
    bool everSequenced = false;
    bool doubted = false;
    bool wasLive = false;
    bool refreshed = false;
    std::optional<RoomRecovery> recovery;
    /// When the server last said that nothing was missing, as far as it can be believed.
    std::optional<MonotonicTime> lastWord;
};

} // namespace tocsin::roomledger
