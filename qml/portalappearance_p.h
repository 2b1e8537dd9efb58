// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/desktopappearance.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

namespace tocsin {

/// Asks the settings portal (org.freedesktop.portal.Settings, namespace
/// org.freedesktop.appearance), and follows what it tells. Never waits for it.
class PortalAppearance final : public DesktopAppearance
{
    Q_OBJECT

public:
    PortalAppearance();

private Q_SLOTS:
    // D-Bus signals reach slots by name only.
    void takeSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void ask();

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
};

} // namespace tocsin
