// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"
#include "client/export.h"
#include "client/monotonicclock.h"

#include <QByteArray>
#include <QSet>

#include <deque>
#include <vector>

namespace tocsin {

/// One message to the server: a text frame, and the binary frame that belongs right behind it.
struct OutgoingMessage {
    QByteArray text;
    std::optional<QByteArray> attachment = {};
    /// Not to be sent from then on; the outbox's own time to live counts where absent.
    std::optional<MonotonicTime> expiresAt = {};
    /// 0 where no reply is asked for.
    qint64 requestId = 0;

    [[nodiscard]] qsizetype size() const
    {
        return text.size() + (attachment ? attachment->size() : 0);
    }
    friend bool operator==(const OutgoingMessage &, const OutgoingMessage &) = default;
};

/// Messages that wait for a connection, in the order in which they were sent. Bounded, so that a
/// program that goes on sending into an outage does not grow without end. Pure: no clock.
///
/// Invariants (tests/client/tst_outbox.cpp):
///  - what is taken are the accepted messages that neither expired nor were removed or dropped, in
///    the order in which they were accepted;
///  - neither bound is ever exceeded;
///  - a message is refused or dropped only where what has not expired left no room.
class TOCSIN_CLIENT_EXPORT Outbox
{
public:
    struct Pushed {
        bool accepted = true;
        /// Older ones that had to give way to it.
        std::vector<OutgoingMessage> dropped;
    };
    struct Taken {
        std::deque<OutgoingMessage> messages;
        /// How many expired since the last take.
        qint64 expired = 0;
    };

    explicit Outbox(OutboxOptions options = {});

    [[nodiscard]] Pushed push(OutgoingMessage message, MonotonicTime now);
    /// All that waits, oldest first; nothing waits afterwards.
    [[nodiscard]] Taken take(MonotonicTime now);
    /// How many expired since the last look at it; they wait no more.
    [[nodiscard]] qint64 expire(MonotonicTime now);
    /// When to look at that again, at the latest.
    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    /// Takes out the messages of these requests.
    void remove(const QSet<qint64> &requests);
    void clear();
    /// Of those that wait, those that are no requests.
    [[nodiscard]] qint64 messagesWithoutReply() const;
    /// What waits, what expired since the last look at it included.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] qsizetype bytes() const;

private:
    [[nodiscard]] bool fits(const OutgoingMessage &message) const;
    void dropExpired(MonotonicTime now);
    template <typename Predicate>
    qint64 eraseIf(Predicate predicate);

    OutboxOptions m_options;
    std::deque<OutgoingMessage> m_messages;
    qsizetype m_bytes = 0;
    qint64 m_expired = 0;
    /// No message expires before. Spares a full outbox the search through all of them with each
    /// message that is refused.
    std::optional<MonotonicTime> m_nothingExpiresBefore;
};

} // namespace tocsin
