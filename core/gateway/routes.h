// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/report.h"

#include <QMap>

namespace tocsin {

/// In which rooms the reports of some kind are shown.
struct Route {
    /// For each name one of these values: `source`, `service` and `severity` are the report's own,
    /// any other name is a label's. A route without any matches everything.
    QMap<QString, QStringList> match = {};
    QStringList rooms;
};

/// The rooms of all routes that match, each once, in the order of the routes; none where none
/// matches.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QStringList roomsFor(
    const IncidentReport &report, const QList<Route> &routes);

} // namespace tocsin
