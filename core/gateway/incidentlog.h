// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/report.h"
#include "protocol/activity.h"
#include "protocol/messages.h"

#include <QByteArray>
#include <QHash>

namespace tocsin {

/// An incident's new state. `basedOn` is the version it was made from, 0 for a new incident; `json`
/// is `stored.incident`, where somebody has encoded it already.
struct IncidentWrite {
    StoredIncident stored;
    qint64 basedOn = 0;
    QByteArray json = {};
};

/// A message for the histories of some rooms; `data` is JSON.
struct EventWrite {
    QStringList rooms;
    QString name;
    QByteArray data;
    Timestamp timestamp;
};

/// An entry for an incident's timeline.
struct TimelineWrite {
    QString uuid;
    TimelineEntry entry;
};

/// What was heard of a monitor. `source` and `fingerprint` are the identity that its incidents
/// have.
struct MonitorWrite {
    enum class Kind {
        /// How it is; changes nothing where the log knows of a later change, which is not after
        /// `heardAt`.
        Changed,
        /// That it is still there; how it is counts only where the log does not know it.
        HeardAgain,
    };
    QStringList rooms;
    QString source;
    QString fingerprint;
    MonitorStatus status;
    Timestamp heardAt;
    Kind kind = Kind::Changed;
};

/// What is written together, or not at all.
struct LogBatch {
    /// Each uuid at most once.
    QList<IncidentWrite> incidents;
    QList<EventWrite> events;
    /// In order. The incident is in the log already, or in this batch.
    QList<TimelineWrite> timeline = {};
    /// Sources that were heard, and when.
    QMap<QString, Timestamp> heard = {};
    /// In order.
    QList<MonitorWrite> monitors = {};

    [[nodiscard]] bool isEmpty() const
    {
        return incidents.isEmpty() && events.isEmpty() && timeline.isEmpty() && heard.isEmpty()
            && monitors.isEmpty();
    }
};

/// An open incident, as far as a comparison with its source needs it.
struct OpenIncident {
    QString fingerprint;
    QString uuid;
    qint64 version = 0;
    Timestamp startsAt;
};

/// An event in one room's history, as the frame that goes to the sessions in it.
struct LogEvent {
    QString room;
    qint64 sequence = 0;
    QByteArray frame;
};

/// Where a room's history begins and ends. Events from `oldest` to `head` can be read; none where
/// `oldest` is `head + 1`.
struct RoomExtent {
    qint64 oldest = 1;
    qint64 head = 0;
};

/// The incidents that are open in a room as of sequence `seq`, and the monitors that are known in
/// it, each as its JSON.
struct RoomState {
    qint64 seq = 0;
    QList<QByteArray> incidents;
    QList<QByteArray> monitors = {};
};

/// What was opened and resolved in rooms: the quarters in which something was, oldest first. And of
/// a shared log, the last event of each of the rooms that is counted in it.
struct RoomCounts {
    QList<ActivityQuarter> quarters;
    QHash<QString, qint64> heads = {};
};

/// What a sender's alert is known by.
struct IncidentIdentity {
    QString source;
    QString fingerprint;

    friend bool operator==(const IncidentIdentity &, const IncidentIdentity &) = default;
    friend size_t qHash(const IncidentIdentity &identity, size_t seed = 0)
    {
        return qHashMulti(seed, identity.source, identity.fingerprint);
    }
};

/// What a removal did: the events that tell of it, and the number of incidents removed.
struct Removal {
    QList<LogEvent> events;
    int incidents = 0;
};

/// What is too old to be kept.
struct PruneLimits {
    /// When this is; the events that tell of it are of this moment.
    Timestamp now = {};
    /// Events from before this, as long as they are the oldest of their room.
    Timestamp eventsBefore;
    /// Incidents that were resolved before this, with their timelines.
    Timestamp resolvedBefore;
    /// Quarters that began before this, with what was counted in them.
    Timestamp activityBefore = {};
    /// Monitors that were not heard of since, but for those of which an incident is open.
    Timestamp monitorsHeardBefore;
    /// How many rows at once: a few milliseconds' work, so that a report does not wait for it.
    int mostRows = 1000;
};

/// What a pruning did: the events that tell of it, but of a shared log, which hands them out with
/// readNews(); and whether more of what is too old may be left.
struct Pruning {
    QList<LogEvent> events = {};
    bool isMore = false;
};

/// What came in rooms, in each room's order. An event without a frame is one that cannot be read
/// any more, nor can those before it that are not here.
struct RoomNews {
    QList<LogEvent> events;
    bool isMore = false;
};

/// What a log is besides, that several gateways write at the same time.
class SharedLog
{
public:
    virtual ~SharedLog() = default;

