// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redislink_p.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tocsin {

/// Asks the Sentinels once a second who the master is, in a thread of its own. A connection to one
/// that is none any more may be as good as ever, where gateway and Redis are cut off together: what
/// is written to it is lost.
class RedisMasterWatch
{
public:
    /// `moved` is called in that thread when they name another master than before, and once at the
    /// beginning: whoever connected before may have been told of another one.
    RedisMasterWatch(RedisLogin login, std::function<void()> moved);
    ~RedisMasterWatch();
    RedisMasterWatch(const RedisMasterWatch &) = delete;
    RedisMasterWatch &operator=(const RedisMasterWatch &) = delete;

private:
    void run();

    const RedisLogin m_login;
    const std::function<void()> m_moved;
    std::mutex m_mutex;
    std::condition_variable m_ending;
    bool m_isEnding = false;
    std::thread m_thread;
};

} // namespace tocsin
