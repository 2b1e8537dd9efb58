// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace tocsin::bench {

/// The table of what was measured, a line at once for each figure; and whether a goal was missed.
class Figures
{
public:
    /// Goals: at most, or at least.
    void atMost(const QString &what, double figure, double goal, const QString &unit);
    void atLeast(const QString &what, double figure, double goal, const QString &unit);
    /// Without a goal.
    void note(const QString &what, double figure, const QString &unit);
    void notMeasured(const QString &what, const QString &why);

    [[nodiscard]] int missed() const { return m_missed; }
    [[nodiscard]] int unmeasured() const { return m_unmeasured; }

private:
    int m_missed = 0;
    int m_unmeasured = 0;
};

} // namespace tocsin::bench
