// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/sqliteincidentlog.h"

#include "gateway/sqlitedatabase_p.h"

#include <QHash>
#include <QSet>

namespace tocsin {

/// The version of the file's schema. Throws SqlFailure where the file is not a log's, or is of a
/// schema that this program does not know.
[[nodiscard]] int knownSchema(SqliteDatabase &database, const QString &fileName);
/// The name of a history that never was before.
[[nodiscard]] QString newEpoch();

struct RoomRow {
    qint64 id = 0;
    RoomExtent extent;
};

struct SqliteIncidentLog::Private {
    SqliteDatabase database;
    QString fileName;
    QString epoch;
    qint64 historyLength = 0;
    JsonReader reader;
    // The rooms as committed; nobody else writes them.
    QHash<QString, RoomRow> rooms;

    template <typename Body>
    auto inTransaction(Body body) -> Expected<decltype(body())>
    {
        const auto roomsBefore = rooms;
        auto result = database.inTransaction(body);
        if (!result)
            rooms = roomsBefore;
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
    void trimMonitors(const QSet<QString> &names);
    QList<QByteArray> monitorsOf(const RoomRow &room);
    void finishRooms(const QSet<QString> &names);
    void trim(RoomRow &room);
    /// These return the number of rows deleted.
    int pruneEvents(const PruneLimits &limits);
    int pruneResolved(const PruneLimits &limits);
    int pruneMonitors(const PruneLimits &limits);
};

} // namespace tocsin
