// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>

/// Runs a command to its end, which must be a good one.
inline void run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0) {
        qFatal("%s: %s%s", qPrintable(program), process.readAllStandardError().constData(),
            qPrintable(process.errorString()));
    }
}

/// NetworkManager's interface, on a system bus of the test's own, which must have a network of its
/// own as well (unshare --net), where changing addresses harms nobody.
class NetworkManager
{
public:
    /// NMState.
    enum class State { Disconnected = 20, Connecting = 40, Global = 70 };

    /// Before anything asks for the bus. There is a network at first.
    void start()
    {
        run(QStringLiteral("ip"), {"link", "set", "lo", "up"});
        const QString socket = m_directory.filePath(QStringLiteral("bus"));
        QFile config(m_directory.filePath(QStringLiteral("bus.conf")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<busconfig><type>system</type><listen>unix:path=" + socket.toUtf8()
            + "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow user=\"*\"/>"
              "<allow own=\"*\"/><allow send_type=\"method_call\"/><allow send_destination=\"*\"/>"
              "<allow receive_type=\"method_call\"/><allow receive_type=\"method_return\"/>"
              "<allow receive_type=\"error\"/><allow receive_type=\"signal\"/></policy>"
              "</busconfig>");
        config.close();
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + socket.toUtf8());
        m_bus.start(QStringLiteral("dbus-daemon"),
            {"--config-file=" + config.fileName(), "--nofork", "--nopidfile"});
        QTRY_VERIFY(QFile::exists(socket));
        // The system's Python: the first one on PATH may not know Debian's modules.
        m_manager.start(QStringLiteral("/usr/bin/python3"),
            {"-m", "dbusmock", "--system", "--template", "networkmanager"});
        run(QStringLiteral("gdbus"),
            {"wait", "--system", "--timeout", "20", "org.freedesktop.NetworkManager"});
        say(State::Global);
    }
    void stop()
    {
        for (QProcess *const process : std::array{&m_manager, &m_bus}) {
            process->kill();
            QVERIFY(process->waitForFinished());
        }
    }
    static void say(State state)
    {
        run(QStringLiteral("gdbus"),
            {"call", "--system", "-d", "org.freedesktop.NetworkManager", "-o",
                "/org/freedesktop/NetworkManager", "-m",
                "org.freedesktop.DBus.Mock.SetGlobalConnectionState",
                QStringLiteral("uint32 %1").arg(int(state))});
    }
    /// `what`: "add" or "del". Documentation's (RFC 5737), and this machine's while it is added.
    static void address(const QString &what)
    {
        run(QStringLiteral("ip"), {"address", what, "192.0.2.7/32", "dev", "lo"});
    }

private:
    QTemporaryDir m_directory;
    QProcess m_bus;
    QProcess m_manager;
};
