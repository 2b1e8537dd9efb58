// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <hiredis/hiredis.h>

#include <memory>
#include <string_view>

namespace tocsin {

/// A part of what Redis has answered; lives as long as the whole. What is not there, or is of
/// another type, is empty: the scripts are our own, and say what they answer.
class RedisValue
{
public:
    explicit RedisValue(const redisReply *reply)
        : m_reply(reply)
    {
    }

    [[nodiscard]] bool isError() const { return m_reply && m_reply->type == REDIS_REPLY_ERROR; }
    [[nodiscard]] bool isNull() const { return !m_reply || m_reply->type == REDIS_REPLY_NIL; }
    [[nodiscard]] bool isList() const { return m_reply && m_reply->type == REDIS_REPLY_ARRAY; }
    [[nodiscard]] std::string_view view() const
    {
        const bool isText = m_reply
            && (m_reply->type == REDIS_REPLY_STRING || m_reply->type == REDIS_REPLY_STATUS
                || m_reply->type == REDIS_REPLY_ERROR);
        return isText ? std::string_view(m_reply->str, std::size_t(m_reply->len))
                      : std::string_view();
    }
    [[nodiscard]] QByteArray bytes() const
    {
        const std::string_view text = view();
        return {text.data(), qsizetype(text.size())};
    }
    [[nodiscard]] QString string() const
    {
        const std::string_view text = view();
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
    /// Of an integer, and of a text that is one.
    [[nodiscard]] qint64 number() const
    {
        return m_reply && m_reply->type == REDIS_REPLY_INTEGER ? m_reply->integer
                                                               : bytes().toLongLong();
    }
    [[nodiscard]] qsizetype size() const { return isList() ? qsizetype(m_reply->elements) : 0; }
    [[nodiscard]] RedisValue operator[](qsizetype place) const
    {
        return RedisValue(place < size() ? m_reply->element[place] : nullptr);
    }

private:
    const redisReply *m_reply;
};

/// What Redis has answered.
class RedisReply
{
public:
    explicit RedisReply(redisReply *reply)
        : m_reply(reply)
    {
    }

    [[nodiscard]] RedisValue value() const { return RedisValue(m_reply.get()); }
    [[nodiscard]] RedisValue operator[](qsizetype place) const { return value()[place]; }

private:
    struct Free {
        void operator()(redisReply *reply) const { freeReplyObject(reply); }
    };
    std::unique_ptr<redisReply, Free> m_reply;
};

} // namespace tocsin
