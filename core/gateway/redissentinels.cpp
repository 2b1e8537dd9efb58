// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redissentinels_p.h"

#include <QStringList>

namespace tocsin {

namespace {

using namespace std::chrono_literals;

// One that hangs must not hold up the others for long: a machine away, or a continent.
constexpr auto timeout = 300ms;
constexpr qsizetype longestQuote = 200;

struct Answer {
    RedisHost master;
    /// Another one, and higher, after each fail-over.
    qint64 epoch = 0;
};

// Names and values, one after the other.
std::optional<Answer> answerIn(const RedisValue &fields)
{
    Answer answer;
    for (qsizetype i = 0; i + 1 < fields.size(); i += 2) {
        if (fields[i].view() == "ip")
            answer.master.name = fields[i + 1].string();
        else if (fields[i].view() == "port")
            answer.master.port = quint16(fields[i + 1].number());
        else if (fields[i].view() == "config-epoch")
            answer.epoch = fields[i + 1].number();
    }
    if (answer.master.name.isEmpty() || answer.master.port == 0)
        return std::nullopt;
    return answer;
}

Expected<Answer> ask(const RedisHost &sentinel, const RedisLogin &login)
{
    RedisLink link;
    const auto refused = [](const RedisReply &reply) {
        return makeError(ErrorCode::StorageFailed,
            QStringLiteral("it refused: ") + reply.value().string().left(longestQuote));
    };
    if (const auto opened = link.open(sentinel, login, timeout); !opened)
        return tl::unexpected<Error>(opened.error());
    const auto known = link.logIn(login.sentinelUser, login.sentinelPasswordFile);
    if (!known)
        return tl::unexpected<Error>(known.error());
    if (*known && (**known).value().isError())
        return refused(**known);
    const auto reply = link.exchange({"SENTINEL", "MASTER", login.address.masterName.toUtf8()});
    if (!reply)
        return tl::unexpected<Error>(reply.error());
    if (reply->value().isError())
        return refused(*reply);
    if (const auto answer = answerIn(reply->value()))
        return *answer;
    return makeError(ErrorCode::StorageFailed, QStringLiteral("it names no master"));
}

} // namespace

Expected<RedisHost> askSentinels(const RedisLogin &login)
{
    const QList<RedisHost> &sentinels = login.address.sentinels;
    std::optional<Answer> newest;
    qsizetype answers = 0;
    QStringList failures;
    for (const RedisHost &sentinel : sentinels) {
        const auto answer = ask(sentinel, login);
        if (!answer) {
            failures.append(sentinel.toString() + QStringLiteral(": ") + answer.error().message);
            continue;
        }
        ++answers;
        if (!newest || answer->epoch > newest->epoch)
            newest = *answer;
    }
    if (answers * 2 > sentinels.size())
        return newest->master;
    return makeError(ErrorCode::StorageFailed,
        QStringLiteral("Which Redis is the master %1 is not certain: of %2 Sentinels %3 say so, and"
                       " most must (%4).")
            .arg(login.address.masterName)
            .arg(sentinels.size())
            .arg(answers)
            .arg(failures.join(QStringLiteral("; "))));
}

} // namespace tocsin
