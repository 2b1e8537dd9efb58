// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monotonicclock.h"
#include "client/reply.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace tocsin {

/// Names a request in its client's life: positive, rising, never used twice.
using RequestId = qint64;

/// A request on its way to being sent.
struct PendingRequest {
    RequestId id = 0;
    /// The command's, for error texts.
    QString type;
    /// As on the wire; kept where it may have to be sent again.
    QByteArray frame;
    std::optional<MonotonicTime> deadline = {};
    bool safeToRepeat = false;
};

/// Which requests have no reply yet, what becomes of each when its session ends, and when to give
/// it up. Pure: no sockets, no timers, no clock.
///
/// Invariants (tests/client/tst_pendingrequests.cpp):
///  - each request finishes once at most, and once exactly when failAll() comes last;
///  - a reply counts only for a request that this session was sent, and not twice;
///  - what sessionStarted() sends again was marked safe to repeat, was sent before, and keeps its
///    order;
///  - after tick(now) nothing is pending whose deadline has come.
class TOCSIN_CLIENT_EXPORT PendingRequests
{
public:
    /// A request with the one reply that it gets.
    struct Finished {
        RequestId id;
        Reply reply;
    };

    void add(const PendingRequest &request);
    /// It left for the server.
    void sent(RequestId id);
    /// The server carried it out as little as if it had not left: it waits to be sent again. False
    /// where it is finished.
    [[nodiscard]] bool takeBack(RequestId id);
    /// Takes a reply; false where nobody waits for it.
    [[nodiscard]] bool answer(const ReplyData &data);
    /// A new session: the frames to send again, in order. They count as sent.
    [[nodiscard]] std::vector<QByteArray> sessionStarted();
    /// What was sent and is not safe to repeat fails; the rest waits for the next session.
    void sessionEnded();
    void fail(RequestId id, Error error);
    /// Those that were not sent.
    void failWaiting(const Error &error);
    /// There will be no session, or nobody who wants one.
    void failAll(const Error &error);
    void tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    [[nodiscard]] std::size_t size() const;
    /// What finished since the last take, in that order.
    [[nodiscard]] std::vector<Finished> take();

private:
    enum class Stage {
        /// In the outbox: the buffer sends it.
        Waiting,
        Sent,
        /// Its session ended: sessionStarted() sends it.
        ToRepeat,
    };
    struct Entry {
        PendingRequest request;
        Stage stage = Stage::Waiting;
    };
    using Entries = std::map<RequestId, Entry>;
    Entries::iterator finish(Entries::iterator entry, Reply reply);

    // Ids rise, so the order of the ids is the order in which they were asked.
    Entries m_entries;
    std::set<std::pair<MonotonicTime, RequestId>> m_deadlines;
    std::vector<Finished> m_finished;
};

} // namespace tocsin