    /// What holds it is to be found somewhere else now: the next call connects anew.
    virtual void connectAnew() = 0;
    /// What came in those rooms, whoever wrote it, after the sequence that is named for each.
    [[nodiscard]] virtual Expected<RoomNews> readNews(const QHash<QString, qint64> &after) = 0;
    /// Tells the other gateways who is in the rooms here (nothing: as before), which they take for
    /// true for 30 seconds, and returns who is there: a room as often as gateways have somebody in
    /// it.
    [[nodiscard]] virtual Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &here)
        = 0;
};

/// Where incidents and the histories of rooms are kept. It stores and orders; what a report or a
/// command does to an incident is decided above it, by foldReport and foldAction.
///
/// For every room, the sequence numbers of its events are 1, 2, 3, … without holes, for as long as
/// the epoch is the same. What a function has returned successfully is on stable storage. A
/// function that fails has changed nothing; the next call may succeed again.
///
/// A room has `mostMonitors` at most: of more, those not heard of for longest are forgotten.
///
/// Errors: StorageFailed, with what the storage says; Conflict from append(), when an incident has
/// another version than the one the write is based on, and, of a shared log, when another incident
/// of its identity was opened since latest() was asked.
///
/// Thread: all functions in one thread, the one that opened it.
class TOCSIN_GATEWAY_EXPORT IncidentLog
{
public:
    static constexpr int mostMonitors = 5000;

    virtual ~IncidentLog() = default;

    /// The life of these histories: another one means that sequence numbers began anew. That of a
    /// shared log may change with any call.
    [[nodiscard]] virtual QString epoch() const = 0;
    /// Null where nobody else writes to it.
    [[nodiscard]] virtual SharedLog *shared() { return nullptr; }

    /// The next append() rests on what is read from now on.
    virtual void beginBatch() { }
    /// latest() is about to be asked for each of these.
    [[nodiscard]] virtual Expected<void> prefetch(const QList<IncidentIdentity> &) { return {}; }

    /// The incident of that identity that was opened last, open or resolved.
    [[nodiscard]] virtual Expected<std::optional<StoredIncident>> latest(
        const QString &source, const QString &fingerprint)
        = 0;
    [[nodiscard]] virtual Expected<std::optional<StoredIncident>> find(const QString &uuid) = 0;

    [[nodiscard]] virtual Expected<StoredTimeline> timeline(const QString &uuid) = 0;

    /// What is open of a source, in no order.
    [[nodiscard]] virtual Expected<QList<OpenIncident>> openIncidents(const QString &source) = 0;
    /// When that source was last heard, by LogBatch::heard; nothing where never.
    [[nodiscard]] virtual Expected<std::optional<Timestamp>> lastHeard(const QString &source) = 0;

    /// Writes a batch; returns its events in order, one for each room that an event went to.
    [[nodiscard]] virtual Expected<QList<LogEvent>> append(const LogBatch &batch) = 0;

    [[nodiscard]] virtual Expected<RoomExtent> extent(const QString &room) = 0;
    /// The frames of a room after sequence `after`, which is at least `oldest - 1`.
    [[nodiscard]] virtual Expected<QList<QByteArray>> readSince(const QString &room, qint64 after)
        = 0;
    [[nodiscard]] virtual Expected<RoomState> state(const QString &room) = 0;

    /// What was opened and resolved in the rooms from `from` on, by createdAt and resolvedAt, for
    /// as long as it is kept, whether the incidents are or not.
    [[nodiscard]] virtual Expected<RoomCounts> activity(const QStringList &rooms, Timestamp from)
        = 0;

    /// Deletes every incident and monitor of a source, and the histories of the rooms that they
    /// were in: those begin anew behind the events that tell of the removal.
    [[nodiscard]] virtual Expected<Removal> removeSource(const QString &source, Timestamp now) = 0;

    /// Writes, and takes back, as much as a report does.
    [[nodiscard]] virtual Expected<void> probe() = 0;

    /// Deletes some of what is too old, and tells of each monitor that is forgotten.
    [[nodiscard]] virtual Expected<Pruning> prune(const PruneLimits &limits) = 0;
};

} // namespace tocsin
