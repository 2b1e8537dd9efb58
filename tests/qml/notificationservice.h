// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDir>
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
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_directory.path());
        m_daemon.setProcessEnvironment(environment);
        [this] { QVERIFY(QDir().mkpath(m_directory.filePath(servicesPath))); }();
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

    /// Has the bus start a service that somebody asks for: isStarted() says that it would have
    /// been, and whoever takes the name then is it.
    void startWhenAsked(const QString &name)
    {
        QFile file(serviceFile(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        // The bus waits for the name until the program ends.
        file.write("[D-BUS Service]\nName=" + name.toUtf8() + "\nExec=/bin/sh -c \"touch '"
            + startedFile().toUtf8() + "'; exec sleep 20\"\n");
        file.close();
        reload();
    }
    void startNoMore(const QString &name)
    {
        QVERIFY(QFile::remove(serviceFile(name)));
        QFile::remove(startedFile());
        reload();
    }
    [[nodiscard]] bool isStarted() const { return QFile::exists(startedFile()); }

private:
    [[nodiscard]] QString serviceFile(const QString &name) const
    {
        return m_directory.filePath(
            servicesPath + QLatin1Char('/') + name + QStringLiteral(".service"));
    }
    [[nodiscard]] QString startedFile() const
    {
        return m_directory.filePath(QStringLiteral("started"));
    }
    void reload()
    {
        const QString bus = QStringLiteral("org.freedesktop.DBus");
        const auto answer = QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(
            bus, QStringLiteral("/org/freedesktop/DBus"), bus, QStringLiteral("ReloadConfig")));
        QCOMPARE(answer.type(), QDBusMessage::ReplyMessage);
    }

    const QString servicesPath = QStringLiteral("dbus-1/services");
    QTemporaryDir m_directory;
    QProcess m_daemon;
    QString m_address;
};

/// A desktop's notification service on a connection of its own, which writes down what it is asked
/// for and says what the test tells it to.
class NotificationService : public QObject, protected QDBusContext
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

    const QString name = QStringLiteral("org.freedesktop.Notifications");

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

    /// It shows nothing, and says so.
    bool refuses = false;
    QStringList capabilities{
        QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    QList<Shown> shown;
    QList<uint> closed;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &application, uint, const QString &, const QString &summary,
        const QString &body, const QStringList &actions, const QVariantMap &hints, int)
    {
        if (refuses) {
            sendErrorReply(
                QStringLiteral("org.freedesktop.Notifications.Error.ExcessNotificationGeneration"),
                QStringLiteral("Too many similar notifications"));
            return 0;
        }
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
    QDBusConnection m_bus;
    uint m_lastId = 100;
};
