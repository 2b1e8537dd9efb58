// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"
#include "protocol/timestamp.h"

#include <QList>

namespace tocsin {

/// What can happen to an incident (docs/protocol.md, "Timelines").
enum class TimelineKind {
    Created,
    SeverityChanged,
    Acknowledged,
    Unacknowledged,
    Assigned,
    Commented,
    Resolved,
    /// Of a server that knows more than this program.
    Unknown,
};

template <>
struct EnumNames<TimelineKind> {
    static constexpr std::array entries{
        std::pair{TimelineKind::Created, std::string_view("created")},
        std::pair{TimelineKind::SeverityChanged, std::string_view("severity-changed")},
        std::pair{TimelineKind::Acknowledged, std::string_view("acknowledged")},
        std::pair{TimelineKind::Unacknowledged, std::string_view("unacknowledged")},
        std::pair{TimelineKind::Assigned, std::string_view("assigned")},
        std::pair{TimelineKind::Commented, std::string_view("commented")},
        std::pair{TimelineKind::Resolved, std::string_view("resolved")},
        std::pair{TimelineKind::Unknown, std::string_view("unknown")},
    };
    static constexpr auto fallback = TimelineKind::Unknown;
};

/// One thing that happened to an incident.
struct TimelineEntry {
    TimelineKind kind = TimelineKind::Unknown;
    Timestamp at;
    /// The person who did it; empty where the source of the alert did.
    QString by;
    /// What was said, to whom it was assigned (empty: to nobody any more), the severity it has now.
    QString text;
    /// What its author called a comment, so that it is one however often it is sent; empty where it
    /// was not called anything.
    QString id = {};

    friend bool operator==(const TimelineEntry &, const TimelineEntry &) = default;
};

/// What `incident.history` is answered with: what happened, oldest first.
struct IncidentTimeline {
    QString uuid;
    QList<TimelineEntry> entries;
    /// False where the oldest entries are not kept any more.
    bool complete = true;

    friend bool operator==(const IncidentTimeline &, const IncidentTimeline &) = default;
};

template <>
struct Schema<TimelineEntry> {
    static constexpr auto fields = std::tuple{
        required("kind", &TimelineEntry::kind),
        required("at", &TimelineEntry::at),
        optional("by", &TimelineEntry::by),
        optional("text", &TimelineEntry::text),
        optional("id", &TimelineEntry::id),
    };
};
template <>
struct Schema<IncidentTimeline> {
    static constexpr auto fields = std::tuple{
        required("uuid", &IncidentTimeline::uuid),
        required("entries", &IncidentTimeline::entries),
        optional("complete", &IncidentTimeline::complete),
    };
};

} // namespace tocsin
