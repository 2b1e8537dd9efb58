// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/incident.h"

#include <QUrl>

namespace tocsin {

/// The address as one that may be opened: `http` and `https` with a host, and `mailto`; absent for
/// any other. Links come from whoever may report, and a program opens files as gladly as pages.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT std::optional<QUrl> openableUrl(const QString &address);

/// Where the address leads, for a person to judge before they go: the host, with its port where it
/// is not the usual one, letters of other alphabets written out (`xn--…`), so that none is taken
/// for another; of `mailto` the address. Empty where it may not be opened.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString destination(const QString &address);

/// Where it is written what to do about the incident: what its annotations name as the runbook, or
/// the link of that title. Empty where there is none that may be opened.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString runbookOf(const Incident &incident);

} // namespace tocsin
