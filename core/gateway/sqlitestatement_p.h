// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QString>

#include <concepts>
#include <initializer_list>
#include <memory>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin {

/// Why an SQL statement did not do its work. It does not leave the log: SqliteDatabase::guarded()
/// and inTransaction() make a result of it.
struct SqlFailure {
    Error error;
};

/// A value that a statement is given, or has found: NULL, a whole number, a text or bytes.
class SqliteValue
{
public:
    SqliteValue() = default;
    SqliteValue(std::integral auto number)
        : m_value(qint64(number))
    {
    }
    /// A null string is an empty one, and not NULL.
    SqliteValue(const QString &text)
        : m_value(Text{text.toUtf8()})
    {
    }
    SqliteValue(const QByteArray &bytes)
        : m_value(bytes)
    {
    }

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    /// Of a text that is a number too; 0 where it is none.
    [[nodiscard]] qint64 toLongLong() const;
    [[nodiscard]] int toInt() const { return int(toLongLong()); }
    [[nodiscard]] QString toString() const;
    [[nodiscard]] QByteArray toByteArray() const;

private:
    friend class SqliteStatement;
    struct Text {
        QByteArray utf8;
    };
    std::variant<std::monostate, qint64, Text, QByteArray> m_value;
};

/// A prepared statement, and the row at which it stands. What fails throws SqlFailure. Qt's SQL
/// module does the same with a third more work a row: it keeps what is bound by name as well, and
/// makes a list of all that a row holds.
class SqliteStatement
{
public:
    SqliteStatement(sqlite3 *database, const char *sql);

    /// From its beginning, to its first row or its end.
    void run(std::initializer_list<SqliteValue> values);
    /// Whether there is a row, or another one.
    bool next();
    /// Of the row that next() has come to.
    [[nodiscard]] SqliteValue value(int column) const;
    /// What was not read is not needed.
    void finish();
    /// Of an INSERT that has just run.
    [[nodiscard]] qint64 lastInsertId() const;
    /// Of an INSERT, UPDATE or DELETE that has just run.
    [[nodiscard]] int numRowsAffected() const;

private:
    void bind(int position, const SqliteValue &value);
    void step();
    [[noreturn]] void fail() const;

    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    enum class State { AtFirstRow, AtRow, Ended };

    sqlite3 *m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    State m_state = State::Ended;
};

/// Throws what the connection says of its last failure.
[[noreturn]] void failAs(sqlite3 *database, const QString &doing);

} // namespace tocsin
