// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/report.h"
#include "gateway/source.h"

namespace tocsin {

/// Notices that a source is silent, or cannot be asked, and says so by reports of its own: a screen
/// without alerts is no calm when their sender is dead. Knows no clock, no timer and no log.
///
/// For any sequence of calls:
/// - a source is silent from `expectEvery` after it was last heard, until it is heard; before it
///   was heard in this life, no sooner than a grace of at most ten minutes after the start;
/// - it cannot be asked from the third failed reading in a row, until one succeeds;
/// - untold() names exactly those troubles that are, or are not, otherwise than the log was last
///   told; what is not known yet (a silence that the log may remember from before the start) is
///   not named.
class SourceWatch
{
public:
    /// Deadlines are kept against the monotonic clock; people are told the time.
    struct Moment {
        std::chrono::steady_clock::time_point steady;
        Timestamp wall;

        [[nodiscard]] static Moment now();
    };

    /// `lastHeard`: what the log remembers, by the sources' names.
    SourceWatch(const QList<IncidentSource> &sources, const QHash<QString, Timestamp> &lastHeard,
        Moment start);

    void heard(const QString &source, Moment now);
    /// How an attempt to ask it ended.
    void asked(const QString &source, const std::optional<Error> &failure, Moment now);

    /// What the log is to be told, as reports of `gatewaySource`.
    [[nodiscard]] QList<IncidentReport> untold(Moment now);
    /// The log was told.
    void told(const QList<IncidentReport> &reports);

    /// The ends of what the log has open of `gatewaySource` and nobody watches any more: a source
    /// that was taken out of the configuration, or that is not to be heard or asked now.
    [[nodiscard]] QList<IncidentReport> abandoned(const QStringList &openFingerprints) const;

    [[nodiscard]] int silentCount() const;

private:
    struct Trouble {
        std::optional<bool> is;
        std::optional<bool> told;
        Timestamp since;
        QString detail;

        [[nodiscard]] bool isUntold() const { return is.has_value() && is != told; }
    };
    struct State {
        IncidentSource source;
        std::chrono::steady_clock::time_point deadline;
        int failures = 0;
        Timestamp failingSince;
        Trouble silence;
        Trouble unreachable;
    };
    [[nodiscard]] State *find(const QString &source);

    QList<State> m_states;
};

} // namespace tocsin
