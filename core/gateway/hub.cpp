// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/hub_p.h"

#include <algorithm>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype sliceBytes = 1024 * 1024;
constexpr qint64 behindBytes = 2 * 1024 * 1024;
constexpr auto look = 5ms;
constexpr int mostLooks = 10;

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
    qsizetype handedOut = 0;
    m_sliceRooms.clear();
    while (!m_queue.empty()) {
        if (const auto *task = std::get_if<std::function<void()>>(&m_queue.front())) {
            (*task)();
            m_queue.pop_front();
            continue;
        }
        const auto &events = std::get<QList<LogEvent>>(m_queue.front());
        for (; m_nextEvent < events.size() && handedOut < sliceBytes; ++m_nextEvent) {
            const LogEvent &event = events[m_nextEvent];
            deliver(event);
            handedOut += event.frame.size();
        }
        if (m_nextEvent < events.size()) {
            awaitReaders(mostLooks);
            return;
        }
        m_queue.pop_front();
        m_nextEvent = 0;
    }
    m_isPumping = false;
}

void Hub::deliver(const LogEvent &event)
{
    const auto room = m_rooms.find(event.room);
    if (room == m_rooms.end())
        return;
    room->head = event.sequence;
    m_sliceRooms.insert(event.room);
    for (Subscriber *subscriber : std::as_const(room->subscribers))
        subscriber->deliver(event.frame);
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
    if (patience == 0 || !isAnybodyBehind())
        m_loop.post([this] { pump(); });
    else
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

qint64 Hub::head(const QString &room) const
{
    const auto entry = m_rooms.constFind(room);
    return entry == m_rooms.cend() ? 0 : entry->head;
}

} // namespace tocsin
