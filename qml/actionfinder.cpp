// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/actionfinder.h"

#include "qml/actionmatch.h"

#include <algorithm>
#include <tuple>

namespace tocsin {

namespace {

constexpr qsizetype mostRecent = 5;

} // namespace

QString ActionFinder::query() const
{
    return m_query;
}

void ActionFinder::setQuery(const QString &query)
{
    if (std::exchange(m_query, query) == query)
        return;
    find();
    Q_EMIT queryChanged();
}

int ActionFinder::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant ActionFinder::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Candidate &candidate = m_candidates[m_found[std::size_t(index.row())]];
    switch (role) {
    case TextRole:
    case Qt::DisplayRole: return candidate.text;
    case GroupRole: return candidate.group;
    case KeysRole: return candidate.keys;
    case ObstacleRole: return candidate.obstacle;
    default: return {};
    }
}

QHash<int, QByteArray> ActionFinder::roleNames() const
{
    return {
        {TextRole, "text"}, {GroupRole, "group"}, {KeysRole, "keys"}, {ObstacleRole, "obstacle"}};
}

void ActionFinder::lookAmong(const QVariantList &actions)
{
    m_candidates.clear();
    for (const QVariant &each : actions) {
        auto *const action = qobject_cast<DashboardAction *>(each.value<QObject *>());
        if (action && action->isOffered()) {
            m_candidates.push_back(
                {action, action->text(), action->group(), action->keyNames(), action->obstacle()});
        }
    }
    if (!std::exchange(m_query, {}).isEmpty())
        Q_EMIT queryChanged();
    find();
}

DashboardAction *ActionFinder::take(int row)
{
    if (row < 0 || row >= rowCount())
        return nullptr;
    const Candidate &candidate = m_candidates[m_found[std::size_t(row)]];
    m_recent.removeAll(candidate.text);
    m_recent.prepend(candidate.text);
    m_recent.resize(std::min(m_recent.size(), mostRecent));
    return candidate.action;
}

void ActionFinder::find()
{
    struct Rank {
        int mismatch;
        bool hindered;
        qsizetype sinceUse;
        std::size_t place;

        auto operator<=>(const Rank &) const = default;
    };
    std::vector<Rank> ranks;
    for (std::size_t place = 0; place < m_candidates.size(); ++place) {
        const Candidate &candidate = m_candidates[place];
        const auto match = matchAction(m_query, candidate.text, candidate.group);
        if (!match)
            continue;
        const qsizetype recent = m_recent.indexOf(candidate.text);
        ranks.push_back(
            {-*match, !candidate.obstacle.isEmpty(), recent < 0 ? mostRecent : recent, place});
    }
    std::ranges::sort(ranks);
    beginResetModel();
    m_found.clear();
    for (const Rank &rank : ranks)
        m_found.push_back(rank.place);
    endResetModel();
    Q_EMIT countChanged();
}

} // namespace tocsin
