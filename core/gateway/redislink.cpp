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

/// Words as hiredis takes them; for as long as the words live.
struct Arguments {
    explicit Arguments(const QList<QByteArray> &words)
    {
        texts.reserve(std::size_t(words.size()));
        sizes.reserve(std::size_t(words.size()));
        for (const QByteArray &word : words) {
            texts.push_back(word.constData());
            sizes.push_back(std::size_t(word.size()));
        }
    }
    [[nodiscard]] int count() const { return int(texts.size()); }

    std::vector<const char *> texts;
    std::vector<std::size_t> sizes;
};

} // namespace

void RedisLink::setTimeout(std::chrono::milliseconds timeout)
{
    redisSetTimeout(m_context.get(), asTimeval(timeout));
}

void RedisLink::close()
{
    m_tls.reset();
    m_context.reset();
    m_hasAnswered = false;
}

Expected<void> RedisLink::open(
    const RedisHost &host, const RedisLogin &login, std::chrono::milliseconds timeout)
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
    if (!login.address.isOverTls)
        return {};
    auto tls = RedisTls::begin(m_context->fd, host.name, login.tls);
    if (!tls) {
        close();
        return tl::unexpected<Error>(tls.error());
    }
    m_tls = *std::move(tls);
    return {};
}

Expected<RedisReply> RedisLink::exchange(const QList<QByteArray> &words)
{
    if (!m_context)
        return failed(QStringLiteral("it is not connected"));
    const auto reply = m_tls ? exchangeOverTls(words) : exchangeInPlain(words);
    if (reply) {
        m_hasAnswered = true;
        return RedisReply(*reply);
    }
    close();
    return tl::unexpected<Error>(reply.error());
}

Expected<redisReply *> RedisLink::exchangeInPlain(const QList<QByteArray> &words)
{
    errno = 0;
    Arguments arguments(words);
    auto *const reply = static_cast<redisReply *>(redisCommandArgv(
        m_context.get(), arguments.count(), arguments.texts.data(), arguments.sizes.data()));
    if (reply)
        return reply;
    if (m_context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK))
        return failed(QStringLiteral("it does not answer"));
    const QString why = QString::fromLocal8Bit(m_context->errstr);
    // What speaks TLS hangs up on us, or answers in TLS.
    const bool isHangUp = m_context->err == REDIS_ERR_EOF || m_context->err == REDIS_ERR_PROTOCOL
        || errno == ECONNRESET || errno == EPIPE;
    if (!m_hasAnswered && isHangUp)
        return failed(QStringLiteral("%1: does it want TLS there (rediss:)?").arg(why));
    return failed(why);
}

// As hiredis does it, which writes to and reads from the socket itself.
Expected<redisReply *> RedisLink::exchangeOverTls(const QList<QByteArray> &words)
{
    Arguments arguments(words);
    char *text = nullptr;
    const auto size = redisFormatCommandArgv(
        &text, arguments.count(), arguments.texts.data(), arguments.sizes.data());
    if (size < 0)
        return failed(QStringLiteral("out of memory"));
    const auto written = m_tls->write({text, std::size_t(size)});
    redisFreeCommand(text);
    if (!written)
        return tl::unexpected<Error>(written.error());
    redisReader *const reader = m_context->reader;
    for (;;) {
        void *reply = nullptr;
        if (redisReaderGetReply(reader, &reply) != REDIS_OK)
            return failed(QString::fromLocal8Bit(reader->errstr));
        if (reply)
            return static_cast<redisReply *>(reply);
        const auto bytes = m_tls->read();
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        if (redisReaderFeed(reader, bytes->data(), bytes->size()) != REDIS_OK)
            return failed(QString::fromLocal8Bit(reader->errstr));
    }
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
