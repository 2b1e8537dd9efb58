// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QString>

namespace tocsin {

/// Senders' text in which no invisible character turns the order of what follows it (UAX #9:
/// embeddings, overrides and isolates): `gpj.exe` must not be read as `exe.jpg`. A replacement
/// character stands in the place of each, so that it is seen that there was one. Arabic and Hebrew
/// need none of them.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString withoutTurns(const QString &text);

/// The same, to be put among other words: what runs from right to left does so by itself, and
/// leaves what stands around it in its place. What runs from left to right is as it was.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString isolated(const QString &text);

} // namespace tocsin
