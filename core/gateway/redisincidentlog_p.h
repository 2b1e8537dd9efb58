// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"

#include "gateway/redisscripts_p.h"
#include "protocol/jsonreader.h"

#include <QHash>
#include <QUuid>

namespace tocsin {

struct RedisIncidentLog::Private {
    using Clock = std::chrono::steady_clock;
    using Identity = IncidentIdentity;

    explicit Private(const RedisLogin &login)
        : connection(login)
    {
    }

    RedisConnection connection;
    qint64 historyLength = 0;
    JsonReader reader;
    QString epoch;
    // Of the newest state of the history that was seen.
    QByteArray generation = "0";
    QByteArray token;
    // What the next append() rests on was read in this history; empty where nothing was.
    QString readIn;
    // Read for the next append(), which is to find them as they were.
    QHash<Identity, std::optional<StoredIncident>> latest;
    /// What is told of who is here, and whether Redis has it.
    QByteArray present;
    bool isPresentTold = false;
    struct Elsewhere {
        QByteArray version;
        QList<PresenceData> rooms;
    };
    /// By gateway.
    QHash<QByteArray, Elsewhere> elsewhere;
    /// This gateway's, among the others.
    const QByteArray gatewayId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    Clock::time_point nextAttempt;
    Error away;

    /// Connects, and settles which history it is.
    Expected<void> connect();
    Expected<void> prepare();
    void noteState(const RedisValue &newGeneration, const RedisValue &newToken);
    /// Runs a script behind the epoch and the generation, once more where the connection broke or
    /// the history is another one. What it answers begins with "ok", or is a word that the script
    /// has for what it refused.
    Expected<RedisReply> run(const RedisScript &script, const QList<QByteArray> &arguments);
    /// As run(), but "other" is an answer, behind which the history is settled. So it is for what
    /// rests on another history than this one, which a connection made anew may have found.
    Expected<RedisReply> runOnce(const RedisScript &script, const QList<QByteArray> &arguments,
        const std::optional<QString> &restsOn = {});
    Expected<StoredIncident> stored(const RedisValue &incident);
    /// The arguments of appendScript() behind the batch's id.
    QList<QByteArray> describe(const LogBatch &batch) const;
    void describe(QList<QByteArray> &words, const IncidentWrite &write) const;
    Expected<QList<LogEvent>> readEvents(const QString &room, const RedisValue &entries) const;
    Expected<Removal> removeOnce(const QString &source, Timestamp now, bool &isConflict);
};

/// The frames' places: `answer` holds rooms and their first new sequences, from `place` on.
[[nodiscard]] QList<LogEvent> numbered(
    const QList<EventWrite> &events, const RedisReply &answer, qsizetype place);

} // namespace tocsin
