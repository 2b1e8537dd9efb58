// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"
#include "incidents/incidentrows_p.h"

#include <QElapsedTimer>
#include <QTimer>

namespace tocsin {

struct IncidentModelPrivate {
    IncidentStore *store = nullptr;
    KnownIncidents known;
    SortedRows all;
    SortedRows shown;
    SeverityCounts counts;
    SeverityCounts shownCounts;
    IncidentFilter filter;
    incidentview::Order order = incidentview::Order::Severity;
    incidentview::Group group = incidentview::Group::None;
    QString me;
    std::vector<QString> pending;
    QSet<QString> pendingSet;
    const IncidentCommands *commands = nullptr;
    // Whose command came or ended since the last frame.
    QSet<QString> shownOtherwise;
    QTimer timer;
    QTimer timeTimer;
    QElapsedTimer sinceFlush;

    [[nodiscard]] IncidentKey keyOf(const Incident &incident) const
    {
        return tocsin::keyOf(incident, order, group);
    }
    [[nodiscard]] bool passes(const IncidentRow &row) const
    {
        return filter.isEmpty() || known.passes(filter, row, timestampNow(), me);
    }
    [[nodiscard]] auto allCounts() const
    {
        return std::tuple(all.size(), shown.size(), counts, shownCounts);
    }
};

} // namespace tocsin
