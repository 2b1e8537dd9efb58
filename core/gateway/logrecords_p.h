// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <functional>
#include <variant>

/// All that a log holds, as values that say nothing of where they are kept: how a log moves from
/// one kind of store to another.
namespace tocsin {

struct RoomRecord {
    QString name;
    RoomExtent extent;
};

struct EventRecord {
    QString room;
    qint64 sequence = 0;
    QString name;
    QByteArray data;
    Timestamp timestamp;
};

struct IncidentRecord {
    /// Of two, the one that was opened later has the higher one; else it means nothing.
    qint64 order = 0;
    QString uuid;
    QString source;
    QString fingerprint;
    qint64 startsAt = 0;
    qint64 version = 0;
    std::optional<qint64> resolvedAt;
    /// As joinedRooms() has them.
    QString rooms;
    QByteArray json;
    QList<TimelineEntry> timeline;
    /// How many there ever were.
    qint64 entries = 0;
};

struct MonitorRecord {
    QString room;
    QString uuid;
    QString source;
    QString fingerprint;
    qint64 changedAt = 0;
    qint64 heardAt = 0;
    QByteArray json;
};

/// What was opened and resolved: a row of the activity.
struct CountRecord {
    QString rooms;
    qint64 quarter = 0;
    qint64 kind = 0;
    qint64 count = 0;
};

struct HeardRecord {
    QString source;
    qint64 at = 0;
};

using LogRecord = std::variant<RoomRecord, EventRecord, IncidentRecord, MonitorRecord, CountRecord,
    HeardRecord>;

/// So many are handed on at once.
inline constexpr qsizetype recordsAtOnce = 200;

/// Is given records as they are read. What it fails with ends the reading.
using TakeRecords = std::function<Expected<void>(const QList<LogRecord> &)>;

/// What is known of a log before it is read.
struct LogOutline {
    QString epoch;
    /// The epoch that it had before it was moved elsewhere; empty where it never was.
    QString movedEpoch = {};
    qint64 incidents = 0;
    qint64 events = 0;
};

/// A log that nobody writes to, as a whole. Errors are StorageFailed, or what a taker failed with.
class LogReader
{
public:
    virtual ~LogReader() = default;

    [[nodiscard]] virtual Expected<LogOutline> outline() = 0;
    /// Rooms first, then histories, incidents in the order in which they were opened, and the rest.
    [[nodiscard]] virtual Expected<void> read(const TakeRecords &take) = 0;
    /// It has been copied whole, and the copy takes its epoch: this one begins a new one, so that
    /// nobody who knew it takes the one for the other. Conflict where it was written to since
    /// outline(), and nothing is changed.
    [[nodiscard]] virtual Expected<void> giveEpochAway() = 0;
};

/// An empty log that is filled. It is nobody's until finish() has returned.
class LogFiller
{
public:
    virtual ~LogFiller() = default;

    [[nodiscard]] virtual Expected<void> take(const QList<LogRecord> &records) = 0;
    /// What was taken so far, as it is kept now.
    [[nodiscard]] virtual Expected<std::unique_ptr<LogReader>> written() = 0;
    [[nodiscard]] virtual Expected<void> finish(const QString &epoch) = 0;
};

/// Collects records, and hands them on so many at a time.
class RecordBuffer
{
public:
    explicit RecordBuffer(const TakeRecords &take)
        : m_take(take)
    {
    }
    [[nodiscard]] Expected<void> add(LogRecord record)
    {
        m_records.append(std::move(record));
        return m_records.size() < recordsAtOnce ? Expected<void>() : flush();
    }
    [[nodiscard]] Expected<void> flush()
    {
        if (m_records.isEmpty())
            return {};
        return m_take(std::exchange(m_records, {}));
    }

private:
    const TakeRecords &m_take;
    QList<LogRecord> m_records;
};

} // namespace tocsin
