// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "figures.h"

#include <cstdio>

namespace tocsin::bench {

namespace {

void line(
    const QString &what, double figure, const QString &unit, const QString &goal, const char *word)
{
    std::printf("  %-58s %12.2f %-10s %-16s %s\n", qPrintable(what), figure, qPrintable(unit),
        qPrintable(goal), word);
}

QString words(const char *bound, double goal)
{
    return QStringLiteral("%1 %2").arg(QLatin1StringView(bound)).arg(goal);
}

} // namespace

void Figures::atMost(const QString &what, double figure, double goal, const QString &unit)
{
    const bool kept = figure <= goal;
    m_missed += kept ? 0 : 1;
    line(what, figure, unit, words("at most", goal), kept ? "ok" : "MISSED");
}

void Figures::atLeast(const QString &what, double figure, double goal, const QString &unit)
{
    const bool kept = figure >= goal;
    m_missed += kept ? 0 : 1;
    line(what, figure, unit, words("at least", goal), kept ? "ok" : "MISSED");
}

void Figures::note(const QString &what, double figure, const QString &unit)
{
    line(what, figure, unit, {}, "");
}

void Figures::notMeasured(const QString &what, const QString &why)
{
    ++m_unmeasured;
    std::printf("  %-58s not measured: %s\n", qPrintable(what), qPrintable(why));
}

} // namespace tocsin::bench
