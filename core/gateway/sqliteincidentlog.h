// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <memory>

namespace tocsin {

/// An IncidentLog in one SQLite file, written ahead (WAL) and synchronised on every commit. Nobody
/// else may write the file while it is open: the gateway's lock on the data directory sees to that.
class TOCSIN_GATEWAY_EXPORT SqliteIncidentLog final : public IncidentLog
{
public:
    /// Opens the file, or makes it. Histories are kept to about `historyLength` events a room.
    [[nodiscard]] static Expected<std::unique_ptr<SqliteIncidentLog>> open(
        const QString &fileName, qint64 historyLength);
    ~SqliteIncidentLog() override;

    QString epoch() const override;
    Expected<std::optional<StoredIncident>> latest(
        const QString &source, const QString &fingerprint) override;
    Expected<std::optional<StoredIncident>> find(const QString &uuid) override;
    Expected<StoredTimeline> timeline(const QString &uuid) override;
    Expected<QList<OpenIncident>> openIncidents(const QString &source) override;
    Expected<std::optional<Timestamp>> lastHeard(const QString &source) override;
    Expected<QList<LogEvent>> append(const LogBatch &batch) override;
    Expected<RoomExtent> extent(const QString &room) override;
    Expected<QList<QByteArray>> readSince(const QString &room, qint64 after) override;
    Expected<RoomState> state(const QString &room) override;
    [[nodiscard]] Expected<RoomCounts> activity(const QStringList &rooms, Timestamp from) override;
    Expected<Removal> removeSource(const QString &source, Timestamp now) override;
    Expected<void> probe() override;
    Expected<Pruning> prune(const PruneLimits &limits) override;

private:
    struct Private;
    explicit SqliteIncidentLog(std::unique_ptr<Private> opened);
    std::unique_ptr<Private> d;
};

} // namespace tocsin
