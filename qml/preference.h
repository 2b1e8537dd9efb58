// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QVariant>

#include <optional>
#include <utility>
#include <vector>

namespace tocsin {

/// What a person can set, each in one place: its name, what it does, what it may be. The page, the
/// search, what is exported and the documentation's test are all made from it.
struct Preference {
    enum class Kind {
        /// One of a few words.
        Choice,
        /// A whole number, in steps.
        Number,
        /// On or off.
        Switch,
    };
    /// In the settings and in exported files.
    const char *key;
    Kind kind;
    const char *title;
    const char *explanation;
    /// Other words that people look for it by.
    const char *otherWords;
    QVariant usual;
    /// Of a choice: as in the settings, and as a person reads them.
    std::vector<std::pair<const char *, const char *>> choices = {};
    int minimum = 0;
    int maximum = 0;
    int step = 1;
    /// It is there only where the program around can do it, see Preferences::offer().
    bool onlyWhereOffered = false;
};

/// All of them, in the order in which they are shown.
[[nodiscard]] TOCSIN_QML_EXPORT const std::vector<Preference> &preferenceTable();
/// Null where there is none of that key.
[[nodiscard]] TOCSIN_QML_EXPORT const Preference *preferenceOf(const QString &key);
/// Which of its choices the value of one is.
[[nodiscard]] int chosenOf(const Preference &entry, const QVariant &value);
/// The value as it is to be kept; nothing where it may not be that.
[[nodiscard]] std::optional<QVariant> acceptedValue(const Preference &entry, const QVariant &value);

} // namespace tocsin
