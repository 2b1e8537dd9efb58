// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/alarm.h"
#include "qml/preferences.h"
#include "qml/systempreferences.h"
#include "traypicture.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <array>

namespace tocsin {

/// The icon in the tray: the worst of a feed's incidents at a glance, a way back to the window, and
/// a snooze. There while the person's settings want it; where the desktop has no tray, it appears
/// once there is one. Nothing is acknowledged from here: one sees what one acknowledges.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    /// At most so often is the icon drawn anew.
    static constexpr std::chrono::milliseconds pace{200};

    /// All must outlive it; the alarm must have its settings.
    TrayIcon(
        LiveFeed &feed, Alarm &alarm, const Preferences &preferences, QObject *parent = nullptr);

    [[nodiscard]] TraySight sight() const;
    [[nodiscard]] const QSystemTrayIcon &icon() const { return m_icon; }
    [[nodiscard]] const QMenu &menu() const { return m_menu; }

private:
    void refreshLater();
    void refresh();
    void refreshMenu();

    LiveFeed &m_feed;
    Alarm &m_alarm;
    const Preferences &m_preferences;
    SystemPreferences m_system;
    // The icon goes before its menu.
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    std::array<QAction *, 3> m_snoozes{};
    QAction *m_endSnooze = nullptr;
    QTimer m_timer;
    std::optional<TraySight> m_shown;
};

} // namespace tocsin
