// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// SqliteIncidentLog's tables: how they are made, and how an older program's become ours.
#include "gateway/sqliteincidentlog_p.h"

#include "gateway/incidentlog_p.h"

namespace tocsin {

namespace {

constexpr int schemaVersion = 4;

// Counted by the set of rooms that an incident is in, of which there are few: so it counts once,
// however many of its rooms are asked about. `kind` is a Severity, or 4 for resolved.
constexpr const char *roomSets
    = "CREATE TABLE room_sets (id INTEGER PRIMARY KEY, rooms TEXT NOT NULL UNIQUE)";
constexpr const char *activity
    = "CREATE TABLE activity (room_set INTEGER NOT NULL, quarter INTEGER NOT NULL,"
      " kind INTEGER NOT NULL, count INTEGER NOT NULL,"
      " PRIMARY KEY (room_set, quarter, kind)) WITHOUT ROWID";
constexpr const char *monitorsTable
    = "CREATE TABLE monitors (room INTEGER NOT NULL, uuid TEXT NOT NULL, source TEXT NOT NULL,"
      " fingerprint TEXT NOT NULL, changed_at INTEGER NOT NULL, heard_at INTEGER NOT NULL,"
      " json BLOB NOT NULL, PRIMARY KEY (room, uuid)) WITHOUT ROWID";

// `events` and `open_incidents` are clustered by their keys: a history is appended to at its end
// and read as a range, a room's open incidents are read as one.
constexpr const char *schema[] = {
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE incidents (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,"
    " source TEXT NOT NULL, fingerprint TEXT NOT NULL, starts_at INTEGER NOT NULL,"
    " version INTEGER NOT NULL, resolved_at INTEGER, rooms TEXT NOT NULL, json BLOB NOT NULL)",
    "CREATE INDEX incidents_identity ON incidents (source, fingerprint, id)",
    "CREATE UNIQUE INDEX incidents_open ON incidents (source, fingerprint)"
    " WHERE resolved_at IS NULL",
    "CREATE INDEX incidents_resolved ON incidents (resolved_at) WHERE resolved_at IS NOT NULL",
    "CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " oldest INTEGER NOT NULL, head INTEGER NOT NULL)",
    "CREATE TABLE open_incidents (room INTEGER NOT NULL, incident INTEGER NOT NULL,"
    " PRIMARY KEY (room, incident)) WITHOUT ROWID",
    "CREATE TABLE events (room INTEGER NOT NULL, seq INTEGER NOT NULL, frame BLOB NOT NULL,"
    " at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (room, seq)) WITHOUT ROWID",
    "CREATE TABLE timeline (incident INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL,"
    " kind TEXT NOT NULL, by TEXT NOT NULL, text TEXT NOT NULL, id TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (incident, place)) WITHOUT ROWID",
    roomSets,
    activity,
    monitorsTable,
};

// From schema 1: timelines, and a time for events, which the old ones do not have.
constexpr const char *fromSchema1[] = {
    "ALTER TABLE events ADD COLUMN at INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE timeline (incident INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL,"
    " kind TEXT NOT NULL, by TEXT NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (incident, place)) WITHOUT ROWID",
};

// From schema 2: monitors, of which the old one knew only what its histories told; and what was
// opened and resolved, which is counted once from what is there.
constexpr const char *fromSchema2[] = {roomSets, activity, monitorsTable};

// From schema 3: what a comment's author called it.
constexpr const char *fromSchema3 = "ALTER TABLE timeline ADD COLUMN id TEXT NOT NULL DEFAULT ''";

bool hasMeta(SqliteDatabase &database)
{
    return database.runOnce("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").toInt() > 0;
}

} // namespace

int knownSchema(SqliteDatabase &database, const QString &fileName)
{
    if (!hasMeta(database)) {
        throw SqlFailure{{ErrorCode::StorageFailed,
            QStringLiteral("%1 is not an incident log of Tocsin.").arg(fileName), {}}};
    }
    const int found = database.runOnce("SELECT value FROM meta WHERE key = 'schema'").toInt();
    if (found < 1 || found > schemaVersion) {
        throw SqlFailure{{ErrorCode::StorageFailed,
            QStringLiteral("%1 is of schema version %2, and this program knows %3: use"
                           " the version of Tocsin that wrote it, or a newer one.")
                .arg(fileName)
                .arg(found)
                .arg(schemaVersion),
            {}}};
    }
    return found;
}

void SqliteIncidentLog::Private::prepare()
{
    database.open(fileName);
    if (!hasMeta(database))
        makeSchema();
    migrate(knownSchema(database, fileName));
    epoch = database.runOnce("SELECT value FROM meta WHERE key = 'epoch'").toString();
}

void SqliteIncidentLog::Private::makeSchema()
{
    const auto made = inTransaction([&] {
        for (const char *statement : schema)
            database.runOnce(statement);
        database.run("INSERT INTO meta VALUES ('schema', ?)", {QString::number(schemaVersion)});
        database.run("INSERT INTO meta VALUES ('epoch', ?)", {newEpoch()});
        return true;
    });
    if (!made)
        throw SqlFailure{made.error()};
}

void SqliteIncidentLog::Private::migrate(int version)
{
    if (version == schemaVersion)
        return;
    const auto migrated = inTransaction([&] {
        if (version < 2) {
            for (const char *statement : fromSchema1)
                database.runOnce(statement);
        }
        if (version < 3) {
            for (const char *statement : fromSchema2)
                database.runOnce(statement);
            countAll();
        }
        database.runOnce(fromSchema3);
        database.run(
            "UPDATE meta SET value = ? WHERE key = 'schema'", {QString::number(schemaVersion)});
        return true;
    });
    if (!migrated)
        throw SqlFailure{migrated.error()};
}

} // namespace tocsin
