// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisaddress_p.h"
#include "gateway/redisreply_p.h"

#include <QList>

#include <chrono>

namespace tocsin {

/// Where Redis is, and who we are there.
struct RedisLogin {
    RedisAddress address;
    /// Empty: Redis' default user.
    QString user;
    /// Read anew for each connection. Empty: no password.
    QString passwordFile;
    /// What Redis calls the connection (CLIENT LIST), before the host and the process.
    QByteArray name = {};

    /// Of the connections of a gateway, which has the log open for as long as there are any.
    static constexpr const char *gatewayName = "tocsin-gateway";
};

/// What a Redis says of itself.
struct RedisServer {
    /// Another one after each start.
    QByteArray runId;
    bool writesAheadToDisk = false;
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
/// Thread: one at a time. SIGPIPE is blocked in the thread that opens it, since hiredis writes
/// without a word about it.
class RedisConnection
{
public:
    explicit RedisConnection(RedisLogin login);

    /// Connects and logs in; refuses a Redis that could not hold a log: one before version 7, one
    /// that deletes what it holds when memory is short, a replica, a part of a cluster.
    [[nodiscard]] Expected<void> open();
    [[nodiscard]] bool isOpen() const { return m_context != nullptr; }
    void close() { m_context.reset(); }
    /// Where it leads, for a person: `redis://HOST:PORT/DATABASE`.
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
    void setTimeout(std::chrono::milliseconds timeout);
    [[nodiscard]] tl::unexpected<Error> failure(const QString &what) const;
    [[nodiscard]] tl::unexpected<Error> refusal(const RedisReply &reply);

    struct Free {
        void operator()(redisContext *context) const { redisFree(context); }
    };
    RedisLogin m_login;
    std::unique_ptr<redisContext, Free> m_context;
    RedisServer m_server;
};

} // namespace tocsin
