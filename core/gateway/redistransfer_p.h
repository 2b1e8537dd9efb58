// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logrecords_p.h"
#include "gateway/redisconnection_p.h"

namespace tocsin {

/// Connects to a Redis whose log is to be moved, or filled. Conflict where a gateway has it open.
[[nodiscard]] Expected<std::shared_ptr<RedisConnection>> connectForMigration(
    const RedisLogin &login);

/// A log in Redis that nobody writes, or one that is being filled.
class RedisLogReader final : public LogReader
{
public:
    explicit RedisLogReader(std::shared_ptr<RedisConnection> connection);

    /// StorageFailed, too, where there is no log, or one that this program does not know.
    Expected<LogOutline> outline() override;
    Expected<void> read(const TakeRecords &take) override;
    Expected<void> giveEpochAway() override;

private:
    struct Room {
        QByteArray name;
        RoomExtent extent;
    };
    /// The members and scores of a sorted set.
    using Scored = QList<std::pair<qint64, QByteArray>>;

    [[nodiscard]] Expected<std::vector<Room>> rooms();
    /// Uuids, in the order in which they were opened.
    [[nodiscard]] Expected<Scored> incidents();
    [[nodiscard]] Expected<Scored> scored(const QByteArray &key);
    [[nodiscard]] Expected<QList<QByteArray>> members(const QByteArray &key);
    [[nodiscard]] Expected<void> readEvents(const Room &room, RecordBuffer &buffer);
    [[nodiscard]] Expected<void> readIncidents(RecordBuffer &buffer);
    [[nodiscard]] Expected<void> readMonitors(const QByteArray &room, RecordBuffer &buffer);
    [[nodiscard]] Expected<void> readCounts(RecordBuffer &buffer);
    [[nodiscard]] Expected<void> readHeard(RecordBuffer &buffer);

    std::shared_ptr<RedisConnection> m_connection;
    JsonReader m_reader;
    QByteArray m_epoch;
    QByteArray m_generation;
};

/// Fills a database that holds no log, or what an earlier run has left of the same one.
class RedisLogFiller final : public LogFiller
{
public:
    /// `source` is the log that is copied, `from` says to a person where it is. Conflict where
    /// there is another log.
    [[nodiscard]] static Expected<std::unique_ptr<RedisLogFiller>> begin(
        std::shared_ptr<RedisConnection> connection, const LogOutline &source, const QString &from);

    Expected<void> take(const QList<LogRecord> &records) override;
    Expected<std::unique_ptr<LogReader>> written() override;
    Expected<void> finish(const QString &epoch) override;

    /// An earlier run was broken off here, and this one has begun over.
    [[nodiscard]] bool isBegunOver() const { return m_isBegunOver; }

private:
    explicit RedisLogFiller(std::shared_ptr<RedisConnection> connection);
    [[nodiscard]] Expected<void> clear();
    [[nodiscard]] Expected<void> run(const RedisScript &script, const QList<QByteArray> &words);

    std::shared_ptr<RedisConnection> m_connection;
    QByteArray m_run;
    qint64 m_lastIncident = 0;
    bool m_isBegunOver = false;
};

} // namespace tocsin
