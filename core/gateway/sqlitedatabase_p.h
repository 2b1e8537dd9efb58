// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/sqlitestatement_p.h"

#include <memory>
#include <unordered_map>

namespace tocsin {

/// One connection to an SQLite file, in the thread that opened it, with its statements prepared
/// once. All that can fail throws SqlFailure, guarded() and inTransaction() apart.
class SqliteDatabase
{
public:
    /// Opens or makes the file, written ahead and synchronised on every commit.
    void open(const QString &fileName);
    /// Beside whoever writes it. Leaves what is written ahead to them, also when it closes last.
    void openForReading(const QString &fileName);
    /// Runs a statement, up to its first row; `sql` is a literal. The result is good until the next
    /// call; one that was not read to its end must be finished, since it holds up others.
    SqliteStatement &run(const char *sql, std::initializer_list<SqliteValue> values);
    /// For what is run once; the first value, if there is one.
    SqliteValue runOnce(const char *sql);

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
            runOnce("BEGIN");
            auto result = body();
            runOnce("COMMIT");
            return result;
        } catch (SqlFailure &failure) {
            rollBack();
            return tl::unexpected<Error>(std::move(failure.error));
        }
    }

private:
    void connect(const QString &fileName, int flags);
    void rollBack();

    struct Close {
        void operator()(sqlite3 *database) const;
    };
    std::unique_ptr<sqlite3, Close> m_database;
    // By the literal's address: the same words elsewhere are prepared twice. Ends before the
    // connection.
    std::unordered_map<const char *, SqliteStatement> m_statements;
};

} // namespace tocsin
