// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QString>

#include <optional>

namespace tocsin {

/// How well the words of `query` describe an action: the greater the better, nothing where one of
/// them does not. A word may be the beginning of a word of the text, stand anywhere in it, be the
/// first letters of its words (`atm`: “Assign to me”), or its letters in their order with others
/// between (`ackn`: “Acknowledge”); in the group, one of the first two. Neither case nor accents
/// count. An empty query describes everything equally.
[[nodiscard]] TOCSIN_QML_EXPORT std::optional<int> matchAction(
    const QString &query, const QString &text, const QString &group);

} // namespace tocsin
