// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "trayicon.h"

#include "incidents/snooze.h"

#include <QCoreApplication>
#include <QGuiApplication>

namespace tocsin {

TrayIcon::TrayIcon(LiveFeed &feed, Alarm &alarm, const Preferences &preferences, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
    , m_alarm(alarm)
    , m_preferences(preferences)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pace);
    connect(&m_timer, &QTimer::timeout, this, &TrayIcon::refresh);

    m_menu.addAction(tr("Show Tocsin"), this, [this] { m_alarm.raiseWindow({}); });
    m_menu.addSeparator();
    for (const SnoozeFor length : {SnoozeFor::QuarterHour, SnoozeFor::Hour, SnoozeFor::Morning}) {
        m_snoozes[std::size_t(length)]
            = m_menu.addAction(QString(), this, [this, length] { m_alarm.snooze(int(length)); });
    }
    m_endSnooze = m_menu.addAction(QString(), this, [this] { m_alarm.endSnooze(); });
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit"), this, &QCoreApplication::quit);
    connect(&m_menu, &QMenu::aboutToShow, this, &TrayIcon::refreshMenu);
    connect(&alarm, &Alarm::snoozedChanged, this, &TrayIcon::refreshMenu);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this,
        [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                m_alarm.raiseWindow({});
        });

    connect(feed.incidents(), &IncidentModel::countChanged, this, &TrayIcon::refreshLater);
    // A loss is shown at once: an icon that is calm a moment too long is wrong.
    connect(&feed, &LiveFeed::liveChanged, this, &TrayIcon::refresh);
    connect(&alarm, &Alarm::snoozedChanged, this, &TrayIcon::refresh);
    connect(alarm.settings(), &AlarmSettings::trayChanged, this, &TrayIcon::refresh);
    connect(&preferences, &Preferences::valuesChanged, this, &TrayIcon::refresh);
    connect(&m_system, &SystemPreferences::appearanceChanged, this, &TrayIcon::refresh);
    refreshMenu();
    refresh();
}

TraySight TrayIcon::sight() const
{
    const IncidentModel &incidents = *m_feed.incidents();
    const QString contrast = m_preferences.contrast();
    const bool high = contrast == u"high" || (contrast != u"normal" && m_system.isHighContrast());
    return {.list = m_feed.isPartial() ? TraySight::List::Partial
            : m_feed.isLive()          ? TraySight::List::Live
                                       : TraySight::List::NotLive,
        .counts = {incidents.criticalCount(), incidents.warningCount(), incidents.unknownCount(),
            incidents.infoCount()},
        .calls = m_alarm.isSnoozed() ? TraySight::Calls::Snoozed : TraySight::Calls::On,
        .contrast = high ? Contrast::High : Contrast::Normal,
        .vision
        = m_preferences.colorVision() == u"limited" ? ColorVision::Limited : ColorVision::Usual};
}

void TrayIcon::refreshLater()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void TrayIcon::refresh()
{
    m_timer.stop();
    if (m_feed.isLive() && !m_feed.isSettled()) {
        // The rows are a frame behind; what they do not show yet must not look calm.
        refreshLater();
        if (m_feed.incidents()->count() == 0)
            return;
    }
    const TraySight now = sight();
    if (m_shown != now) {
        m_shown = now;
        m_icon.setIcon(trayIcon(now));
        m_icon.setToolTip(
            tr("%1: %2").arg(QGuiApplication::applicationDisplayName(), trayText(now)));
    }
    m_icon.setVisible(m_alarm.settings()->isTrayOn());
}

void TrayIcon::refreshMenu()
{
    const bool snoozed = m_alarm.isSnoozed();
    const QDateTime now = QDateTime::currentDateTime();
    m_snoozes[0]->setText(tr("Snooze for 15 minutes"));
    m_snoozes[1]->setText(tr("Snooze for 1 hour"));
    m_snoozes[2]->setText(tr("Snooze until %1").arg(m_alarm.endOf(int(SnoozeFor::Morning), now)));
    m_endSnooze->setVisible(snoozed);
    m_endSnooze->setText(tr("End the snooze (until %1)").arg(m_alarm.snoozeEndText()));
}

} // namespace tocsin
