// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clienteventqueue_p.h"

#include <iterator>
#include <utility>

namespace tocsin {

namespace {

constexpr std::size_t mostMessages = 16'384;
// In UTF-16 units, as messages count their size.
constexpr qsizetype largestSize = 32 * 1024 * 1024;

} // namespace

ClientEventQueue::ClientEventQueue(std::function<void()> wake)
    : m_wake(std::move(wake))
{
}

void ClientEventQueue::push(std::vector<ClientEvent> &events)
{
    if (events.empty())
        return;
    bool first = false;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock,
            [this] { return m_closed || (m_messages < mostMessages && m_size < largestSize); });
        first = m_events.empty();
        for (const ClientEvent &event : events) {
            if (const auto *received = std::get_if<ClientEvent::Received>(&event.body)) {
                m_messages += received->messages.size();
                m_size += received->size;
            }
        }
        if (first)
            m_events.swap(events);
        else
            std::ranges::move(events, std::back_inserter(m_events));
    }
    events.clear();
    if (first)
        m_wake();
}

ReceivedMessages ClientEventQueue::takeUsed()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_used, {});
}

void ClientEventQueue::rest(std::chrono::milliseconds duration)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, duration, [this] { return m_closed || m_interrupted; });
    m_interrupted = false;
}

void ClientEventQueue::take(std::deque<ClientEvent> &events)
{
    {
        const std::scoped_lock lock(m_mutex);
        std::ranges::move(m_events, std::back_inserter(events));
        m_events.clear();
        m_messages = 0;
        m_size = 0;
    }
    m_changed.notify_one();
}

void ClientEventQueue::giveBack(ReceivedMessages &messages)
{
    const std::scoped_lock lock(m_mutex);
    if (m_used.empty())
        m_used.swap(messages);
    else
        std::ranges::move(messages, std::back_inserter(m_used));
    messages.clear();
}

void ClientEventQueue::interruptRest()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_interrupted = true;
    }
    m_changed.notify_one();
}

void ClientEventQueue::close()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_one();
}

} // namespace tocsin
