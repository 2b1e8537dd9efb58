// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/message.h"
#include "protocol/schema.h"
#include "protocol/timestamp.h"

#include <QList>
#include <QStringList>

namespace tocsin {

/// How many incidents were opened, by severity, and resolved in a quarter of an hour.
struct ActivityQuarter {
    /// When it begins: a whole number of quarters since the epoch, UTC.
    Timestamp at;
    qint64 critical = 0;
    qint64 warning = 0;
    qint64 unknown = 0;
    qint64 info = 0;
    qint64 resolved = 0;

    friend bool operator==(const ActivityQuarter &, const ActivityQuarter &) = default;
};

inline constexpr std::chrono::minutes activityQuarter{15};

template <>
struct Schema<ActivityQuarter> {
    static constexpr auto fields = std::tuple{
        required("at", &ActivityQuarter::at),
        optional("critical", &ActivityQuarter::critical).atLeast(0),
        optional("warning", &ActivityQuarter::warning).atLeast(0),
        optional("unknown", &ActivityQuarter::unknown).atLeast(0),
        optional("info", &ActivityQuarter::info).atLeast(0),
        optional("resolved", &ActivityQuarter::resolved).atLeast(0),
    };
};

/// The rooms of which it is asked; an incident that is in several of them counts once.
struct ActivityQuery {
    QStringList rooms;
};

template <>
struct Schema<ActivityQuery> {
    static constexpr auto fields = std::tuple{
        required("rooms", &ActivityQuery::rooms),
    };
};

/// What `room.activity` is answered with.
struct ActivityReport {
    /// As far back as is known.
    Timestamp from;
    /// Those in which something happened, oldest first.
    QList<ActivityQuarter> quarters;

    friend bool operator==(const ActivityReport &, const ActivityReport &) = default;
};

template <>
struct Schema<ActivityReport> {
    static constexpr auto fields = std::tuple{
        required("from", &ActivityReport::from),
        required("quarters", &ActivityReport::quarters),
    };
};

/// Its answer is in the reply: see SocketClient::request().
inline constexpr auto RoomActivity = Command<ActivityQuery>{u"room.activity"};

} // namespace tocsin
