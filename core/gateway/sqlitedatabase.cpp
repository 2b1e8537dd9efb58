// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqlitedatabase_p.h"

#include <QSqlError>
#include <QUuid>

namespace tocsin {

namespace {

[[noreturn]] void fail(const QSqlError &error, const QString &doing)
{
    throw SqlFailure{{ErrorCode::StorageFailed,
        QStringLiteral("The incident log failed while %1: %2.").arg(doing, error.text().trimmed()),
        {}}};
}

} // namespace

SqliteDatabase::SqliteDatabase()
    : m_connection(QUuid::createUuid().toString())
{
}

SqliteDatabase::~SqliteDatabase()
{
    // Nothing may refer to the connection when it is removed.
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

void SqliteDatabase::connect(const QString &fileName, const QString &options)
{
    const QString driver = QStringLiteral("QSQLITE");
    if (!QSqlDatabase::isDriverAvailable(driver)) {
        throw SqlFailure{{ErrorCode::StorageFailed,
            QStringLiteral("Qt's SQLite driver is not installed (on Debian, the"
                           " package libqt6sql6-sqlite)."),
            {}}};
    }
    m_database = QSqlDatabase::addDatabase(driver, m_connection);
    m_database.setDatabaseName(fileName);
    m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000") + options);
    if (!m_database.open())
        fail(m_database.lastError(), QStringLiteral("opening ") + fileName);
}

void SqliteDatabase::openForReading(const QString &fileName)
{
    connect(fileName, QStringLiteral(";QSQLITE_OPEN_READONLY"));
}

void SqliteDatabase::open(const QString &fileName)
{
    connect(fileName, {});
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

QSqlQuery &SqliteDatabase::run(const char *sql, std::initializer_list<QVariant> values)
{
    const auto key = QByteArray::fromRawData(sql, qsizetype(qstrlen(sql)));
    auto it = m_statements.find(key);
    if (it == m_statements.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QLatin1StringView(sql)))
            fail(query.lastError(), QStringLiteral("preparing a statement"));
        it = m_statements.emplace(key, std::move(query));
    }
    int position = 0;
    for (const QVariant &value : values)
        it->bindValue(position++, value);
    if (!it->exec())
        fail(it->lastError(), QStringLiteral("running a statement"));
    return *it;
}

QVariant SqliteDatabase::runOnce(const char *sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(QLatin1StringView(sql)))
        fail(query.lastError(), QStringLiteral("preparing the database"));
    return query.next() ? query.value(0) : QVariant();
}

void SqliteDatabase::begin()
{
    if (!m_database.transaction())
        fail(m_database.lastError(), QStringLiteral("beginning a transaction"));
}

void SqliteDatabase::commit()
{
    if (!m_database.commit())
        fail(m_database.lastError(), QStringLiteral("writing to disk"));
}

void SqliteDatabase::rollBack()
{
    // A failed commit leaves the transaction open, and a statement that is under way would hold it.
    // Where SQLite has rolled back by itself, this fails harmlessly.
    for (QSqlQuery &statement : m_statements)
        statement.finish();
    m_database.rollback();
}

} // namespace tocsin
