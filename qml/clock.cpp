// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/clock.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace tocsin {

namespace {

using namespace std::chrono;

seconds secondsBetween(const QDateTime &since, const QDateTime &now)
{
    return seconds(std::max<qint64>(since.secsTo(now), 0));
}

QDateTime presentSecond()
{
    return QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch());
}

} // namespace

Clock::Clock(QObject *parent)
    : QObject(parent)
    , m_now(presentSecond())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Clock::tick);
    tick();
}

QDateTime Clock::now() const
{
    return m_now;
}

void Clock::tick()
{
    // Aligned to whole seconds, so that all ages on all screens of a room turn together.
    m_timer.start(milliseconds(1000 - QDateTime::currentMSecsSinceEpoch() % 1000));
    const QDateTime now = presentSecond();
    if (m_now == now)
        return;
    m_now = now;
    Q_EMIT nowChanged();
}

QString Clock::age(const QDateTime &since, const QDateTime &now) const
{
    if (!since.isValid())
        return {};
    const seconds passed = secondsBetween(since, now);
    if (passed < minutes(1))
        return tr("%1 s").arg(passed.count());
    if (passed < hours(1))
        return tr("%1 min").arg(duration_cast<minutes>(passed).count());
    const auto wholeHours = duration_cast<hours>(passed);
    if (passed < days(1)) {
        const auto rest = duration_cast<minutes>(passed - wholeHours);
        return tr("%1 h %2 min").arg(wholeHours.count()).arg(rest.count(), 2, 10, QChar(u'0'));
    }
    const auto wholeDays = duration_cast<days>(passed);
    const auto rest = duration_cast<hours>(passed - wholeDays);
    return rest == hours(0) ? tr("%1 d").arg(wholeDays.count())
                            : tr("%1 d %2 h").arg(wholeDays.count()).arg(rest.count());
}

QString Clock::spokenAge(const QDateTime &since, const QDateTime &now) const
{
    if (!since.isValid())
        return {};
    const seconds passed = secondsBetween(since, now);
    if (passed < minutes(1))
        return passed == seconds(1) ? tr("1 second") : tr("%1 seconds").arg(passed.count());
    if (passed < hours(1)) {
        const auto count = duration_cast<minutes>(passed).count();
        return count == 1 ? tr("1 minute") : tr("%1 minutes").arg(count);
    }
    if (passed < days(1)) {
        const auto count = duration_cast<hours>(passed).count();
        return count == 1 ? tr("1 hour") : tr("%1 hours").arg(count);
    }
    const auto count = duration_cast<days>(passed).count();
    return count == 1 ? tr("1 day") : tr("%1 days").arg(count);
}

QString Clock::moment(const QDateTime &when, const QDateTime &now) const
{
    if (!when.isValid())
        return {};
    const QDateTime local = when.toLocalTime();
    QString time = local.time().toString(QStringLiteral("HH:mm:ss"));
    if (local.date() == now.toLocalTime().date())
        return time;
    return tr("%1, %2").arg(QLocale().toString(local.date(), QLocale::ShortFormat), time);
}

} // namespace tocsin
