// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/listcursor.h"

#include <algorithm>

namespace tocsin {

IncidentModel *ListCursor::incidents() const
{
    return m_incidents;
}

void ListCursor::setIncidents(IncidentModel *incidents)
{
    if (m_incidents == incidents)
        return;
    if (m_incidents)
        m_incidents->disconnect(this);
    m_incidents = incidents;
    if (m_incidents) {
        connect(m_incidents, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { noteInserted(first, last); });
        connect(m_incidents, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { noteRemoved(first, last); });
        connect(m_incidents, &QAbstractItemModel::rowsRemoved, this, &ListCursor::noteRow);
        connect(m_incidents, &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex &, int from, int, const QModelIndex &, int to) {
                noteMoved(from, to);
            });
        connect(m_incidents, &IncidentModel::severitiesChanged, this, &ListCursor::noteSeverities);
        connect(m_incidents, &QAbstractItemModel::modelReset, this, &ListCursor::noteReset);
    }
    noteReset();
    Q_EMIT incidentsChanged();
}

QString ListCursor::uuid() const
{
    return m_uuid;
}

void ListCursor::setUuid(const QString &uuid)
{
    if (std::exchange(m_uuid, uuid) == uuid)
        return;
    noteRow();
    Q_EMIT uuidChanged();
}

int ListCursor::row() const
{
    return m_row;
}

int ListCursor::topRow() const
{
    return m_topRow;
}

void ListCursor::setTopRow(int row)
{
    const int before = std::exchange(m_topRow, std::max(0, row));
    if (before == m_topRow)
        return;
    if (m_topRow < before)
        noteSeen(m_topRow, before - 1);
    Q_EMIT topRowChanged();
}

int ListCursor::newAbove() const
{
    return int(m_above.size());
}

bool ListCursor::isCriticalAbove() const
{
    return !m_criticalAbove.isEmpty();
}

void ListCursor::choose(int row)
{
    setUuid(uuidAt(row));
}

void ListCursor::moveBy(int rows)
{
    if (!m_incidents || rows == 0 || m_incidents->rowCount() == 0)
        return;
    int from = m_row;
    if (from < 0) {
        const int place = m_lastRow >= 0 ? m_lastRow : m_topRow;
        from = rows > 0 ? place - 1 : place;
    }
    choose(std::clamp(from + rows, 0, m_incidents->rowCount() - 1));
}

QString ListCursor::uuidAt(int row) const
{
    return m_incidents && row >= 0 && row < m_incidents->rowCount()
        ? m_incidents->index(row).data(IncidentModel::UuidRole).toString()
        : QString();
}

bool ListCursor::isCritical(int row) const
{
    return m_incidents->index(row).data(IncidentModel::SeverityRole).toInt()
        == int(Severity::Critical);
}

void ListCursor::noteInserted(int first, int last)
{
    const int count = last - first + 1;
    // What comes in before the first row on the screen itself takes its place, and is seen.
    if (first < m_topRow) {
        for (int row = first; row <= last; ++row) {
            m_above.insert(uuidAt(row));
            if (isCritical(row))
                m_criticalAbove.insert(uuidAt(row));
        }
        m_topRow += count;
        Q_EMIT topRowChanged();
        Q_EMIT newAboveChanged();
    }
    noteRow();
}

void ListCursor::noteRemoved(int first, int last)
{
    if (!m_above.isEmpty())
        noteSeen(first, last);
    if (first < m_topRow) {
        m_topRow -= std::min(last + 1, m_topRow) - first;
        Q_EMIT topRowChanged();
    }
}

// `to` is the row before which it came, as they were counted before.
void ListCursor::noteMoved(int from, int to)
{
    if (from < m_topRow && to > m_topRow) {
        const int now = to - 1;
        noteSeen(now, now);
        --m_topRow;
        Q_EMIT topRowChanged();
    } else if (from >= m_topRow && to < m_topRow) {
        ++m_topRow;
        Q_EMIT topRowChanged();
    }
    noteRow();
}

// Not by dataChanged, which says nothing of before, and of many at once only where all of them are.
void ListCursor::noteSeverities(const QList<int> &raised, const QList<int> &lowered)
{
    const auto before = std::pair(m_above.size(), m_criticalAbove.size());
    for (const int row : raised) {
        if (row >= m_topRow)
            continue;
        const QString uuid = uuidAt(row);
        m_above.insert(uuid);
        if (isCritical(row))
            m_criticalAbove.insert(uuid);
    }
    for (const int row : lowered) {
        if (row < m_topRow && !m_criticalAbove.isEmpty())
            m_criticalAbove.remove(uuidAt(row));
    }
    if (before != std::pair(m_above.size(), m_criticalAbove.size()))
        Q_EMIT newAboveChanged();
}

void ListCursor::noteSeen(int first, int last)
{
    if (m_above.isEmpty() || !m_incidents)
        return;
    bool changed = false;
    for (int row = first; row <= std::min(last, m_incidents->rowCount() - 1); ++row) {
        const QString uuid = uuidAt(row);
        changed = m_above.remove(uuid) || changed;
        m_criticalAbove.remove(uuid);
    }
    if (changed)
        Q_EMIT newAboveChanged();
}

void ListCursor::noteReset()
{
    m_lastRow = -1;
    m_topRow = 0;
    m_criticalAbove.clear();
    const bool changed = !m_above.isEmpty();
    m_above.clear();
    Q_EMIT topRowChanged();
    if (changed)
        Q_EMIT newAboveChanged();
    noteRow();
}

void ListCursor::noteRow()
{
    const int row = m_incidents && !m_uuid.isEmpty() ? m_incidents->rowOf(m_uuid) : -1;
    if (row >= 0)
        m_lastRow = row;
    if (std::exchange(m_row, row) != row)
        Q_EMIT rowChanged();
}

} // namespace tocsin
