// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QList>
#include <QStringList>

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

} // namespace tocsin
