// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/error.h"

#include <QString>

namespace tocsin {

/// The address of an incident, `tocsin://incident/UUID`, for a chat, a page or a ticket: it opens
/// the dashboard of whoever follows it, and the incident there. It names no server, as each reads
/// of the same one by an address of their own.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString incidentLink(const QString &uuid);

/// The incident that a link names; empty where the link opens the dashboard and no more
/// (`tocsin:`). Links come from anywhere: one that is not of this form is refused with a sentence.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT Expected<QString> incidentOfLink(const QString &link);

} // namespace tocsin
