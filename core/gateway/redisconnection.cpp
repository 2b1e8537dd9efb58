// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisconnection_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QHash>
#include <QSysInfo>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/time.h>
#include <vector>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

constexpr auto connectTimeout = 1s;
// A Redis that hangs takes connections still, and answers none.
constexpr auto loginTimeout = 1s;
constexpr auto answerTimeout = 4s;
// Redis takes so many words of a batch, with what it does for them, in less than another second.
constexpr qsizetype wordsASecond = 50'000;
constexpr int oldestMajor = 7;
constexpr qsizetype longestQuote = 200;

timeval asTimeval(std::chrono::milliseconds duration)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    return {.tv_sec = time_t(seconds.count()),
        .tv_usec = suseconds_t(std::chrono::microseconds(duration - seconds).count())};
}

void blockBrokenPipe()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

QHash<QByteArray, QByteArray> parseInfo(const QByteArray &text)
{
    QHash<QByteArray, QByteArray> info;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            info.insert(line.first(colon), line.sliced(colon + 1).trimmed());
    }
    return info;
}

} // namespace

RedisScript::RedisScript(const QByteArray &text)
    : m_text(text)
    , m_digest(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex())
{
}

RedisConnection::RedisConnection(RedisLogin login)
    : m_login(std::move(login))
{
}

tl::unexpected<Error> RedisConnection::failure(const QString &what) const
{
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("Redis at %1 %2.").arg(m_login.address.toString(), what));
}

tl::unexpected<Error> RedisConnection::refusal(const RedisReply &reply)
{
    // Another one is the master now: the address may lead to it.
    if (reply.value().view().starts_with("READONLY"))
        close();
    return failure(QStringLiteral("refused: ") + reply.value().string().left(longestQuote));
}

void RedisConnection::setTimeout(std::chrono::milliseconds timeout)
{
    redisSetTimeout(m_context.get(), asTimeval(timeout));
}

Expected<void> RedisConnection::open()
{
    blockBrokenPipe();
    close();
    m_context.reset(redisConnectWithTimeout(m_login.address.host.toUtf8().constData(),
        m_login.address.port, asTimeval(connectTimeout)));
    if (!m_context)
        return failure(QStringLiteral("cannot be reached: out of memory"));
    if (m_context->err != 0) {
        const QString why = QString::fromLocal8Bit(m_context->errstr);
        close();
        return failure(QStringLiteral("cannot be reached: ") + why);
    }
    // A program that this one starts must not hold it.
    ::fcntl(m_context->fd, F_SETFD, FD_CLOEXEC);
    redisEnableKeepAlive(m_context.get());
    setTimeout(loginTimeout);
    auto ready
        = logIn().and_then([this] { return tellName(); }).and_then([this] { return examine(); });
    if (ready)
        setTimeout(answerTimeout);
    else
        close();
    return ready;
}

Expected<void> RedisConnection::logIn()
{
    if (!m_login.passwordFile.isEmpty()) {
        QFile file(m_login.passwordFile);
        if (!file.open(QIODevice::ReadOnly)) {
            return makeError(ErrorCode::StorageFailed,
                QStringLiteral("The password file %1 of Redis cannot be read: %2.")
                    .arg(m_login.passwordFile, file.errorString()));
        }
        QList<QByteArray> words{"AUTH"};
        if (!m_login.user.isEmpty())
            words.append(m_login.user.toUtf8());
        words.append(file.readAll().trimmed());
        if (const auto accepted = call(words); !accepted)
            return tl::unexpected<Error>(accepted.error());
    }
    if (m_login.address.database == 0)
        return {};
    const auto selected = call({"SELECT", QByteArray::number(m_login.address.database)});
    return selected ? Expected<void>() : tl::unexpected<Error>(selected.error());
}

Expected<void> RedisConnection::tellName()
{
    if (m_login.name.isEmpty())
        return {};
    // Without a blank in it: Redis takes none.
    const QString name = QStringLiteral("%1@%2:%3")
                             .arg(QString::fromUtf8(m_login.name), QSysInfo::machineHostName())
                             .arg(QCoreApplication::applicationPid());
    const auto told
        = exchange({"CLIENT", "SETNAME", name.simplified().replace(u' ', u'-').toUtf8()});
    return told ? Expected<void>() : tl::unexpected<Error>(told.error());
}

Expected<void> RedisConnection::examine()
{
    const auto reply = call({"INFO"});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    const auto info = parseInfo(reply->value().bytes());
    const QByteArray version = info.value("redis_version");
    if (version.split('.').constFirst().toInt() < oldestMajor) {
        return failure(QStringLiteral("is version %1; %2 or a newer one is needed")
                .arg(QString::fromLatin1(version))
                .arg(oldestMajor));
    }
    if (info.value("cluster_enabled") == "1")
        return failure(QStringLiteral("is part of a Redis Cluster, which cannot hold a log yet"));
    if (info.value("role") != "master")
        return failure(QStringLiteral("is a replica, which cannot be written to: name its master"));
    const QByteArray policy = info.value("maxmemory_policy");
    if (policy != "noeviction") {
        return failure(
            QStringLiteral("deletes what it holds when memory is short (maxmemory-policy %1):"
                           " set maxmemory-policy to noeviction")
                .arg(QString::fromLatin1(policy)));
    }
    m_server
        = {.runId = info.value("run_id"), .writesAheadToDisk = info.value("aof_enabled") == "1"};
    return {};
}

Expected<RedisReply> RedisConnection::exchange(const QList<QByteArray> &words)
{
    if (!m_context)
        return failure(QStringLiteral("is not connected"));
    std::vector<const char *> texts;
    std::vector<std::size_t> sizes;
    texts.reserve(std::size_t(words.size()));
    sizes.reserve(std::size_t(words.size()));
    for (const QByteArray &word : words) {
        texts.push_back(word.constData());
        sizes.push_back(std::size_t(word.size()));
    }
    errno = 0;
    auto *const reply = static_cast<redisReply *>(
        redisCommandArgv(m_context.get(), int(words.size()), texts.data(), sizes.data()));
    if (reply)
        return RedisReply(reply);
    const bool isSilent
        = m_context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK);
    const QString why = isSilent ? QStringLiteral("it does not answer")
                                 : QString::fromLocal8Bit(m_context->errstr);
    close();
    return failure(QStringLiteral("is lost: ") + why);
}

Expected<RedisReply> RedisConnection::call(const QList<QByteArray> &words)
{
    auto reply = exchange(words);
    if (reply && reply->value().isError())
        return refusal(*reply);
    return reply;
}

Expected<RedisReply> RedisConnection::run(
    const RedisScript &script, const QByteArray &key, const QList<QByteArray> &arguments)
{
    QList<QByteArray> words{"EVALSHA", script.digest(), "1", key};
    words += arguments;
    const bool isLarge = words.size() > wordsASecond;
    if (isLarge && m_context)
        setTimeout(answerTimeout + std::chrono::seconds(words.size() / wordsASecond));
    auto reply = exchange(words);
    if (reply && reply->value().isError() && reply->value().view().starts_with("NOSCRIPT")) {
        words[0] = "EVAL";
        words[1] = script.text();
        reply = exchange(words);
    }
    if (isLarge && m_context)
        setTimeout(answerTimeout);
    if (reply && reply->value().isError())
        return refusal(*reply);
    return reply;
}

} // namespace tocsin
