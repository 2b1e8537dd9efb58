// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace tocsin {

/// One thing that could stand where a person types.
struct FilterCompletion {
    enum class Kind { Field, Operator, Value };
    /// Takes the place of what is being typed.
    QString text;
    Kind kind = Kind::Field;

    friend bool operator==(const FilterCompletion &, const FilterCompletion &) = default;
};

struct FilterCompletions {
    /// The part of the text that a completion replaces.
    qsizetype position = 0;
    qsizetype length = 0;
    QList<FilterCompletion> items;
};

/// What a field is seen to be: `service` is asked for services, `label` and `annotation` for names,
/// `label.env` for the values of that label.
using KnownFilterValues = std::function<QStringList(const QString &field)>;

inline constexpr qsizetype maximumFilterCompletions = 12;

/// What could stand at the cursor: the names of fields, then their signs, then what they are
/// compared with. Nothing where a word of the text is typed that begins no field.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT FilterCompletions completeFilter(
    const QString &text, qsizetype cursor, const KnownFilterValues &known);

} // namespace tocsin
