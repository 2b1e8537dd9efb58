// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logrecords_p.h"
#include "gateway/sqlitedatabase_p.h"

#include <QHash>

namespace tocsin {

/// A log in an SQLite file that nobody else writes, of this program's schema.
class SqliteLogReader final : public LogReader
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<LogReader>> open(const QString &fileName);

    Expected<LogOutline> outline() override;
    Expected<void> read(const TakeRecords &take) override;
    Expected<void> giveEpochAway() override;

private:
    void readRooms(RecordBuffer &buffer);
    void readEvents(RecordBuffer &buffer);
    void readIncidents(RecordBuffer &buffer);
    void readRest(RecordBuffer &buffer);
    [[nodiscard]] QList<TimelineEntry> timeline(qint64 incident, qint64 &entries);

    SqliteDatabase m_database;
    LogOutline m_outline;
};

/// Fills a file that is made for it. After finish() it is one file, which is whole and has nothing
/// written ahead of it; it is for the caller to have it on the disk, and to give it its name.
class SqliteLogFiller final : public LogFiller
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<LogFiller>> make(const QString &fileName);

    Expected<void> take(const QList<LogRecord> &records) override;
    Expected<std::unique_ptr<LogReader>> written() override;
    Expected<void> finish(const QString &epoch) override;

private:
    void write(const RoomRecord &room);
    void write(const EventRecord &event);
    void write(const IncidentRecord &incident);
    void write(const MonitorRecord &monitor);
    void write(const CountRecord &count);
    void write(const HeardRecord &heard);
    [[nodiscard]] qint64 room(const QString &name);
    [[nodiscard]] qint64 roomSet(const QString &rooms);

    QString m_fileName;
    std::optional<SqliteDatabase> m_database;
    QHash<QString, qint64> m_rooms;
    QHash<QString, qint64> m_roomSets;
};

} // namespace tocsin
