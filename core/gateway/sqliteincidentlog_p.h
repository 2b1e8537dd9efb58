// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/sqliteincidentlog.h"

#include "gateway/sqlitedatabase_p.h"

#include <QHash>
#include <QSet>

#include <map>

namespace tocsin {

/// The version of the file's schema. Throws SqlFailure where the file is not a log's, or is of a
/// schema that this program does not know.
[[nodiscard]] int knownSchema(SqliteDatabase &database, const QString &fileName);

struct RoomRow {
    qint64 id = 0;
    RoomExtent extent;
};

/// What is counted in one row: the set of rooms, the quarter, and what (a Severity, or 4 for
/// resolved).
struct ActivityKey {
    qint64 roomSet = 0;
    qint64 quarter = 0;
    int kind = 0;

    friend auto operator<=>(const ActivityKey &, const ActivityKey &) = default;
};

/// A monitor, as one room knows it.
struct WatchedMonitor {
    QString room;
    QString uuid;
};

struct SqliteIncidentLog::Private {
    SqliteDatabase database;
    QString fileName;
    QString epoch;
    qint64 historyLength = 0;
    JsonReader reader;
    // The rooms as committed; nobody else writes them.
    QHash<QString, RoomRow> rooms;
    // Likewise, by their names joined; filled by the first call of loadRoomSets().
    QHash<QString, qint64> roomSets;
    // Of the transaction at hand, written at its end: a storm is one row rather than thousands.
    std::map<ActivityKey, qint64> counted;

    template <typename Body>
    auto inTransaction(Body body) -> Expected<decltype(body())>
    {
        const auto roomsBefore = rooms;
        const auto roomSetsBefore = roomSets;
        counted.clear();
        auto result = database.inTransaction([&] {
            auto done = body();
            writeCounted();
            return done;
        });
        if (!result) {
            rooms = roomsBefore;
            roomSets = roomSetsBefore;
        }
        return result;
    }

    void prepare();
    void makeSchema();
    void migrate(int version);
    std::optional<RoomRow> findRoom(const QString &name);
    RoomRow &makeRoom(const QString &name);
    std::optional<StoredIncident> readIncident(SqliteStatement &query);
    void write(const IncidentWrite &write);
    void write(const EventWrite &event, QList<LogEvent> &events);
    void write(const TimelineWrite &write);
    void write(const MonitorWrite &write);
    /// Tells that each is gone, in its room.
    void tellRemoved(const QList<WatchedMonitor> &monitors, Timestamp now, QList<LogEvent> &events);
    void trimMonitors(const QSet<QString> &names);
    QList<QByteArray> monitorsOf(const RoomRow &room);
    void finishRooms(const QSet<QString> &names);
    void trim(RoomRow &room);
    void loadRoomSets();
    qint64 roomSet(const QStringList &names);
    /// Of an incident that is new, or is removed (`times` is -1).
    void countOpened(const QStringList &names, const Incident &incident, int times = 1);
    void countResolved(const QStringList &names, Timestamp at, int times = 1);
    /// Counts what is known of an incident, or takes it back.
    void count(const QStringList &names, const QByteArray &json, int times);
    void writeCounted();
    /// What is in the log.
    void countAll();
    /// These return the number of rows deleted.
    int pruneEvents(const PruneLimits &limits);
    int pruneResolved(const PruneLimits &limits);
    int pruneMonitors(const PruneLimits &limits, QList<LogEvent> &events);
    void removeMonitors(
        const QString &source, Timestamp now, QSet<QString> &touched, QList<LogEvent> &events);
};

} // namespace tocsin
