// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentstore.h"

#include "incidents/incidentroles_p.h"

#include <QSet>

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
    const auto found = m_entries.constFind(incident.uuid);
    if (found == m_entries.cend()) {
        if (const auto buried = m_buried.constFind(incident.uuid); buried != m_buried.cend()) {
            if (incident.version <= *buried)
                return;
            m_buried.erase(buried);
        }
        add(incident, only(room), Standing::Confirmed);
        return;
    }
    // Kept: who hears of the change may remove it.
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): it may go
    const std::shared_ptr<Entry> entry = *found;
    if (!entry->rooms.contains(room))
        entry->rooms.append(room);
    const Standing before = std::exchange(entry->standing, Standing::Confirmed);
    if (before == Standing::Confirmed && incident.version < entry->incident.version)
        return;
    // Of the same version it is the same told in another room; or a server's that counts none, and
    // then the later word counts.
    const IncidentRoles roles = takeChanges(entry->incident, incident);
    if (before == Standing::Presumed || !roles.isEmpty())
        Q_EMIT changed(entry->incident, roles);
}

void IncidentStore::add(const Incident &incident, const QStringList &rooms, Standing standing)
{
    const auto entry = std::make_shared<Entry>(Entry{incident, rooms, standing});
    m_entries.insert(incident.uuid, entry);
    Q_EMIT changed(entry->incident, {});
}

void IncidentStore::resolve(const QString &uuid, std::optional<qint64> version)
{
    const auto found = m_entries.constFind(uuid);
    if (found != m_entries.cend()) {
        const Entry &entry = **found;
        const bool presumed = entry.standing == Standing::Presumed;
        if (!presumed && version && *version < entry.incident.version)
            return;
        // A presumed version is of a history that may be another one: it must bury nothing.
        if (version || !presumed)
            bury(uuid, version.value_or(entry.incident.version));
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
        if ((*it)->rooms.contains(room) && !present.contains(it.key()))
            gone.append(it.key());
    }
    for (const QString &uuid : std::as_const(gone))
        dropFromRoom(uuid, room);

    // What the server has now is the truth, also where it is an older version than ours: its
    // history may have been restored from a copy.
    for (const Incident &incident : incidents) {
        if (incident.status == IncidentStatus::Resolved)
            continue;
        const auto found = m_entries.constFind(incident.uuid);
        if (found == m_entries.cend()) {
            m_buried.remove(incident.uuid);
            add(incident, only(room), Standing::Confirmed);
            continue;
        }
        // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): it may go
        const std::shared_ptr<Entry> entry = *found;
        const Standing before = std::exchange(entry->standing, Standing::Confirmed);
        const bool knownElsewhere = before == Standing::Confirmed
            && std::ranges::any_of(
                entry->rooms, [&](const QString &other) { return other != room; });
        if (!entry->rooms.contains(room))
            entry->rooms.append(room);
        if (knownElsewhere && entry->incident.version >= incident.version)
            continue;
        const IncidentRoles roles = takeChanges(entry->incident, incident);
        if (before == Standing::Presumed || !roles.isEmpty())
            Q_EMIT changed(entry->incident, roles);
    }
}

void IncidentStore::beginHistory(const QStringList &rooms)
{
    const QSet<QString> concerned(rooms.cbegin(), rooms.cend());
    for (const auto &entry : std::as_const(m_entries)) {
        if (std::ranges::any_of(
                entry->rooms, [&](const QString &room) { return concerned.contains(room); }))
            entry->standing = Standing::Presumed;
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
    if (incident.status == IncidentStatus::Resolved || m_buried.contains(incident.uuid))
        return;
    const auto found = m_entries.constFind(incident.uuid);
    if (found == m_entries.cend()) {
        add(incident, rooms, Standing::Presumed);
        return;
    }
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): it may go
    const std::shared_ptr<Entry> entry = *found;
    if (entry->standing == Standing::Confirmed)
        return;
    entry->rooms = rooms;
    const IncidentRoles roles = takeChanges(entry->incident, incident);
    Q_EMIT changed(entry->incident, roles);
}

void IncidentStore::dropPresumed()
{
    QStringList gone;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if ((*it)->standing == Standing::Presumed)
            gone.append(it.key());
    }
    for (const QString &uuid : std::as_const(gone)) {
        m_entries.remove(uuid);
        Q_EMIT removed(uuid);
    }
}

void IncidentStore::dropFromRoom(const QString &uuid, const QString &room)
{
    const auto found = m_entries.constFind(uuid);
    (*found)->rooms.removeOne(room);
    if ((*found)->rooms.isEmpty()) {
        m_entries.erase(found);
        Q_EMIT removed(uuid);
    }
}

const QStringList &IncidentStore::only(const QString &room)
{
    if (!m_oneRoom.contains(room))
        m_oneRoom = QStringList{room};
    return m_oneRoom;
}

void IncidentStore::bury(const QString &uuid, qint64 version)
{
    // Who counts versions has at least the second when something ends. Of who counts none, nothing
    // tells what is late from what begins again.
    if (version <= 1)
        return;
    if (m_buried.value(uuid) == version)
        return;
    m_buried.insert(uuid, version);
    m_burials.emplace_back(uuid, version);
    if (m_burials.size() <= rememberedBurials)
        return;
    const auto &[oldest, oldestVersion] = m_burials.front();
    if (m_buried.value(oldest) == oldestVersion)
        m_buried.remove(oldest);
    m_burials.pop_front();
}

const Incident *IncidentStore::find(const QString &uuid) const
{
    const auto found = m_entries.constFind(uuid);
    return found == m_entries.cend() ? nullptr : &(*found)->incident;
}

std::shared_ptr<const Incident> IncidentStore::share(const QString &uuid) const
{
    const auto found = m_entries.constFind(uuid);
    if (found == m_entries.cend())
        return {};
    return {*found, &(*found)->incident};
}

bool IncidentStore::wasResolved(const QString &uuid) const
{
    return m_buried.contains(uuid);
}

bool IncidentStore::isPresumed(const QString &uuid) const
{
    const auto found = m_entries.constFind(uuid);
    return found != m_entries.cend() && (*found)->standing == Standing::Presumed;
}

void IncidentStore::forEach(
    const std::function<void(const Incident &, const QStringList &rooms)> &look) const
{
    for (const auto &entry : m_entries)
        look(entry->incident, entry->rooms);
}

qsizetype IncidentStore::size() const
{
    return m_entries.size();
}

QList<Incident> IncidentStore::all() const
{
    QList<Incident> incidents;
    incidents.reserve(m_entries.size());
    for (const auto &entry : m_entries)
        incidents.append(entry->incident);
    return incidents;
}

} // namespace tocsin
