// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"

#include <QFlags>

#include <array>
#include <chrono>

namespace tocsin {

/// How a person who is not looking is called.
enum class AlarmMeans {
    Notification = 1,
    Sound = 2,
};
Q_DECLARE_FLAGS(AlarmMeansSet, AlarmMeans)
Q_DECLARE_OPERATORS_FOR_FLAGS(AlarmMeansSet)

/// What calls a person, and how. A value.
struct AlarmRules {
    /// For each severity, in the order of its enumerators. A word that nobody knows may mean
    /// anything: it is told like a warning.
    std::array<AlarmMeansSet, 4> means{AlarmMeans::Notification | AlarmMeans::Sound,
        AlarmMeans::Notification, AlarmMeans::Notification, AlarmMeansSet()};
    /// How often the sound comes again for what is neither acknowledged, assigned nor resolved;
    /// zero: it does not.
    std::chrono::seconds repeatEvery{0};
    /// For how long the list may not be live before that is told, and how; zero: at once.
    std::chrono::seconds lossPatience{60};
    AlarmMeansSet lossMeans = AlarmMeans::Notification;

    [[nodiscard]] AlarmMeansSet of(Severity severity) const { return means[std::size_t(severity)]; }

    friend bool operator==(const AlarmRules &, const AlarmRules &) = default;
};

} // namespace tocsin
