// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QVariantMap>

/// A session bus of the test's own, which is this process's from its making on.
class SessionBus
{
public:
    SessionBus()
    {
        const QString socket = m_directory.filePath(QStringLiteral("bus"));
        m_address = QStringLiteral("unix:path=") + socket;
        m_daemon.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                QStringLiteral("--address=") + m_address});
        [&] { QTRY_VERIFY(QFile::exists(socket)); }();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toUtf8());
    }
    ~SessionBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    [[nodiscard]] QString address() const { return m_address; }

private:
    QTemporaryDir m_directory;
    QProcess m_daemon;
    QString m_address;
};

/// A desktop's notification service on a connection of its own, which writes down what it is asked
/// for and says what the test tells it to.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        uint id;
        QString application;
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };

    explicit NotificationService(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("service")))
    {
        QVERIFY(m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    }
    ~NotificationService() override
    {
        m_bus.unregisterObject(QStringLiteral("/org/freedesktop/Notifications"));
        disappear();
    }

    void appear() { QVERIFY(m_bus.registerService(name)); }
    void disappear() { m_bus.unregisterService(name); }

    QStringList capabilities{
        QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    QList<Shown> shown;
    QList<uint> closed;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &application, uint, const QString &, const QString &summary,
        const QString &body, const QStringList &actions, const QVariantMap &hints, int)
    {
        shown.append({++m_lastId, application, summary, body, actions, hints});
        return m_lastId;
    }
    void CloseNotification(uint id)
    {
        closed.append(id);
        Q_EMIT NotificationClosed(id, 3);
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);

private:
    const QString name = QStringLiteral("org.freedesktop.Notifications");
    QDBusConnection m_bus;
    uint m_lastId = 100;
};
