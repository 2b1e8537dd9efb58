// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/cachedlist.h"

#include <QDateTime>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace tocsin {

class IncidentStore;

/// Keeps what a store has on disk, for the next start: a file for each server and its rooms, which
/// only its owner can read.
///
/// Only what was true of all rooms at one moment is kept: while live, at most every few seconds,
/// and when it ceases to be live and at the end; in a thread of its own. A failure is said in
/// the log (`tocsin.cache`) and costs nothing but the cache. `store` must outlive it.
class TOCSIN_INCIDENTS_EXPORT IncidentCache : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds shortestInterval{5};
    /// The files used last; older ones are deleted.
    static constexpr qsizetype mostFiles = 32;

    explicit IncidentCache(const IncidentStore &store, QObject *parent = nullptr);
    /// Writes what is not written yet.
    ~IncidentCache() override;

    /// Where the files are; takes effect with open(). Empty: nothing is kept, from now on, and what
    /// was kept of the rooms that are open is deleted.
    void setDirectory(const QString &directory);
    [[nodiscard]] QString directory() const;

    /// Deletes what an earlier run has kept of these rooms.
    static void remove(const QString &directory, const QUrl &server, const QStringList &rooms);
    /// What was kept of these rooms, nothing where that cannot be used. From now on it is their
    /// list that is kept, once it is live.
    [[nodiscard]] std::optional<CachedList> open(const QUrl &server, const QStringList &rooms);
    /// Other rooms of the same server; what was not written of those before is.
    void setRooms(const QStringList &rooms);
    /// Writes what is not written yet, and keeps nothing more until open().
    void close();

    /// The store has, from now on, what the server has.
    void noteLive();
    /// It does not any more: it is as of that moment.
    void noteAged(const QDateTime &asOf);

private:
    enum class State { Closed, Waiting, Live };

    void forget();
    void noteChange();
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] CachedList list(Timestamp asOf) const;
    void writeLater();
    void write(Timestamp asOf);

    const IncidentStore &m_store;
    QString m_directory;
    State m_state = State::Closed;
    QString m_openDirectory;
    QString m_server;
    QStringList m_rooms;
    bool m_changed = false;
    QTimer m_timer;
    QThreadPool m_writer;
    // Of the thread that writes, too: a disk that is full is told once.
    std::shared_ptr<std::atomic<bool>> m_failed;
};

} // namespace tocsin
