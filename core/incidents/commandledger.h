// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monotonicclock.h"
#include "incidents/export.h"
#include "incidents/incidentcommand.h"
#include "protocol/error.h"
#include "protocol/incident.h"

#include <QHash>

#include <map>
#include <optional>
#include <vector>

namespace tocsin {

/// Which commands are on their way, what an incident looks like meanwhile, and how each ends. Pure:
/// no sockets, no timers, no clock.
///
/// A command is done when the server says so and the change has been seen, or when the change is
/// seen first. It failed when the server refuses it, or when there is no answer.
///
/// Invariants (tests/incidents/tst_commandledger.cpp), whatever comes in whatever order:
///  - each command ends exactly once, at the latest after tick() at deadline(), or after failAll();
///  - what the server refused is not told as done, nor the other way round, unless the change that
///    was wanted had been seen by then;
///  - an incident without a pending command is shown as it is.
class TOCSIN_INCIDENTS_EXPORT CommandLedger
{
public:
    using Id = qint64;
    /// Behind the time-out of the request itself, which tells more.
    static constexpr std::chrono::seconds patience{15};
    /// How long the change may take to be seen after the server said that it is made.
    static constexpr std::chrono::seconds settling{5};

    /// A command of which no more will be heard.
    struct Ended {
        Id id = 0;
        QString uuid;
        IncidentCommand command;
        /// Why it failed; absent where it is done.
        std::optional<Error> error = {};

        friend bool operator==(const Ended &, const Ended &) = default;
    };

    /// A command that is being sent. `known`: the incident's version on this side, where it has
    /// one.
    Id add(const QString &uuid, const IncidentCommand &command, std::optional<qint64> known,
        MonotonicTime now);
    /// The server did it. `version`: the one that the incident has with it, where the server says.
    void succeeded(
        Id id, std::optional<qint64> version, std::optional<qint64> known, MonotonicTime now);
    void failed(Id id, const Error &error);
    /// Nobody will answer any more.
    void failAll(const Error &error);
    /// The incident is like this now.
    void changed(const Incident &incident);
    /// The incident is not active any more.
    void removed(const QString &uuid);
    void tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// The latest command about an incident that is pending.
    [[nodiscard]] std::optional<CommandKind> pendingOf(const QString &uuid) const;
    /// The incident as it will be when all that is pending is done; `me` does it.
    [[nodiscard]] Incident shown(Incident incident, const QString &me) const;
    /// What ended since the last take, in that order.
    [[nodiscard]] std::vector<Ended> take();

private:
    struct Entry {
        QString uuid;
        IncidentCommand command;
        qint64 versionBefore = 0;
        /// Set once the server did it: the version in which the change is to be seen.
        std::optional<qint64> awaited = {};
        MonotonicTime deadline;
    };
    using Entries = std::map<Id, Entry>;
    Entries::iterator end(Entries::iterator entry, std::optional<Error> error);

    // Ids rise, so the order of the ids is the order in which they were sent.
    Entries m_entries;
    // How many are pending for each incident: most have none, and are asked about all the time.
    QHash<QString, int> m_perIncident;
    std::vector<Ended> m_ended;
    Id m_lastId = 0;
};

/// Whether the incident is already as the command wants it. Never of a comment, which leaves
/// nothing to be seen in the incident, and of resolving, which removes it.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT bool isDone(
    const IncidentCommand &command, const Incident &incident);

} // namespace tocsin
