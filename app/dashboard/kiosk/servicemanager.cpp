// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/servicemanager.h"

#include <QtGlobal>

#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tocsin {

ServiceManager ServiceManager::fromEnvironment()
{
    ServiceManager manager;
    manager.m_socket = qgetenv("NOTIFY_SOCKET");
    const qlonglong period = qgetenv("WATCHDOG_USEC").toLongLong();
    const QByteArray process = qgetenv("WATCHDOG_PID");
    if (period > 0 && (process.isEmpty() || process.toLongLong() == ::getpid()))
        manager.m_watchdogPeriod = std::chrono::microseconds(period);
    for (const char *name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
        qunsetenv(name);
    return manager;
}

bool ServiceManager::tell(const QByteArray &state) const
{
    sockaddr_un address = {};
    if (m_socket.size() < 2 || std::size_t(m_socket.size()) >= sizeof(address.sun_path))
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(
        static_cast<char *>(address.sun_path), m_socket.constData(), std::size_t(m_socket.size()));
    // A name that begins with @ is in the abstract namespace, where it begins with a zero.
    if (address.sun_path[0] == '@')
        address.sun_path[0] = 0;
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(m_socket.size()));
    const ssize_t sent = ::sendto(socket, state.constData(), std::size_t(state.size()),
        MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<const sockaddr *>(&address), length);
    ::close(socket);
    return sent == state.size();
}

} // namespace tocsin
