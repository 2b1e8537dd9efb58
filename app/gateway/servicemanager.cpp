// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "servicemanager.h"

#include "gateway/logline.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tocsin {

namespace {

// Four looks a watchdog's interval: one that comes in the middle of a long transaction, or of a
// Redis that does not answer, may find nothing done since the last.
constexpr int looksAnInterval = 4;

QByteArray takeEnvironment(const char *name)
{
    QByteArray value = qgetenv(name);
    qunsetenv(name);
    return value;
}

/// A path, or a name in the abstract namespace, which begins with `@`.
std::optional<std::pair<sockaddr_un, socklen_t>> socketAddress(const QByteArray &name)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (name.size() < 2 || std::size_t(name.size()) >= sizeof address.sun_path
        || (name[0] != '/' && name[0] != '@'))
        return std::nullopt;
    std::memcpy(address.sun_path, name.constData(), std::size_t(name.size()));
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    return std::pair(
        address, socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(name.size())));
}

} // namespace

QByteArrayList ThreadWatch::look(const Gateway::Turns &now)
{
    QByteArrayList hanging;
    if (m_before) {
        if (now.sockets == m_before->sockets)
            hanging.append("sockets");
        if (now.log == m_before->log)
            hanging.append("log");
    }
    m_before = now;
    return hanging;
}

ServiceManager::ServiceManager(QObject *parent)
    : QObject(parent)
    , m_address(takeEnvironment("NOTIFY_SOCKET"))
{
    const qint64 interval = takeEnvironment("WATCHDOG_USEC").toLongLong();
    const QByteArray process = takeEnvironment("WATCHDOG_PID");
    if (m_address.isEmpty())
        return;
    if (interval > 0
        && (process.isEmpty() || process.toLongLong() == QCoreApplication::applicationPid()))
        m_watchdogInterval = std::chrono::microseconds(interval);
    m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

ServiceManager::~ServiceManager()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

void ServiceManager::tellReady(const QString &status)
{
    send("READY=1\nSTATUS=" + status.toUtf8());
}

void ServiceManager::tellReloading()
{
    // With the moment, by which systemd tells an answer to this reload from an earlier one.
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
    send("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

void ServiceManager::tellReloaded()
{
    send("READY=1");
}

void ServiceManager::tellStopping()
{
    m_look.stop();
    send("STOPPING=1\nSTATUS=Writing what was taken");
}

void ServiceManager::watch(Gateway &gateway)
{
    if (m_watchdogInterval.count() == 0)
        return;
    m_look.setInterval(
        std::chrono::ceil<std::chrono::milliseconds>(m_watchdogInterval / looksAnInterval));
    connect(&m_look, &QTimer::timeout, this, [this, &gateway] { look(gateway); });
    m_look.start();
    look(gateway);
}

void ServiceManager::look(Gateway &gateway)
{
    const QByteArrayList hanging = m_threads.look(gateway.turns());
    if (hanging.isEmpty())
        send("WATCHDOG=1");
    else
        logEvent(LogLevel::Debug, "watchdog.unfed", {});
    if (hanging == m_hanging)
        return;
    if (hanging.isEmpty()) {
        logEvent(LogLevel::Info, "watchdog.turning", {});
    } else {
        logEvent(LogLevel::Warning, "watchdog.hanging",
            {{"threads", QString::fromLatin1(hanging.join(','))},
                {"consequence",
                    "The service manager is told nothing, and will restart the gateway."}});
    }
    m_hanging = hanging;
}

void ServiceManager::send(const QByteArray &state)
{
    if (m_address.isEmpty() || m_hasFailed)
        return;
    const auto address = socketAddress(m_address);
    if (address && m_socket >= 0
        && ::sendto(m_socket, state.constData(), std::size_t(state.size()), MSG_NOSIGNAL,
               reinterpret_cast<const sockaddr *>(&address->first), address->second)
            == state.size())
        return;
    // Once: what could not be told now cannot be told every few seconds.
    m_hasFailed = true;
    logEvent(LogLevel::Warning, "service.untold",
        {{"socket", QString::fromLocal8Bit(m_address)},
            {"error",
                address ? QString::fromLocal8Bit(std::strerror(errno))
                        : QStringLiteral("This is no name of a socket.")},
            {"consequence", "The service manager does not know how this service is."}});
}

} // namespace tocsin
