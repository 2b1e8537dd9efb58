// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/hub_p.h"

#include "protocol/messages.h"

#include <algorithm>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype sliceBytes = 1024 * 1024;
constexpr qint64 behindBytes = 2 * 1024 * 1024;
constexpr auto look = 5ms;
constexpr int mostLooks = 10;
// A delivery is a write to a socket. After so many the loop has its turn, which may have a post to
// take or a ping to answer.
constexpr qsizetype leastDeliveries = 128;
constexpr std::size_t queueShare = 8;

// Of one that cannot be read any more: who is told of the head asks for the room anew.
QByteArray headsFrame(const LogEvent &event)
{
    return encodeMessage(RoomHeads, {{{event.room, event.sequence}}}, timestampNow());
}

} // namespace

Hub::Hub(EventLoop &loop)
    : m_loop(loop)
{
}

void Hub::publish(QList<LogEvent> events)
{
    m_loop.post([this, events = std::move(events)]() mutable { enqueue(std::move(events)); });
}

void Hub::inOrder(std::function<void()> task)
{
    m_loop.post([this, task = std::move(task)]() mutable { enqueue(std::move(task)); });
}

void Hub::enqueue(Item item)
{
    m_queue.push_back(std::move(item));
    if (!m_isPumping) {
        m_isPumping = true;
        pump();
    }
}

void Hub::pump()
{
    m_deliveries = 0;
    // What waits grows no further than this makes up for, however fast it comes.
    m_leftAtMost = m_queue.size() - m_queue.size() / queueShare;
    while (!m_queue.empty()) {
        if (const auto *task = std::get_if<std::function<void()>>(&m_queue.front())) {
            (*task)();
            m_queue.pop_front();
            continue;
        }
        switch (handOut(std::get<QList<LogEvent>>(m_queue.front()))) {
        case Progress::Done: break;
        case Progress::TurnIsOver: m_loop.post([this] { pump(); }); return;
        case Progress::SliceIsFull: awaitReaders(mostLooks); return;
        }
        m_queue.pop_front();
        m_nextEvent = 0;
    }
    m_isPumping = false;
    beginSlice();
}

void Hub::beginSlice()
{
    m_handedOut = 0;
    m_sliceRooms.clear();
}

Hub::Progress Hub::handOut(const QList<LogEvent> &events)
{
    for (; m_nextEvent < events.size(); ++m_nextEvent) {
        const LogEvent &event = events[m_nextEvent];
        if (m_handedOut >= sliceBytes)
            return Progress::SliceIsFull;
        if (!deliver(event))
            return Progress::TurnIsOver;
        m_handedOut += event.frame.size();
    }
    return Progress::Done;
}

bool Hub::deliver(const LogEvent &event)
{
    if (m_audience.isEmpty()) {
        const auto room = m_rooms.find(event.room);
        if (room == m_rooms.end())
            return true;
        room->head = event.sequence;
        m_sliceRooms.insert(event.room);
        // Nobody comes while an event is handed out (see subscribe()), but some may go.
        m_audience = room->subscribers.values();
        m_frame = event.frame.isEmpty() ? headsFrame(event) : event.frame;
    }
    for (; m_nextSubscriber < m_audience.size(); ++m_nextSubscriber) {
        if (m_deliveries >= leastDeliveries && m_queue.size() <= m_leftAtMost)
            return false;
        ++m_deliveries;
        Subscriber *const subscriber = m_audience[m_nextSubscriber];
        const auto room = m_rooms.constFind(event.room);
        if (room != m_rooms.cend() && room->subscribers.contains(subscriber))
            subscriber->deliver(m_frame);
    }
    m_audience.clear();
    m_frame.clear();
    m_nextSubscriber = 0;
    return true;
}

bool Hub::isAnybodyBehind() const
{
    return std::ranges::any_of(m_sliceRooms, [this](const QString &name) {
        const auto room = m_rooms.constFind(name);
        return room != m_rooms.cend()
            && std::ranges::any_of(room->subscribers,
                [](const Subscriber *subscriber) { return subscriber->backlog() > behindBytes; });
    });
}

void Hub::awaitReaders(int patience)
{
    if (patience == 0 || !isAnybodyBehind()) {
        beginSlice();
        m_loop.post([this] { pump(); });
        return;
    }
    m_loop.after(look, [this, patience] { awaitReaders(patience - 1); });
}

void Hub::subscribe(Subscriber *subscriber, const QString &room, qint64 head)
{
    Room &entry = m_rooms[room];
    entry.subscribers.insert(subscriber);
    entry.head = head;
}

void Hub::unsubscribe(Subscriber *subscriber, const QString &room)
{
    const auto entry = m_rooms.find(room);
    if (entry == m_rooms.end())
        return;
    entry->subscribers.remove(subscriber);
    if (entry->subscribers.isEmpty())
        m_rooms.erase(entry);
}

bool Hub::isAnybodyIn(const QString &room) const
{
    return m_rooms.contains(room);
}

qint64 Hub::head(const QString &room) const
{
    const auto entry = m_rooms.constFind(room);
    return entry == m_rooms.cend() ? 0 : entry->head;
}

} // namespace tocsin
