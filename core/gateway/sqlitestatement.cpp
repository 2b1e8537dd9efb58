// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqlitestatement_p.h"

#include <sqlite3.h>

namespace tocsin {

namespace {

template <class... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

QByteArray bytesOf(const void *data, int size)
{
    return QByteArray(static_cast<const char *>(data), size);
}

} // namespace

qint64 SqliteValue::toLongLong() const
{
    if (const auto *number = std::get_if<qint64>(&m_value))
        return *number;
    const auto *text = std::get_if<Text>(&m_value);
    return text ? text->utf8.toLongLong() : 0;
}

QString SqliteValue::toString() const
{
    if (const auto *number = std::get_if<qint64>(&m_value))
        return QString::number(*number);
    return QString::fromUtf8(toByteArray());
}

QByteArray SqliteValue::toByteArray() const
{
    if (const auto *text = std::get_if<Text>(&m_value))
        return text->utf8;
    const auto *bytes = std::get_if<QByteArray>(&m_value);
    return bytes ? *bytes : QByteArray();
}

void failAs(sqlite3 *database, const QString &doing)
{
    throw SqlFailure{{ErrorCode::StorageFailed,
        QStringLiteral("The incident log failed while %1: %2.")
            .arg(doing, QString::fromUtf8(sqlite3_errmsg(database))),
        {}}};
}

void SqliteStatement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

SqliteStatement::SqliteStatement(sqlite3 *database, const char *sql)
    : m_database(database)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK)
        failAs(database, QStringLiteral("preparing a statement"));
    m_statement.reset(statement);
}

void SqliteStatement::run(std::initializer_list<SqliteValue> values)
{
    finish();
    int position = 0;
    for (const SqliteValue &value : values)
        bind(++position, value);
    step();
    if (m_state == State::AtRow)
        m_state = State::AtFirstRow;
}

// SQLite copies what it is given: the values are gone before the last row is read.
void SqliteStatement::bind(int position, const SqliteValue &value)
{
    sqlite3_stmt *const statement = m_statement.get();
    const int result = std::visit(
        Overloaded{
            [&](std::monostate) { return sqlite3_bind_null(statement, position); },
            [&](qint64 number) { return sqlite3_bind_int64(statement, position, number); },
            [&](const SqliteValue::Text &text) {
                return sqlite3_bind_text64(statement, position, text.utf8.constData(),
                    quint64(text.utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
            },
            [&](const QByteArray &bytes) {
                return sqlite3_bind_blob64(statement, position, bytes.constData(),
                    quint64(bytes.size()), SQLITE_TRANSIENT);
            },
        },
        value.m_value);
    if (result != SQLITE_OK)
        fail();
}

bool SqliteStatement::next()
{
    if (m_state == State::AtFirstRow)
        m_state = State::AtRow;
    else if (m_state == State::AtRow)
        step();
    return m_state == State::AtRow;
}

void SqliteStatement::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW) {
        m_state = State::AtRow;
        return;
    }
    if (result != SQLITE_DONE)
        fail();
    // At its end it holds nothing up.
    finish();
}

SqliteValue SqliteStatement::value(int column) const
{
    sqlite3_stmt *const statement = m_statement.get();
    SqliteValue value;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER: value.m_value = qint64(sqlite3_column_int64(statement, column)); break;
    case SQLITE_BLOB: {
        const void *const data = sqlite3_column_blob(statement, column);
        value.m_value = bytesOf(data, sqlite3_column_bytes(statement, column));
        break;
    }
    default: {
        const void *const data = sqlite3_column_text(statement, column);
        value.m_value = SqliteValue::Text{bytesOf(data, sqlite3_column_bytes(statement, column))};
    }
    }
    return value;
}

void SqliteStatement::finish()
{
    // Returns again what step() has failed with.
    static_cast<void>(sqlite3_reset(m_statement.get()));
    m_state = State::Ended;
}

qint64 SqliteStatement::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_database);
}

int SqliteStatement::numRowsAffected() const
{
    return sqlite3_changes(m_database);
}

void SqliteStatement::fail() const
{
    failAs(m_database, QStringLiteral("running a statement"));
}

} // namespace tocsin
