// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tocsin {

/// Waits, in a thread of its own, for what anybody writes to a log in Redis.
class RedisFeed
{
public:
    /// `wake` is called, from that thread, when there is something new; at least once a second; and
    /// when Redis is away. What it is about is for the log itself to read.
    RedisFeed(RedisLogPlace place, std::function<void()> wake);
    ~RedisFeed();
    /// Redis is somewhere else now. From any thread.
    void connectAnew();
    RedisFeed(const RedisFeed &) = delete;
    RedisFeed &operator=(const RedisFeed &) = delete;

private:
    void run();
    /// Whether there is time left.
    [[nodiscard]] bool pause();

    RedisLogPlace m_place;
    std::function<void()> m_wake;
    std::mutex m_mutex;
    std::condition_variable m_ending;
    bool m_isEnding = false;
    std::atomic<bool> m_isMoved = false;
    std::thread m_thread;
};

} // namespace tocsin
