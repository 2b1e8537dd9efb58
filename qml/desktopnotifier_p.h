// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/alarmnotifier.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QSet>
#include <QStringList>

#include <deque>

class QDBusPendingCallWatcher;

namespace tocsin {

/// Shows notifications over D-Bus (Desktop Notifications Specification 1.2, org.freedesktop.
/// Notifications). Never waits for the service: what is to be shown while it is not there is shown
/// when it has come, unless it is closed before; one that ended is asked for again then.
class DesktopNotifier final : public AlarmNotifier
{
    Q_OBJECT

public:
    DesktopNotifier();

    void show(AlarmCall::Id id, const AlarmNotice &notice) override;
    void close(AlarmCall::Id id) override;
    [[nodiscard]] QString fault() const override;

private Q_SLOTS:
    // D-Bus signals reach slots by name only.
    void takeAction(uint serverId, const QString &action);
    void takeToken(uint serverId, const QString &token);
    void takeClosed(uint serverId, uint reason);

private:
    enum class Service {
        /// It has not answered yet.
        Asked,
        Present,
        Absent,
    };
    struct Waiting {
        AlarmCall::Id id;
        AlarmNotice notice;
    };
    void askForService();
    void noteEnd();
    void setService(Service service, const QString &fault);
    void say(QString &which, const QString &fault);
    void send(AlarmCall::Id id, const AlarmNotice &notice);
    void takeId(AlarmCall::Id id, QDBusPendingCallWatcher &call);
    void closeShown(uint serverId);
    [[nodiscard]] QDBusPendingCallWatcher *call(
        const QString &method, const QVariantList &arguments);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    Service m_service = Service::Asked;
    QString m_serviceFault;
    // Why it did not take the last one; empty where it did.
    QString m_refusal;
    QStringList m_capabilities;
    // For when the service is there.
    std::deque<Waiting> m_waiting;
    // The service has not said yet under which number it shows them.
    QSet<AlarmCall::Id> m_sent;
    QSet<AlarmCall::Id> m_closeWhenShown;
    QHash<uint, AlarmCall::Id> m_shown;
    uint m_tokenOf = 0;
    QString m_token;
};

} // namespace tocsin
