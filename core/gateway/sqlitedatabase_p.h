// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <initializer_list>

namespace tocsin {

/// Why an SQL statement did not do its work. It does not leave the log: guarded() and
/// inTransaction() make a result of it.
struct SqlFailure {
    Error error;
};

/// One connection to an SQLite file, in the thread that opened it, with its statements prepared
/// once.
class SqliteDatabase
{
public:
    SqliteDatabase();
    ~SqliteDatabase();
    SqliteDatabase(const SqliteDatabase &) = delete;
    SqliteDatabase &operator=(const SqliteDatabase &) = delete;

    /// Opens or makes the file, written ahead and synchronised on every commit. Throws SqlFailure,
    /// as the next three do.
    void open(const QString &fileName);
    /// Beside whoever writes it. Leaves what is written ahead to them, also when it closes last.
    void openForReading(const QString &fileName);
    /// Runs a statement of static life time. The query is good until the next call; one that
    /// was not read to its end must be finished, since it holds up others.
    QSqlQuery &run(const char *sql, std::initializer_list<QVariant> values);
    /// For what is run once; the first value, if there is one.
    QVariant runOnce(const char *sql);

    template <typename Body>
    auto guarded(Body body) -> Expected<decltype(body())>
    {
        try {
            return body();
        } catch (SqlFailure &failure) {
            return tl::unexpected<Error>(std::move(failure.error));
        }
    }
    /// Whole or not at all.
    template <typename Body>
    auto inTransaction(Body body) -> Expected<decltype(body())>
    {
        try {
            begin();
            auto result = body();
            commit();
            return result;
        } catch (SqlFailure &failure) {
            rollBack();
            return tl::unexpected<Error>(std::move(failure.error));
        }
    }

private:
    void connect(const QString &fileName, const QString &options);
    void begin();
    void commit();
    void rollBack();

    QString m_connection;
    QSqlDatabase m_database;
    QHash<QByteArray, QSqlQuery> m_statements;
};

} // namespace tocsin
