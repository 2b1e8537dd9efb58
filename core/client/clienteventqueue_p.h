// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/clientevent_p.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace tocsin {

/// What goes between a client's two threads: events from the I/O thread to the façade, many at
/// once with one wake-up, and used messages back.
///
/// Bounded: when the façade's thread does not keep up, the I/O thread waits, the socket is not
/// read, and TCP tells the server. What would grow without end otherwise is our memory.
class ClientEventQueue
{
public:
    /// `wake` is called in the I/O thread, when there is something to take and was not before.
    explicit ClientEventQueue(std::function<void()> wake);

    // In the I/O thread.

    /// Empties `events` into the queue, and waits as long as the queue is full.
    void push(std::vector<ClientEvent> &events);
    [[nodiscard]] ReceivedMessages takeUsed();
    /// Sleeps, at most so long; cut short by interruptRest() and close().
    void rest(std::chrono::milliseconds duration);

    // In the façade's thread.

    /// Appends all that waits.
    void take(std::deque<ClientEvent> &events);
    /// Empties `messages` to where the I/O thread finds them.
    void giveBack(ReceivedMessages &messages);
    void interruptRest();
    /// Nobody takes any more: what is pushed from here on is lost, and nothing waits.
    void close();

private:
    const std::function<void()> m_wake;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<ClientEvent> m_events;
    std::size_t m_messages = 0;
    qsizetype m_size = 0;
    ReceivedMessages m_used;
    bool m_interrupted = false;
    bool m_closed = false;
};

} // namespace tocsin
