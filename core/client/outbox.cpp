// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <algorithm>
#include <utility>

namespace tocsin {

Outbox::Outbox(OutboxOptions options)
    : m_options(options)
{
}

Outbox::Pushed Outbox::push(OutgoingMessage message, MonotonicTime now)
{
    // What can never fit is no reason to drop anything for.
    if (message.size() > m_options.maximumBytes || m_options.maximumMessages == 0)
        return {.accepted = false, .dropped = {}};
    if (!fits(message))
        dropExpired(now);
    Pushed pushed;
    while (!fits(message)) {
        if (m_options.whenFull == WhenFull::RefuseNewest)
            return {.accepted = false, .dropped = {}};
        m_bytes -= m_messages.front().size();
        pushed.dropped.push_back(std::move(m_messages.front()));
        m_messages.pop_front();
    }
    // A request has a time-out of its own.
    if (!message.expiresAt && message.requestId == 0 && m_options.timeToLive)
        message.expiresAt = now + *m_options.timeToLive;
    if (message.expiresAt
        && (!m_nothingExpiresBefore || *message.expiresAt < *m_nothingExpiresBefore))
        m_nothingExpiresBefore = message.expiresAt;
    m_bytes += message.size();
    m_messages.push_back(std::move(message));
    return pushed;
}

Outbox::Taken Outbox::take(MonotonicTime now)
{
    dropExpired(now);
    m_bytes = 0;
    m_nothingExpiresBefore.reset();
    return {.messages = std::exchange(m_messages, {}), .expired = std::exchange(m_expired, 0)};
}

qint64 Outbox::expire(MonotonicTime now)
{
    dropExpired(now);
    return std::exchange(m_expired, 0);
}

std::optional<MonotonicTime> Outbox::deadline() const
{
    return m_nothingExpiresBefore;
}

void Outbox::remove(const QSet<qint64> &requests)
{
    eraseIf([&](const OutgoingMessage &message) {
        return message.requestId != 0 && requests.contains(message.requestId);
    });
}

void Outbox::clear()
{
    *this = Outbox(m_options);
}

qint64 Outbox::messagesWithoutReply() const
{
    return std::ranges::count(m_messages, 0, &OutgoingMessage::requestId);
}

std::size_t Outbox::size() const
{
    return m_messages.size();
}

qsizetype Outbox::bytes() const
{
    return m_bytes;
}

bool Outbox::fits(const OutgoingMessage &message) const
{
    return m_messages.size() < m_options.maximumMessages
        && message.size() <= m_options.maximumBytes - m_bytes;
}

void Outbox::dropExpired(MonotonicTime now)
{
    if (!m_nothingExpiresBefore || now < *m_nothingExpiresBefore)
        return;
    m_expired += eraseIf([&](const OutgoingMessage &message) {
        return message.expiresAt && *message.expiresAt <= now;
    });
    m_nothingExpiresBefore.reset();
    for (const OutgoingMessage &message : m_messages) {
        if (message.expiresAt
            && (!m_nothingExpiresBefore || *message.expiresAt < *m_nothingExpiresBefore))
            m_nothingExpiresBefore = message.expiresAt;
    }
}

template <typename Predicate>
qint64 Outbox::eraseIf(Predicate predicate)
{
    return qint64(std::erase_if(m_messages, [&](const OutgoingMessage &message) {
        if (!predicate(message))
            return false;
        m_bytes -= message.size();
        return true;
    }));
}

} // namespace tocsin
