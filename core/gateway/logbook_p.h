// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logline.h"

#include <QHash>

#include <mutex>

namespace tocsin {

/// Of each kind of line, so many as a person could read. Knows no clock.
class LineLimiter
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    static constexpr int mostLines = 20;
    static constexpr std::chrono::seconds window{10};

    /// Whether one more line of that kind may be written.
    [[nodiscard]] bool admit(const QByteArray &kind, Moment now);

    struct Suppressed {
        QByteArray kind;
        qint64 lines = 0;
    };
    /// What was not written in windows that are over by `now`, and was not told yet.
    [[nodiscard]] QList<Suppressed> takeSuppressed(Moment now);

private:
    struct Window {
        Moment begin;
        int lines = 0;
        qint64 suppressed = 0;
    };
    QHash<QByteArray, Window> m_windows;
};

/// Something that fails again and again: told when it begins, once a minute while it lasts, and
/// when it is over. Knows no clock.
class Outage
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds interval{60};

    struct Report {
        /// Since it began.
        qint64 failures = 0;
        std::chrono::seconds lasted{0};
    };
    /// What is to be told of it now, if anything is.
    [[nodiscard]] std::optional<Report> failed(Moment now);
    [[nodiscard]] std::optional<Report> worked(Moment now);
    [[nodiscard]] bool isOn() const { return m_failures > 0; }

private:
    [[nodiscard]] Report report(Moment now) const;

    qint64 m_failures = 0;
    Moment m_began;
    Moment m_told;
};

/// What a gateway tells its operator: logEvent(), bounded in what a flood of one kind can write.
/// All functions from any thread.
class Logbook
{
public:
    /// Debug lines are not bounded: who asks for them wants all. `kind` tells apart what would
    /// otherwise crowd out another of the same event; there must be few.
    void write(LogLevel level, const char *event, std::initializer_list<LogField> fields,
        const QByteArray &kind = {});
    /// Tells how much was not written; to be called now and then, and at the end.
    void tellSuppressed();
    void finish();
    /// Whether a line of that level goes anywhere.
    [[nodiscard]] static bool isOn(LogLevel level);

private:
    void tellSuppressedUntil(LineLimiter::Moment moment);

    std::mutex m_mutex;
    LineLimiter m_limiter;
};

} // namespace tocsin
