// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentselection.h"

#include <algorithm>

namespace tocsin {

IncidentModel *IncidentSelection::incidents() const
{
    return m_incidents;
}

void IncidentSelection::setIncidents(IncidentModel *incidents)
{
    if (m_incidents == incidents)
        return;
    if (m_incidents)
        m_incidents->disconnect(this);
    m_incidents = incidents;
    if (m_incidents) {
        connect(m_incidents, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { dropRows(first, last); });
        connect(m_incidents, &QAbstractItemModel::modelReset, this, &IncidentSelection::dropHidden);
    }
    clear();
    Q_EMIT incidentsChanged();
}

int IncidentSelection::count() const
{
    return int(m_uuids.size());
}

QStringList IncidentSelection::uuids() const
{
    QStringList uuids(m_uuids.cbegin(), m_uuids.cend());
    if (m_incidents) {
        std::ranges::sort(
            uuids, {}, [this](const QString &uuid) { return m_incidents->rowOf(uuid); });
    }
    return uuids;
}

int IncidentSelection::generation() const
{
    return m_generation;
}

bool IncidentSelection::has(const QString &uuid, int /*generation*/) const
{
    return m_uuids.contains(uuid);
}

QString IncidentSelection::uuidAt(int row) const
{
    return m_incidents->index(row).data(IncidentModel::UuidRole).toString();
}

void IncidentSelection::set(const QSet<QString> &uuids)
{
    if (m_uuids == uuids)
        return;
    m_uuids = uuids;
    ++m_generation;
    Q_EMIT changed();
}

void IncidentSelection::toggle(const QString &uuid)
{
    if (!m_incidents || m_incidents->rowOf(uuid) < 0)
        return;
    m_anchor = uuid;
    QSet<QString> uuids = m_uuids;
    if (!uuids.remove(uuid))
        uuids.insert(uuid);
    set(uuids);
}

void IncidentSelection::startAt(const QString &uuid)
{
    if (m_uuids.isEmpty())
        m_anchor = uuid;
}

void IncidentSelection::extendTo(const QString &uuid)
{
    const int to = m_incidents ? m_incidents->rowOf(uuid) : -1;
    if (to < 0)
        return;
    int from = m_incidents->rowOf(m_anchor);
    if (from < 0) {
        from = to;
        m_anchor = uuid;
    }
    QSet<QString> uuids;
    for (int row = std::min(from, to); row <= std::max(from, to); ++row)
        uuids.insert(uuidAt(row));
    set(uuids);
}

void IncidentSelection::selectAll()
{
    QSet<QString> uuids;
    for (int row = 0; m_incidents && row < m_incidents->rowCount(); ++row)
        uuids.insert(uuidAt(row));
    set(uuids);
}

void IncidentSelection::clear()
{
    set({});
}

void IncidentSelection::dropRows(int first, int last)
{
    if (m_uuids.isEmpty())
        return;
    QSet<QString> uuids = m_uuids;
    for (int row = first; row <= last; ++row)
        uuids.remove(uuidAt(row));
    set(uuids);
}

void IncidentSelection::dropHidden()
{
    QSet<QString> uuids = m_uuids;
    uuids.removeIf([this](const QString &uuid) { return m_incidents->rowOf(uuid) < 0; });
    set(uuids);
}

} // namespace tocsin
