// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/eventloop_p.h"
#include "gateway/incidentlog.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <variant>

namespace tocsin {

/// Somebody in rooms.
class Subscriber
{
public:
    virtual ~Subscriber() = default;
    /// Neither call may end a subscription.
    virtual void deliver(const QByteArray &frame) = 0;
    /// Bytes of events that wait to be sent.
    virtual qint64 backlog() const = 0;
};

/// Hands the log's events to the sessions in their rooms, in the log's order; a frame's bytes are
/// shared by all of them.
///
/// A storm is handed out in slices, the next when everybody has taken up the last one, and 50 ms
/// later at the latest: so a flood that one POST causes does not overflow the queue of a session
/// that reads as fast as it can, and one that does not read delays the others hardly. Nor does an
/// event with thousands of readers keep the loop from its other work: it is handed out over several
/// turns.
class Hub
{
public:
    explicit Hub(EventLoop &loop);

    /// Where an event has no frame, its readers are told of the room's head instead, behind which
    /// they find themselves. From any thread; both keep their order, among each other too.
    void publish(QList<LogEvent> events);
    void inOrder(std::function<void()> task);

    /// From the loop's thread. `head`: the last event that the subscriber knows of; called from an
    /// inOrder() task, so that the next one published is the next in the room.
    void subscribe(Subscriber *subscriber, const QString &room, qint64 head);
    void unsubscribe(Subscriber *subscriber, const QString &room);
    [[nodiscard]] bool isAnybodyIn(const QString &room) const;
    /// The last event handed out in a room that somebody is in; from an inOrder() task, since an
    /// event is not with all of them before the next one begins.
    [[nodiscard]] qint64 head(const QString &room) const;

private:
    struct Room {
        QSet<Subscriber *> subscribers;
        qint64 head = 0;
    };
    using Item = std::variant<QList<LogEvent>, std::function<void()>>;

    void enqueue(Item item);
    enum class Progress { Done, TurnIsOver, SliceIsFull };

    void pump();
    void beginSlice();
    [[nodiscard]] Progress handOut(const QList<LogEvent> &events);
    /// Whether it was handed out to all; if not, the next call goes on.
    [[nodiscard]] bool deliver(const LogEvent &event);
    [[nodiscard]] bool isAnybodyBehind() const;
    void awaitReaders(int patience);

    EventLoop &m_loop;
    QHash<QString, Room> m_rooms;
    std::deque<Item> m_queue;
    // Of the first item, when it is a list of events.
    qsizetype m_nextEvent = 0;
    // Of that event, where it was handed out to some.
    QList<Subscriber *> m_audience;
    QByteArray m_frame;
    qsizetype m_nextSubscriber = 0;
    // Of the turn at hand.
    qsizetype m_deliveries = 0;
    std::size_t m_leftAtMost = 0;
    // Of the slice at hand, which may take several turns: bytes of different events.
    qsizetype m_handedOut = 0;
    QSet<QString> m_sliceRooms;
    bool m_isPumping = false;
};

} // namespace tocsin
