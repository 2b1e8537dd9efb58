// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisaddress_p.h"
#include "gateway/redisincidentlog.h"
#include "gateway/redisreply_p.h"
#include "gateway/redistls_p.h"

#include <QList>

#include <chrono>

namespace tocsin {

/// Where Redis is, and who we are there.
struct RedisLogin {
    RedisAddress address;
    /// Empty: Redis' default user.
    QString user = {};
    /// Read anew for each connection. Empty: no password.
    QString passwordFile = {};
    /// The same at the Sentinels, where there are any.
    QString sentinelUser = {};
    QString sentinelPasswordFile = {};
    /// Where the address asks for TLS.
    RedisTlsFiles tls = {};
    /// What Redis calls the connection (CLIENT LIST), before the host and the process.
    QByteArray name = {};

    /// Of the connections of a gateway, which has the log open for as long as there are any.
    static constexpr const char *gatewayName = "tocsin-gateway";
};

/// A socket to a Redis or a Sentinel, over TLS where the address asks for that, and what hiredis
/// makes of it; waits for each answer. Errors are StorageFailed, and say why in words that stand
/// behind a colon.
///
/// Thread: one at a time. SIGPIPE is blocked in the thread that opens it, since hiredis writes
/// without a word about it.
class RedisLink
{
public:
    /// To `host`, in the way that `login` has it; logIn() is another step.
    [[nodiscard]] Expected<void> open(
        const RedisHost &host, const RedisLogin &login, std::chrono::milliseconds timeout);
    [[nodiscard]] bool isOpen() const { return m_context != nullptr; }
    void close();
    /// For each answer.
    void setTimeout(std::chrono::milliseconds timeout);

    /// What Redis refuses is an answer as well. After an error the link is closed, and whether
    /// Redis has done what was asked of it is not known.
    [[nodiscard]] Expected<RedisReply> exchange(const QList<QByteArray> &words);
    /// As `user`, with the password in that file, where there is one. Answers as exchange(), with
    /// nothing where there is nothing to log in with. A file that cannot be read leaves it open.
    [[nodiscard]] Expected<std::optional<RedisReply>> logIn(
        const QString &user, const QString &passwordFile);

private:
    struct Free {
        void operator()(redisContext *context) const { redisFree(context); }
    };
    using Words = QList<QByteArray>;
    [[nodiscard]] Expected<redisReply *> exchangeInPlain(const Words &words);
    [[nodiscard]] Expected<redisReply *> exchangeOverTls(const Words &words);

    std::unique_ptr<redisContext, Free> m_context;
    std::unique_ptr<RedisTls> m_tls;
    bool m_hasAnswered = false;
};

} // namespace tocsin
