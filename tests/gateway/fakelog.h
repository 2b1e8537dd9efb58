// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

namespace tocsin::test {

using namespace Qt::StringLiterals;

/// A log of one history, of which nothing can be asked but what a test overrides.
class FakeLog : public IncidentLog
{
public:
    QString epoch() const override { return u"e"_s; }

    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return notAsked();
    }
    Expected<std::optional<StoredIncident>> find(const QString &) override { return notAsked(); }
    Expected<StoredTimeline> timeline(const QString &) override { return notAsked(); }
    Expected<QList<OpenIncident>> openIncidents(const QString &) override { return notAsked(); }
    Expected<std::optional<Timestamp>> lastHeard(const QString &) override { return notAsked(); }
    Expected<QList<LogEvent>> append(const LogBatch &) override { return notAsked(); }
    Expected<RoomCounts> activity(const QStringList &, Timestamp) override { return notAsked(); }
    Expected<Removal> removeSource(const QString &, Timestamp) override { return notAsked(); }
    Expected<void> probe() override { return notAsked(); }
    Expected<Pruning> prune(const PruneLimits &) override { return notAsked(); }

private:
    static tl::unexpected<Error> notAsked()
    {
        return makeError(ErrorCode::StorageFailed, u"not asked"_s);
    }
};

} // namespace tocsin::test
