// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisfeed_p.h"

#include "gateway/redisconnection_p.h"
#include "gateway/redisplace_p.h"

namespace tocsin {

namespace {

using namespace std::chrono_literals;

// A gateway that stops waits for the end of this.
constexpr const char *longestWait = "250";
constexpr auto look = 1s;
constexpr auto awayPause = 250ms;
constexpr const char *feedKey = "{tocsin}:feed";

// Where the feed ends now; after another history began, that may be before where it ended.
Expected<QByteArray> endOfFeed(RedisConnection &connection)
{
    const auto reply = connection.call({"XREVRANGE", feedKey, "+", "-", "COUNT", "1"});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const QByteArray id = (*reply)[0][0].bytes();
    return id.isEmpty() ? QByteArray("0-0") : id;
}

// The batches behind `last`, once there are any, which is moved there.
Expected<bool> awaitBatches(RedisConnection &connection, QByteArray &last)
{
    const auto reply = connection.call(
        {"XREAD", "COUNT", "1000", "BLOCK", longestWait, "STREAMS", feedKey, last});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const RedisValue batches = (*reply)[0][1];
    if (batches.size() == 0)
        return false;
    last = batches[batches.size() - 1][0].bytes();
    return true;
}

} // namespace

RedisFeed::RedisFeed(RedisLogPlace place, std::function<void()> wake)
    : m_place(std::move(place))
    , m_wake(std::move(wake))
    , m_thread([this] { run(); })
{
}

RedisFeed::~RedisFeed()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_ending.notify_one();
    m_thread.join();
}

void RedisFeed::connectAnew()
{
    m_isMoved = true;
}

bool RedisFeed::pause()
{
    std::unique_lock lock(m_mutex);
    return !m_ending.wait_for(lock, awayPause, [this] { return m_isEnding; });
}

void RedisFeed::run()
{
    // The log itself was opened with this address.
    const auto login = loginOf(m_place);
    if (!login)
        return;
    RedisConnection connection(*login);
    QByteArray last;
    auto nextLook = std::chrono::steady_clock::now();
    const auto isEnding = [this] {
        const std::lock_guard lock(m_mutex);
        return m_isEnding;
    };
    while (!isEnding()) {
        if (m_isMoved.exchange(false))
            connection.close();
        const bool wasOpen = connection.isOpen();
        const Expected<void> opened = wasOpen ? Expected<void>() : connection.open();
        const bool isTimeToLook = std::chrono::steady_clock::now() >= nextLook;
        Expected<bool> isNew = false;
        if (!opened) {
            isNew = tl::unexpected<Error>(opened.error());
        } else if (!wasOpen || isTimeToLook) {
            isNew = endOfFeed(connection).map([&](const QByteArray &end) {
                last = end;
                return true;
            });
        } else {
            isNew = awaitBatches(connection, last);
        }
        if (isTimeToLook)
            nextLook = std::chrono::steady_clock::now() + look;
        if (!isNew || *isNew)
            m_wake();
        if (!isNew && !pause())
            return;
    }
}

} // namespace tocsin
