// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redislink_p.h"

namespace tocsin {

/// What a Redis says of itself.
struct RedisServer {
    /// Another one after each start, and, where Sentinels choose it, whenever it becomes master.
    QByteArray identity;
    bool writesAheadToDisk = false;
    /// What it answers is on its disk, whatever becomes of it, and no other one takes its place.
    bool keepsWhatItAnswers = false;
};

/// A script that Redis runs, as one step that nobody sees half of.
class RedisScript
{
public:
    explicit RedisScript(const QByteArray &text);

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    /// By which Redis knows it, once it has seen it.
    [[nodiscard]] const QByteArray &digest() const { return m_digest; }

private:
    QByteArray m_text;
    QByteArray m_digest;
};

/// A connection to one Redis, which waits for each answer. All errors are StorageFailed; none holds
/// a password. After one, isOpen() says whether the connection is still good: if not, whether Redis
/// has done what was asked of it is not known.
///
/// Thread: as of a RedisLink.
class RedisConnection
{
public:
    explicit RedisConnection(RedisLogin login);

    /// Connects and logs in; refuses a Redis that could not hold a log: one before version 7, one
    /// that deletes what it holds when memory is short, a replica, a part of a cluster. Where there
    /// are Sentinels, they are asked each time which one it is, and it must say that it is.
    [[nodiscard]] Expected<void> open();
    [[nodiscard]] bool isOpen() const { return m_link.isOpen(); }
    void close() { m_link.close(); }
    /// Where it leads, for a person: the address.
    [[nodiscard]] QString name() const { return m_login.address.toString(); }
    [[nodiscard]] const RedisServer &server() const { return m_server; }

    [[nodiscard]] Expected<RedisReply> call(const QList<QByteArray> &words);
    /// `key` is the script's only key, which says where in a cluster it would run.
    [[nodiscard]] Expected<RedisReply> run(
        const RedisScript &script, const QByteArray &key, const QList<QByteArray> &arguments);

private:
    [[nodiscard]] Expected<RedisReply> exchange(const QList<QByteArray> &words);
    [[nodiscard]] Expected<void> logIn();
    /// A user that may not have a name goes without.
    [[nodiscard]] Expected<void> tellName();
    [[nodiscard]] Expected<void> examine();
    [[nodiscard]] Expected<bool> answersBehindTheDisk();
    [[nodiscard]] Expected<void> findHost();
    [[nodiscard]] tl::unexpected<Error> failure(const QString &what) const;
    [[nodiscard]] tl::unexpected<Error> refusal(const RedisReply &reply);

    RedisLogin m_login;
    RedisLink m_link;
    /// The one that the address or the Sentinels have named.
    RedisHost m_host;
    RedisServer m_server;
};

} // namespace tocsin
