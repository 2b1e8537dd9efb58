// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redismasterwatch_p.h"

#include "gateway/redissentinels_p.h"

namespace tocsin {

namespace {

constexpr std::chrono::seconds interval{1};

} // namespace

RedisMasterWatch::RedisMasterWatch(RedisLogin login, std::function<void()> moved)
    : m_login(std::move(login))
    , m_moved(std::move(moved))
    , m_thread([this] { run(); })
{
}

RedisMasterWatch::~RedisMasterWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_ending.notify_one();
    m_thread.join();
}

void RedisMasterWatch::run()
{
    std::optional<RedisHost> known;
    for (;;) {
        // Too few of them: nobody knows better, and what works goes on.
        if (const auto master = askSentinels(m_login)) {
            if (!known || *known != *master)
                m_moved();
            known = *master;
        }
        std::unique_lock lock(m_mutex);
        if (m_ending.wait_for(lock, interval, [this] { return m_isEnding; }))
            return;
    }
}

} // namespace tocsin
