// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentstore.h"

#include "incidents/incidentroles_p.h"

#include <algorithm>

namespace tocsin {

namespace {

// More late messages than this about resolved incidents have never been on their way at once.
constexpr std::size_t rememberedBurials = 20'000;

} // namespace

void IncidentStore::apply(const QString &room, const Incident &incident)
{
    if (incident.status == IncidentStatus::Resolved) {
        resolve(incident.uuid, incident.version);
        return;
    }
    if (const auto buried = m_buried.constFind(incident.uuid);
        buried != m_buried.cend() && incident.version <= *buried) {
        return;
    }
    auto found = m_entries.find(incident.uuid);
    if (found == m_entries.end()) {
        m_buried.remove(incident.uuid);
        m_entries.insert(incident.uuid, {incident, only(room)});
        Q_EMIT changed(incident);
        return;
    }
    if (!found->rooms.contains(room))
        found->rooms.insert(room);
    const Standing before = std::exchange(found->standing, Standing::Confirmed);
    if (before == Standing::Confirmed && incident.version <= found->incident.version)
        return;
    takeChanges(found->incident, incident);
    Q_EMIT changed(incident);
}

void IncidentStore::resolve(const QString &uuid, std::optional<qint64> version)
{
    const auto found = m_entries.constFind(uuid);
    if (found != m_entries.cend()) {
        const bool presumed = found->standing == Standing::Presumed;
        if (!presumed && version && *version < found->incident.version)
            return;
        // A presumed version is of a history that may be another one: it must bury nothing.
        if (version || !presumed)
            bury(uuid, version.value_or(found->incident.version));
        m_entries.erase(found);
        Q_EMIT removed(uuid);
    } else if (version) {
        bury(uuid, *version);
    }
}

void IncidentStore::replaceRoom(const QString &room, const QList<Incident> &incidents)
{
    QSet<QString> present;
    for (const Incident &incident : incidents)
        present.insert(incident.uuid);
    QStringList gone;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if (it->rooms.contains(room) && !present.contains(it.key()))
            gone.append(it.key());
    }
    for (const QString &uuid : std::as_const(gone))
        dropFromRoom(uuid, room);

    // What the server has now is the truth, also where it is an older version than ours: its
    // history may have been restored from a copy.
    for (const Incident &incident : incidents) {
        if (incident.status == IncidentStatus::Resolved)
            continue;
        m_buried.remove(incident.uuid);
        Entry &entry = m_entries[incident.uuid];
        const Standing before = std::exchange(entry.standing, Standing::Confirmed);
        const bool knownElsewhere = before == Standing::Confirmed
            && std::ranges::any_of(
                entry.rooms, [&](const QString &other) { return other != room; });
        if (entry.rooms.isEmpty())
            entry.rooms = only(room);
        else if (!entry.rooms.contains(room))
            entry.rooms.insert(room);
        if (knownElsewhere && entry.incident.version >= incident.version)
            continue;
        if (before == Standing::Confirmed && entry.incident == incident)
            continue;
        entry.incident = incident;
        Q_EMIT changed(incident);
    }
}

void IncidentStore::beginHistory(const QStringList &rooms)
{
    const QSet<QString> concerned(rooms.cbegin(), rooms.cend());
    for (Entry &entry : m_entries) {
        if (entry.rooms.intersects(concerned))
            entry.standing = Standing::Presumed;
    }
    m_buried.clear();
    m_burials.clear();
}

void IncidentStore::removeRoom(const QString &room)
{
    replaceRoom(room, {});
}

void IncidentStore::presume(const QStringList &rooms, const Incident &incident)
{
    const auto known = m_entries.constFind(incident.uuid);
    if (incident.status == IncidentStatus::Resolved || m_buried.contains(incident.uuid)
        || (known != m_entries.cend() && known->standing == Standing::Confirmed)) {
        return;
    }
    m_entries.insert(
        incident.uuid, {incident, QSet(rooms.cbegin(), rooms.cend()), Standing::Presumed});
    Q_EMIT changed(incident);
}

void IncidentStore::dropPresumed()
{
    QStringList gone;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if (it->standing == Standing::Presumed)
            gone.append(it.key());
    }
    for (const QString &uuid : std::as_const(gone)) {
        m_entries.remove(uuid);
        Q_EMIT removed(uuid);
    }
}

void IncidentStore::dropFromRoom(const QString &uuid, const QString &room)
{
    const auto found = m_entries.find(uuid);
    found->rooms.remove(room);
    if (found->rooms.isEmpty()) {
        m_entries.erase(found);
        Q_EMIT removed(uuid);
    }
}

const QSet<QString> &IncidentStore::only(const QString &room)
{
    if (!m_oneRoom.contains(room))
        m_oneRoom = {room};
    return m_oneRoom;
}

void IncidentStore::bury(const QString &uuid, qint64 version)
{
    if (!m_buried.contains(uuid)) {
        m_burials.push_back(uuid);
        if (m_burials.size() > rememberedBurials) {
            m_buried.remove(m_burials.front());
            m_burials.pop_front();
        }
    }
    m_buried.insert(uuid, version);
}

const Incident *IncidentStore::find(const QString &uuid) const
{
    const auto found = m_entries.constFind(uuid);
    return found == m_entries.cend() ? nullptr : &found->incident;
}

bool IncidentStore::wasResolved(const QString &uuid) const
{
    return m_buried.contains(uuid);
}

bool IncidentStore::isPresumed(const QString &uuid) const
{
    const auto found = m_entries.constFind(uuid);
    return found != m_entries.cend() && found->standing == Standing::Presumed;
}

void IncidentStore::forEach(
    const std::function<void(const Incident &, const QSet<QString> &rooms)> &look) const
{
    for (const Entry &entry : m_entries)
        look(entry.incident, entry.rooms);
}

qsizetype IncidentStore::size() const
{
    return m_entries.size();
}

QList<Incident> IncidentStore::all() const
{
    QList<Incident> incidents;
    incidents.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        incidents.append(entry.incident);
    return incidents;
}

} // namespace tocsin
