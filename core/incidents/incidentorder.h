// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/incident.h"

namespace tocsin {
namespace incidentview {
Q_NAMESPACE_EXPORT(TOCSIN_INCIDENTS_EXPORT)

enum class Order {
    /// Most severe first, then newest.
    Severity,
    Newest,
    Oldest,
    /// By its name, then most severe, then newest. Those without one come last.
    Service,
};
Q_ENUM_NS(Order)

enum class Group { None, Severity, Service, Source };
Q_ENUM_NS(Group)
} // namespace incidentview

/// Where an incident stands among others. No two incidents have equal keys.
struct IncidentKey {
    int groupRank = 0;
    QString groupWord;
    int wordRank = 0;
    QString word;
    int severity = 0;
    /// Rises the way the order goes.
    qint64 time = 0;
    QString uuid;

    friend bool operator==(const IncidentKey &, const IncidentKey &) = default;
    TOCSIN_INCIDENTS_EXPORT friend bool operator<(
        const IncidentKey &left, const IncidentKey &right);
};

[[nodiscard]] TOCSIN_INCIDENTS_EXPORT IncidentKey keyOf(
    const Incident &incident, incidentview::Order order, incidentview::Group group);
/// What the incidents of one group have in common, as `service:orders-db`, `source:` for those
/// without one, or `severity:0`, with its number; empty where there are no groups.
[[nodiscard]] TOCSIN_INCIDENTS_EXPORT QString sectionOf(
    const Incident &incident, incidentview::Group group);

} // namespace tocsin
