// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/commandledger.h"

#include <algorithm>
#include <ranges>

namespace tocsin {

bool isDone(const IncidentCommand &command, const Incident &incident)
{
    switch (command.kind) {
    case CommandKind::Acknowledge: return incident.status == IncidentStatus::Acknowledged;
    case CommandKind::Unacknowledge: return incident.status == IncidentStatus::Open;
    case CommandKind::Resolve: return incident.status == IncidentStatus::Resolved;
    case CommandKind::Assign: return incident.assignee == command.text;
    case CommandKind::Comment: return false;
    }
    return false;
}

CommandLedger::Id CommandLedger::add(const QString &uuid, const IncidentCommand &command,
    std::optional<qint64> known, MonotonicTime now)
{
    m_entries.emplace(++m_lastId,
        Entry{.uuid = uuid,
            .command = command,
            .versionBefore = known.value_or(0),
            .deadline = now + patience});
    ++m_perIncident[uuid];
    return m_lastId;
}

CommandLedger::Entries::iterator CommandLedger::end(
    Entries::iterator entry, std::optional<Error> error)
{
    const auto count = m_perIncident.find(entry->second.uuid);
    if (--*count == 0)
        m_perIncident.erase(count);
    m_ended.push_back({.id = entry->first,
        .uuid = std::move(entry->second.uuid),
        .command = std::move(entry->second.command),
        .error = std::move(error)});
    return m_entries.erase(entry);
}

void CommandLedger::succeeded(
    Id id, std::optional<qint64> version, std::optional<qint64> known, MonotonicTime now)
{
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end())
        return;
    // Ended before the change is seen, the row would fall back for as long as that takes.
    if (version && known && *known < *version) {
        entry->second.awaited = version;
        entry->second.deadline = now + settling;
        return;
    }
    end(entry, std::nullopt);
}

void CommandLedger::failed(Id id, const Error &error)
{
    if (const auto entry = m_entries.find(id); entry != m_entries.end())
        end(entry, error);
}

void CommandLedger::failAll(const Error &error)
{
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const bool wasDone = entry->second.awaited.has_value();
        entry = end(entry, wasDone ? std::nullopt : std::optional(error));
    }
}

void CommandLedger::changed(const Incident &incident)
{
    if (!m_perIncident.contains(incident.uuid))
        return;
    // One change is the effect of one command: acknowledged, taken back and acknowledged again, the
    // first change must not end the third command.
    bool effectIsFree = true;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        Entry &pending = entry->second;
        if (pending.uuid != incident.uuid) {
            ++entry;
            continue;
        }
        if (pending.awaited) {
            const bool seen = incident.version >= *pending.awaited;
            entry = seen ? end(entry, std::nullopt) : std::next(entry);
            continue;
        }
        const bool seen = effectIsFree && incident.version > pending.versionBefore
            && isDone(pending.command, incident);
        effectIsFree = effectIsFree && pending.command.kind == CommandKind::Comment;
        entry = seen ? end(entry, std::nullopt) : std::next(entry);
    }
}

void CommandLedger::removed(const QString &uuid)
{
    if (!m_perIncident.contains(uuid))
        return;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const Entry &pending = entry->second;
        const bool over = pending.uuid == uuid
            && (pending.awaited || pending.command.kind == CommandKind::Resolve);
        entry = over ? end(entry, std::nullopt) : std::next(entry);
    }
}

void CommandLedger::tick(MonotonicTime now)
{
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->second.deadline > now) {
            ++entry;
        } else if (entry->second.awaited) {
            entry = end(entry, std::nullopt);
        } else {
            entry = end(entry,
                Error{
                    ErrorCode::TimedOut, QStringLiteral("The server did not answer in time."), {}});
        }
    }
}

std::optional<MonotonicTime> CommandLedger::deadline() const
{
    const auto first = std::ranges::min_element(
        m_entries, {}, [](const auto &entry) { return entry.second.deadline; });
    return first == m_entries.end() ? std::nullopt : std::optional(first->second.deadline);
}

std::optional<CommandKind> CommandLedger::pendingOf(const QString &uuid) const
{
    if (!m_perIncident.contains(uuid))
        return std::nullopt;
    const auto last = std::find_if(m_entries.rbegin(), m_entries.rend(),
        [&](const auto &entry) { return entry.second.uuid == uuid; });
    return last->second.command.kind;
}

Incident CommandLedger::shown(Incident incident, const QString &me) const
{
    if (!m_perIncident.contains(incident.uuid))
        return incident;
    for (const auto &[id, entry] : m_entries) {
        if (entry.uuid != incident.uuid)
            continue;
        switch (entry.command.kind) {
        case CommandKind::Acknowledge:
            if (incident.status == IncidentStatus::Acknowledged)
                break;
            incident.status = IncidentStatus::Acknowledged;
            incident.acknowledgedBy = me;
            break;
        case CommandKind::Unacknowledge:
            incident.status = IncidentStatus::Open;
            incident.acknowledgedBy.clear();
            break;
        case CommandKind::Resolve: incident.status = IncidentStatus::Resolved; break;
        case CommandKind::Assign: incident.assignee = entry.command.text; break;
        case CommandKind::Comment: break;
        }
    }
    return incident;
}

std::vector<CommandLedger::Ended> CommandLedger::take()
{
    return std::exchange(m_ended, {});
}

} // namespace tocsin
