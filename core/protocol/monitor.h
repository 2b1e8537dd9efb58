// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"
#include "protocol/timestamp.h"

#include <QString>

namespace tocsin {

enum class MonitorState { Up, Down, Degraded, Unknown };

template <>
struct EnumNames<MonitorState> {
    static constexpr std::array entries{
        std::pair{MonitorState::Up, std::string_view("up")},
        std::pair{MonitorState::Down, std::string_view("down")},
        std::pair{MonitorState::Degraded, std::string_view("degraded")},
        std::pair{MonitorState::Unknown, std::string_view("unknown")},
    };
    /// Of a server that knows more than this program: never taken for up.
    static constexpr auto fallback = MonitorState::Unknown;
};

/// Something that a source looks at all the time, and how it is.
struct MonitorStatus {
    QString monitorUuid;
    QString name;
    MonitorState status = MonitorState::Unknown;
    Timestamp changedAt;

    friend bool operator==(const MonitorStatus &, const MonitorStatus &) = default;
};

template <>
struct Schema<MonitorStatus> {
    static constexpr auto fields = std::tuple{
        required("monitorUuid", &MonitorStatus::monitorUuid),
        optional("name", &MonitorStatus::name),
        required("status", &MonitorStatus::status),
        required("changedAt", &MonitorStatus::changedAt),
    };
};

} // namespace tocsin
