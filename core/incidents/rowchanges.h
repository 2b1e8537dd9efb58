// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QAbstractListModel>
#include <QList>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace tocsin {

/// A step on the way from one order of rows to another.
struct RowChange {
    enum class Kind { Insert, Remove, Move } kind;
    int first = 0;
    /// How many rows come or go. One row moves.
    int count = 1;
    /// Where the moved row is then; of rows that come, where in `after` the first of them is.
    int to = 0;

    friend bool operator==(const RowChange &, const RowChange &) = default;
};

/// The steps, to be taken one after the other, that make the rows of these keys into the others.
/// Each key is in a list at most once. Where rows have only come or gone none moves, and where one
/// has another place only that one does.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QList<RowChange> rowChanges(
    const QStringList &before, const QStringList &after);

/// What a list model tells its views may be said by the model alone; these names let followRows(),
/// which it calls, say it for it.
struct RowSteps : QAbstractListModel {
    using QAbstractListModel::beginInsertRows;
    using QAbstractListModel::beginMoveRows;
    using QAbstractListModel::beginRemoveRows;
    using QAbstractListModel::endInsertRows;
    using QAbstractListModel::endMoveRows;
    using QAbstractListModel::endRemoveRows;
};

/// Makes `rows`, which are those of `model`, into `next`, by the steps of rowChanges(), and tells
/// the model's views of each; then of the rows that stayed and have changed. Rows that are `keyOf`
/// the same are the same, and compare. Returns whether there was anything to tell.
template <typename Row, typename KeyOf>
bool followRows(
    QAbstractListModel &model, std::vector<Row> &rows, std::vector<Row> next, KeyOf keyOf)
{
    const auto keysOf = [&keyOf](const std::vector<Row> &some) {
        QStringList keys;
        keys.reserve(qsizetype(some.size()));
        for (const Row &row : some)
            keys.append(keyOf(row));
        return keys;
    };
    const QModelIndex root;
    const QList<RowChange> steps = rowChanges(keysOf(rows), keysOf(next));
    for (const auto &[kind, first, count, to] : steps) {
        const auto begin = rows.begin() + first;
        switch (kind) {
        case RowChange::Kind::Insert:
            (model.*&RowSteps::beginInsertRows)(root, first, first + count - 1);
            rows.insert(begin, next.begin() + to, next.begin() + to + count);
            (model.*&RowSteps::endInsertRows)();
            break;
        case RowChange::Kind::Remove:
            (model.*&RowSteps::beginRemoveRows)(root, first, first + count - 1);
            rows.erase(begin, begin + count);
            (model.*&RowSteps::endRemoveRows)();
            break;
        case RowChange::Kind::Move:
            // Where it is to be is counted with the row itself, which is still there.
            (model.*&RowSteps::beginMoveRows)(root, first, first, root, to > first ? to + 1 : to);
            if (to > first)
                std::rotate(begin, begin + 1, rows.begin() + to + 1);
            else
                std::rotate(rows.begin() + to, begin, begin + 1);
            (model.*&RowSteps::endMoveRows)();
            break;
        }
    }
    bool changed = !steps.isEmpty();
    for (std::size_t i = 0; i < next.size(); ++i) {
        if (rows[i] == next[i])
            continue;
        rows[i] = std::move(next[i]);
        const QModelIndex index = model.index(int(i));
        Q_EMIT model.dataChanged(index, index);
        changed = true;
    }
    return changed;
}

} // namespace tocsin
