// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentfilter.h"
#include "protocol/error.h"

namespace tocsin {

// Why a file of exported settings cannot be used. `where`: in it, such as `alarm.volume`.
[[nodiscard]] tl::unexpected<Error> unusable(const QString &where, const QString &what);
[[nodiscard]] tl::unexpected<Error> noSuchSetting(const QString &where);
/// It is none of what may stand there.
[[nodiscard]] tl::unexpected<Error> unexpectedValue(const QString &where, const QString &expected);
/// There would be more than there may be.
[[nodiscard]] tl::unexpected<Error> tooMany(const QString &where, int most);

/// As what is expected: "a whole number from 1 to 3".
[[nodiscard]] QString wholeNumber(int minimum, int maximum);
/// The filter that stands there.
[[nodiscard]] Expected<IncidentFilter> filterAt(const QString &where, const QString &text);

} // namespace tocsin
