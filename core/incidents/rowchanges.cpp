// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/rowchanges.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <vector>

namespace tocsin {

namespace {

using Kind = RowChange::Kind;

// From the back, so that no removal moves what another is about.
void removeMissing(QStringList &rows, const QSet<QString> &kept, QList<RowChange> &changes)
{
    for (qsizetype end = rows.size(); end > 0;) {
        if (kept.contains(rows[end - 1])) {
            --end;
            continue;
        }
        qsizetype first = end - 1;
        while (first > 0 && !kept.contains(rows[first - 1]))
            --first;
        changes.append({Kind::Remove, int(first), int(end - first)});
        rows.remove(first, end - first);
        end = first;
    }
}

// The most rows that can stay where they are: a longest rising sequence of their places to be.
QSet<QString> steadyRows(const QStringList &rows, const QStringList &after)
{
    QHash<QString, qsizetype> target;
    target.reserve(after.size());
    for (qsizetype i = 0; i < after.size(); ++i)
        target.insert(after[i], i);
    // For each length, the row with the least target that ends such a sequence; and who came
    // before.
    std::vector<qsizetype> ends;
    std::vector<qsizetype> previous(std::size_t(rows.size()), -1);
    const auto targetOf = [&](qsizetype row) { return target.value(rows[row]); };
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const auto place = std::ranges::lower_bound(ends, targetOf(row), {}, targetOf);
        if (place != ends.begin())
            previous[std::size_t(row)] = *std::prev(place);
        if (place == ends.end())
            ends.push_back(row);
        else
            *place = row;
    }
    QSet<QString> steady;
    for (qsizetype row = ends.empty() ? -1 : ends.back(); row >= 0;
        row = previous[std::size_t(row)])
        steady.insert(rows[row]);
    return steady;
}

} // namespace

QList<RowChange> rowChanges(const QStringList &before, const QStringList &after)
{
    QList<RowChange> changes;
    if (before == after)
        return changes;
    QStringList rows = before;
    removeMissing(rows, QSet<QString>(after.begin(), after.end()), changes);
    const QSet<QString> known(rows.begin(), rows.end());
    const QSet<QString> steady = steadyRows(rows, after);
    // Everything before `place` is where it belongs, but for rows that are still to be moved away.
    qsizetype place = 0;
    for (qsizetype i = 0; i < after.size(); ++i) {
        const QString &key = after[i];
        if (steady.contains(key)) {
            place = rows.indexOf(key, place) + 1;
        } else if (known.contains(key)) {
            const qsizetype from = rows.indexOf(key);
            const qsizetype to = from < place ? place - 1 : place;
            if (from != to)
                changes.append({Kind::Move, int(from), 1, int(to)});
            rows.move(from, to);
            place = to + 1;
        } else {
            qsizetype count = 1;
            while (i + count < after.size() && !known.contains(after[i + count]))
                ++count;
            changes.append({Kind::Insert, int(place), int(count), int(i)});
            for (qsizetype k = 0; k < count; ++k)
                rows.insert(place + k, after[i + k]);
            place += count;
            i += count - 1;
        }
    }
    return changes;
}

} // namespace tocsin
