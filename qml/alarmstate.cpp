// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/snooze.h"
#include "qml/alarm.h"

// What an Alarm says of itself.

namespace tocsin {

namespace {

QString endText(const QDateTime &until, const QDateTime &now)
{
    const QString time = until.toString(QStringLiteral("HH:mm"));
    return until.date() == now.date() ? time : Alarm::tr("tomorrow %1").arg(time);
}

// A switch that is on calls nobody where nothing is chosen, or nothing can be heard.

bool hearsIncidents(const AlarmSettings &settings)
{
    return settings.isSoundOn() && settings.soundBits() != 0 && settings.volume() > 0;
}

bool showsIncidents(const AlarmSettings &settings)
{
    return settings.isNotificationsOn() && settings.notificationBits() != 0;
}

} // namespace

bool Alarm::isSnoozed() const
{
    return m_snoozed;
}

QString Alarm::snoozeEndText() const
{
    return m_snoozed ? endText(m_settings->snoozedUntil(), QDateTime::currentDateTime())
                     : QString();
}

QString Alarm::endOf(int length, const QDateTime &now) const
{
    return endText(tocsin::snoozeEnd(SnoozeFor(length), now), now);
}

Alarm::State Alarm::state() const
{
    if (!m_settings || (!hearsIncidents(*m_settings) && !showsIncidents(*m_settings)))
        return State::Off;
    if (m_snoozed)
        return State::Snoozed;
    return soundFault().isEmpty() && notificationFault().isEmpty() ? State::Ready : State::Faulty;
}

QString Alarm::summary() const
{
    switch (state()) {
    case State::Off: return tr("Sound and notifications are off.");
    case State::Snoozed: return tr("Snoozed until %1.").arg(snoozeEndText());
    case State::Faulty: {
        QStringList faults{soundFault(), notificationFault()};
        faults.removeAll(QString());
        return faults.join(u' ');
    }
    case State::Ready: break;
    }
    if (!showsIncidents(*m_settings))
        return tr("Sound is on, notifications are off.");
    return hearsIncidents(*m_settings) ? tr("Sound and notifications are on.")
                                       : tr("Notifications are on, sound is off.");
}

QString Alarm::label() const
{
    switch (state()) {
    case State::Snoozed: return tr("until %1").arg(snoozeEndText());
    case State::Faulty: break;
    case State::Off:
    case State::Ready: return {};
    }
    if (soundFault().isEmpty())
        return tr("No notifications");
    const bool other = showsIncidents(*m_settings) && notificationFault().isEmpty();
    return other ? tr("No sound") : tr("Cannot call");
}

QString Alarm::soundFault() const
{
    return isReady() && m_sound && hearsIncidents(*m_settings) ? m_sound->fault() : QString();
}

QString Alarm::notificationFault() const
{
    return isReady() && m_notifier && showsIncidents(*m_settings) ? m_notifier->fault() : QString();
}

} // namespace tocsin
