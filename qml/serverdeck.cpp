// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/serverdeck.h"

#include <algorithm>
#include <numeric>

namespace tocsin {

namespace {

int worstOf(const IncidentModel &incidents)
{
    if (incidents.criticalCount() > 0)
        return int(Severity::Critical);
    if (incidents.warningCount() > 0)
        return int(Severity::Warning);
    if (incidents.unknownCount() > 0)
        return int(Severity::Unknown);
    return incidents.infoCount() > 0 ? int(Severity::Info) : -1;
}

} // namespace

ServerDeck::ServerDeck(QObject *parent)
    : QAbstractListModel(parent)
{
}

int ServerDeck::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant ServerDeck::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_entries[std::size_t(index.row())];
    switch (role) {
    case KeyRole: return entry.key;
    case Qt::DisplayRole:
    case NameRole: return entry.name;
    case LiveRole: return entry.feed->isLive();
    case PartialRole: return entry.feed->isPartial();
    case ActiveRole: return entry.feed->incidents()->count();
    case WorstRole: return worstOf(*entry.feed->incidents());
    case TroubleRole: return entry.feed->trouble();
    case CurrentRole: return entry.key == m_current;
    default: return {};
    }
}

QHash<int, QByteArray> ServerDeck::roleNames() const
{
    return {{KeyRole, "key"}, {NameRole, "name"}, {LiveRole, "live"}, {PartialRole, "partial"},
        {ActiveRole, "active"}, {WorstRole, "worst"}, {TroubleRole, "trouble"},
        {CurrentRole, "current"}};
}

int ServerDeck::rowOf(const QString &key) const
{
    const auto found = std::ranges::find(m_entries, key, &Entry::key);
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

void ServerDeck::put(const QString &key, const QString &name, LiveFeed *feed)
{
    if (const int row = rowOf(key); row >= 0) {
        if (std::exchange(m_entries[std::size_t(row)].name, name) != name)
            Q_EMIT dataChanged(index(row), index(row), {NameRole});
        return;
    }
    if (key.isEmpty() || !feed)
        return;
    beginInsertRows({}, rowCount(), rowCount());
    m_entries.push_back({key, name, feed});
    endInsertRows();
    const auto note = [this, feed](const QList<int> &roles) {
        return [this, feed, roles] { noteChange(feed, roles); };
    };
    connect(feed, &LiveFeed::liveChanged, this, note({LiveRole, PartialRole}));
    connect(feed, &LiveFeed::troubleChanged, this, note({TroubleRole}));
    connect(feed->incidents(), &IncidentModel::countChanged, this, note({ActiveRole, WorstRole}));
    connect(feed, &QObject::destroyed, this, [this, key] { removeRow(rowOf(key)); });
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
    const bool wasAwaited = m_awaited && key == m_chosen;
    if (wasAwaited)
        m_awaited = false;
    if (wasAwaited || m_current.isEmpty())
        show(key);
}

void ServerDeck::take(const QString &key)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    LiveFeed *const feed = m_entries[std::size_t(row)].feed;
    feed->disconnect(this);
    feed->incidents()->disconnect(this);
    removeRow(row);
}

// The feed may be half destroyed.
void ServerDeck::removeRow(int row)
{
    if (row < 0)
        return;
    const bool wasCurrent = m_entries[std::size_t(row)].key == m_current;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    if (wasCurrent) {
        m_current = m_entries.empty() ? QString()
                                      : m_entries[std::size_t(std::min(row, rowCount() - 1))].key;
        if (!m_entries.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CurrentRole});
        Q_EMIT currentChanged();
    }
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
}

void ServerDeck::noteChange(const LiveFeed *feed, const QList<int> &roles)
{
    const auto found = std::ranges::find(m_entries, feed, &Entry::feed);
    if (found == m_entries.end())
        return;
    const QModelIndex place = index(int(found - m_entries.begin()));
    Q_EMIT dataChanged(place, place, roles);
    Q_EMIT stateChanged();
}

void ServerDeck::step(int step)
{
    const int row = rowOf(m_current);
    const int count = rowCount();
    if (row >= 0 && count > 0)
        setCurrent(m_entries[std::size_t((row + step + count) % count)].key);
}

QString ServerDeck::current() const
{
    return m_current;
}

void ServerDeck::setCurrent(const QString &key)
{
    if (rowOf(key) < 0)
        return;
    m_awaited = false;
    show(key);
    if (std::exchange(m_chosen, key) != key)
        Q_EMIT chosenChanged();
}

QString ServerDeck::chosen() const
{
    return m_chosen;
}

void ServerDeck::setChosen(const QString &key)
{
    if (rowOf(key) >= 0) {
        setCurrent(key);
        return;
    }
    m_awaited = !key.isEmpty();
    if (std::exchange(m_chosen, key) != key)
        Q_EMIT chosenChanged();
}

void ServerDeck::show(const QString &key)
{
    if (std::exchange(m_current, key) == key)
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {CurrentRole});
    Q_EMIT currentChanged();
}

LiveFeed *ServerDeck::currentFeed() const
{
    const int row = rowOf(m_current);
    return row < 0 ? nullptr : feedAt(row);
}

LiveFeed *ServerDeck::feedAt(int row) const
{
    return m_entries[std::size_t(row)].feed;
}

bool ServerDeck::isLive() const
{
    return !m_entries.empty()
        && std::ranges::all_of(m_entries, [](const Entry &entry) { return entry.feed->isLive(); });
}

bool ServerDeck::isPartial() const
{
    return std::ranges::any_of(
        m_entries, [](const Entry &entry) { return entry.feed->isPartial(); });
}

int ServerDeck::activeCount() const
{
    return std::accumulate(m_entries.begin(), m_entries.end(), 0,
        [](int sum, const Entry &entry) { return sum + entry.feed->incidents()->count(); });
}

} // namespace tocsin
