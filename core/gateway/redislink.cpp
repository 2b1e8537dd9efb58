// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redislink_p.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/time.h>
#include <vector>

namespace tocsin {

namespace {

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

tl::unexpected<Error> failed(const QString &why)
{
    return makeError(ErrorCode::StorageFailed, why);
}

} // namespace

void RedisLink::setTimeout(std::chrono::milliseconds timeout)
{
    redisSetTimeout(m_context.get(), asTimeval(timeout));
}

Expected<void> RedisLink::open(const RedisHost &host, std::chrono::milliseconds timeout)
{
    blockBrokenPipe();
    close();
    m_context.reset(
        redisConnectWithTimeout(host.name.toUtf8().constData(), host.port, asTimeval(timeout)));
    if (!m_context)
        return failed(QStringLiteral("out of memory"));
    if (m_context->err != 0) {
        const QString why = QString::fromLocal8Bit(m_context->errstr);
        close();
        return failed(why);
    }
    // A program that this one starts must not hold it.
    ::fcntl(m_context->fd, F_SETFD, FD_CLOEXEC);
    redisEnableKeepAlive(m_context.get());
    setTimeout(timeout);
    return {};
}

Expected<RedisReply> RedisLink::exchange(const QList<QByteArray> &words)
{
    if (!m_context)
        return failed(QStringLiteral("it is not connected"));
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
    return failed(why);
}

Expected<std::optional<RedisReply>> RedisLink::logIn(
    const QString &user, const QString &passwordFile)
{
    if (passwordFile.isEmpty())
        return std::nullopt;
    QFile file(passwordFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return failed(QStringLiteral("the password file %1 cannot be read: %2")
                .arg(passwordFile, file.errorString()));
    }
    QList<QByteArray> words{"AUTH"};
    if (!user.isEmpty())
        words.append(user.toUtf8());
    words.append(file.readAll().trimmed());
    return exchange(words).map([](RedisReply reply) { return std::optional(std::move(reply)); });
}

} // namespace tocsin
