// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"
#include "incidents/incidentrows_p.h"

#include <QElapsedTimer>
#include <QTimer>

namespace tocsin {

/// Waits for the next frame: a row, or an incident that has none yet.
struct NotedIncident {
    IncidentRow *row = nullptr;
    QString uuid;
};

/// Which rows are wanted from now on, where that was asked for and is not yet carried out.
struct WantedRows {
    std::optional<IncidentFilter> filter;
    std::optional<incidentview::Order> order;
    std::optional<incidentview::Group> group;
    std::optional<QString> me;
    /// The filter is to be applied as of now.
    bool asOfNow = false;

    [[nodiscard]] bool isAny() const { return filter || order || group || me || asOfNow; }
    void add(const WantedRows &later)
    {
        const auto take = [](auto &mine, const auto &other) {
            if (other)
                mine = other;
        };
        take(filter, later.filter);
        take(order, later.order);
        take(group, later.group);
        take(me, later.me);
        take(asOfNow, later.asOfNow);
    }
};

struct IncidentModelPrivate {
    static constexpr std::chrono::milliseconds frame{16};

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
    WantedRows wanted;
    // Views are being told of other rows. What they answer must not change the rows under them.
    bool telling = false;
    std::vector<NotedIncident> pending;
    // Those of them without a row.
    QSet<QString> pendingNew;
    const IncidentCommands *commands = nullptr;
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
    [[nodiscard]] std::chrono::milliseconds untilNextFrame() const
    {
        const auto passed = sinceFlush.isValid() ? sinceFlush.elapsed() : frame.count();
        return std::max(frame - std::chrono::milliseconds(passed), std::chrono::milliseconds(0));
    }
    /// The row is about to go, and what is noted of it stays.
    void noteWithoutRow(const IncidentRow &row)
    {
        // The last one: what is being applied is still in front.
        const auto noted = std::find_if(pending.rbegin(), pending.rend(),
            [&row](const NotedIncident &each) { return each.row == &row; });
        *noted = {.row = nullptr, .uuid = row.incident->uuid};
        pendingNew.insert(row.incident->uuid);
    }
    [[nodiscard]] auto allCounts() const
    {
        return std::tuple(all.size(), shown.size(), counts, shownCounts);
    }
};

} // namespace tocsin
