// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redisconnection_p.h"

#include "gateway/redissentinels_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QSysInfo>

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
    const QString by = m_login.address.hasSentinels()
        ? QStringLiteral(", at %1,").arg(m_host.toString())
        : QString();
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("Redis at %1%2 %3.").arg(m_login.address.toString(), by, what));
}

tl::unexpected<Error> RedisConnection::refusal(const RedisReply &reply)
{
    // Another one is the master now: the address may lead to it.
    if (reply.value().view().starts_with("READONLY"))
        close();
    return failure(QStringLiteral("refused: ") + reply.value().string().left(longestQuote));
}

Expected<void> RedisConnection::findHost()
{
    if (!m_login.address.hasSentinels()) {
        m_host = m_login.address.host;
        return {};
    }
    return askSentinels(m_login).map([this](const RedisHost &host) { m_host = host; });
}

Expected<void> RedisConnection::open()
{
    close();
    if (auto found = findHost(); !found)
        return found;
    if (const auto opened = m_link.open(m_host, m_login, connectTimeout); !opened)
        return failure(QStringLiteral("cannot be reached: ") + opened.error().message);
    m_link.setTimeout(loginTimeout);
    auto ready
        = logIn().and_then([this] { return tellName(); }).and_then([this] { return examine(); });
    if (ready)
        m_link.setTimeout(answerTimeout);
    else
        close();
    return ready;
}

Expected<void> RedisConnection::logIn()
{
    const auto known = m_link.logIn(m_login.user, m_login.passwordFile);
    if (!known)
        return failure(QStringLiteral("cannot be logged in to: ") + known.error().message);
    if (*known && (**known).value().isError())
        return refusal(**known);
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
    if (info.value("role") != "master") {
        // The Sentinels, or what they have told the two, are not done yet.
        return failure(m_login.address.hasSentinels()
                ? QStringLiteral("is not the master, as the Sentinels have it")
                : QStringLiteral("is a replica, which cannot be written to: name its master, or"
                                 " its Sentinels (redis-sentinel:)"));
    }
    const QByteArray policy = info.value("maxmemory_policy");
    if (policy != "noeviction") {
        return failure(
            QStringLiteral("deletes what it holds when memory is short (maxmemory-policy %1):"
                           " set maxmemory-policy to noeviction")
                .arg(QString::fromLatin1(policy)));
    }
    QByteArray identity = info.value("run_id");
    // Who was master before, and another one was meanwhile, is a new one.
    if (m_login.address.hasSentinels())
        identity += ':' + info.value("master_replid");
    m_server = {.identity = identity, .writesAheadToDisk = info.value("aof_enabled") == "1"};
    // A replica that took another one's place has what had come to it until then.
    const bool isFirst
        = !m_login.address.hasSentinels() && info.value("second_repl_offset") == "-1";
    if (!isFirst || !m_server.writesAheadToDisk)
        return {};
    return answersBehindTheDisk().map(
        [this](bool always) { m_server.keepsWhatItAnswers = always; });
}

// Of a user that may not ask it is not known, and so not relied on.
Expected<bool> RedisConnection::answersBehindTheDisk()
{
    const auto reply = exchange({"CONFIG", "GET", "appendfsync", "no-appendfsync-on-rewrite"});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    QHash<QByteArray, QByteArray> settings;
    for (qsizetype i = 0; i + 1 < reply->value().size(); i += 2)
        settings.insert((*reply)[i].bytes(), (*reply)[i + 1].bytes());
    return settings.value("appendfsync") == "always"
        && settings.value("no-appendfsync-on-rewrite") == "no";
}

Expected<RedisReply> RedisConnection::exchange(const QList<QByteArray> &words)
{
    if (!isOpen())
        return failure(QStringLiteral("is not connected"));
    auto reply = m_link.exchange(words);
    if (!reply)
        return failure(QStringLiteral("is lost: ") + reply.error().message);
    return reply;
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
    if (isLarge && isOpen())
        m_link.setTimeout(answerTimeout + std::chrono::seconds(words.size() / wordsASecond));
    auto reply = exchange(words);
    if (reply && reply->value().isError() && reply->value().view().starts_with("NOSCRIPT")) {
        words[0] = "EVAL";
        words[1] = script.text();
        reply = exchange(words);
    }
    if (isLarge && isOpen())
        m_link.setTimeout(answerTimeout);
    if (reply && reply->value().isError())
        return refusal(*reply);
    return reply;
}

} // namespace tocsin
