// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <memory>

namespace tocsin {

/// What TLS to Redis takes, as PEM files; read anew for each connection.
struct RedisTlsFiles {
    /// Of the CAs that Redis' certificate may be of. Empty: those that the system trusts.
    QString authorities = {};
    /// What we show to Redis, and its key. Empty: nothing.
    QString certificate = {};
    QString key = {};

    [[nodiscard]] bool isEmpty() const
    {
        return authorities.isEmpty() && certificate.isEmpty() && key.isEmpty();
    }
};

/// Where a log is in Redis, and who we are there.
struct RedisLogPlace {
    /// `redis://HOST:PORT/DATABASE`, or `redis-sentinel://HOST:PORT,HOST:PORT/MASTER/DATABASE`;
    /// over TLS `rediss:` and `rediss-sentinel:`.
    QString url;
    /// Empty: Redis' default user.
    QString user = {};
    /// Read anew for each connection. Empty: no password.
    QString passwordFile = {};
    /// The same at the Sentinels, where there are any.
    QString sentinelUser = {};
    QString sentinelPasswordFile = {};
    /// For `rediss:` and `rediss-sentinel:`.
    RedisTlsFiles tls = {};
    /// Histories are kept to about so many events a room.
    qint64 historyLength = 100'000;
};

/// An IncidentLog in a Redis of version 7 or newer, which several gateways write at the same time.
/// On stable storage means as stable as Redis has it: with its append-only file, what was answered
/// outlives Redis, and with `appendfsync always` the machine that it runs on.
///
/// A connection that breaks is made anew within a call, which waits about two seconds for that;
/// while Redis is away after that, calls fail at once. A batch whose answer was lost is not written
/// twice. Where Redis holds another history than before, or an older state of it, epoch() changes,
/// and append() fails with Conflict: what the batch rests on may be gone. Where Sentinels choose
/// the master, another one, or one that was started anew, is another history always: what it lacks
/// of the last words may be known to nobody who is still there.
class TOCSIN_GATEWAY_EXPORT RedisIncidentLog final : public IncidentLog, public SharedLog
{
public:
    /// Connects, and makes the log where there is none. A Redis that was started since a gateway
    /// last knew what it held may have lost some of it: the epoch is a new one then.
    [[nodiscard]] static Expected<std::unique_ptr<RedisIncidentLog>> open(
        const RedisLogPlace &place);
    ~RedisIncidentLog() override;

    QString epoch() const override;
    void beginBatch() override;
    Expected<void> prefetch(const QList<IncidentIdentity> &identities) override;
    Expected<std::optional<StoredIncident>> latest(
        const QString &source, const QString &fingerprint) override;
    Expected<std::optional<StoredIncident>> find(const QString &uuid) override;
    Expected<StoredTimeline> timeline(const QString &uuid) override;
    Expected<QList<OpenIncident>> openIncidents(const QString &source) override;
    Expected<std::optional<Timestamp>> lastHeard(const QString &source) override;
    Expected<QList<LogEvent>> append(const LogBatch &batch) override;
    Expected<RoomExtent> extent(const QString &room) override;
    Expected<QList<QByteArray>> readSince(const QString &room, qint64 after) override;
    Expected<RoomState> state(const QString &room) override;
    [[nodiscard]] Expected<RoomCounts> activity(const QStringList &rooms, Timestamp from) override;
    Expected<Removal> removeSource(const QString &source, Timestamp now) override;
    Expected<void> probe() override;
    Expected<Pruning> prune(const PruneLimits &limits) override;

    SharedLog *shared() override { return this; }
    void connectAnew() override;
    Expected<RoomNews> readNews(const QHash<QString, qint64> &after) override;
    Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &here) override;

private:
    struct Private;
    explicit RedisIncidentLog(std::unique_ptr<Private> opened);
    std::unique_ptr<Private> d;
};

} // namespace tocsin
