// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqlitedatabase_p.h"

#include <sqlite3.h>

#include <QFile>

namespace tocsin {

namespace {

constexpr int busyMilliseconds = 2'000;

} // namespace

void SqliteDatabase::Close::operator()(sqlite3 *database) const
{
    sqlite3_close_v2(database);
}

void SqliteDatabase::connect(const QString &fileName, int flags)
{
    sqlite3 *database = nullptr;
    const int result = sqlite3_open_v2(
        QFile::encodeName(fileName).constData(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    m_database.reset(database);
    if (result != SQLITE_OK)
        failAs(database, QStringLiteral("opening ") + fileName);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, busyMilliseconds);
}

void SqliteDatabase::openForReading(const QString &fileName)
{
    connect(fileName, SQLITE_OPEN_READONLY);
}

void SqliteDatabase::open(const QString &fileName)
{
    connect(fileName, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (const QString mode = runOnce("PRAGMA journal_mode = WAL").toString(); mode != u"wal") {
        throw SqlFailure{{ErrorCode::StorageFailed,
            QStringLiteral("%1 cannot be written ahead (journal mode %2): is it on a"
                           " local disk?")
                .arg(fileName, mode),
            {}}};
    }
    // A 2xx means that it is on disk, whatever happens to the machine next.
    runOnce("PRAGMA synchronous = FULL");
    runOnce("PRAGMA journal_size_limit = 67108864");
    // In pages. A checkpoint writes a page once, however often it was changed since the last one:
    // at the default of 1000 a busy log did little else.
    runOnce("PRAGMA wal_autocheckpoint = 8000");
}

SqliteStatement &SqliteDatabase::run(const char *sql, std::initializer_list<SqliteValue> values)
{
    auto it = m_statements.find(sql);
    if (it == m_statements.end())
        it = m_statements.try_emplace(sql, m_database.get(), sql).first;
    it->second.run(values);
    return it->second;
}

SqliteValue SqliteDatabase::runOnce(const char *sql)
{
    SqliteStatement statement(m_database.get(), sql);
    statement.run({});
    return statement.next() ? statement.value(0) : SqliteValue();
}

void SqliteDatabase::rollBack()
{
    // A failed commit leaves the transaction open, and a statement that is under way would hold it.
    for (auto &[sql, statement] : m_statements)
        statement.finish();
    // It may not have begun, or SQLite has rolled it back by itself.
    if (sqlite3_get_autocommit(m_database.get()) == 0)
        sqlite3_exec(m_database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace tocsin
