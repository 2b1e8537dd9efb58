// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "service/servicemanager.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tocsin {

namespace {

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

ServiceManager ServiceManager::fromEnvironment()
{
    ServiceManager manager;
    manager.m_socket = takeEnvironment("NOTIFY_SOCKET");
    const qlonglong period = takeEnvironment("WATCHDOG_USEC").toLongLong();
    const QByteArray process = takeEnvironment("WATCHDOG_PID");
    if (manager.isThere() && period > 0
        && (process.isEmpty() || process.toLongLong() == ::getpid()))
        manager.m_watchdogPeriod = std::chrono::microseconds(period);
    return manager;
}

Expected<void> ServiceManager::tell(const QByteArray &state) const
{
    if (!isThere())
        return {};
    const auto failed = [this](const QString &reason) {
        return makeError(ErrorCode::Unavailable,
            QStringLiteral("%1: %2").arg(QString::fromLocal8Bit(m_socket), reason));
    };
    const auto address = socketAddress(m_socket);
    if (!address)
        return failed(QStringLiteral("This is no name of a socket."));
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    // Whoever does not read must not hold up what it watches.
    const ssize_t sent = socket < 0
        ? -1
        : ::sendto(socket, state.constData(), std::size_t(state.size()),
              MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<const sockaddr *>(&address->first),
              address->second);
    const int error = errno;
    if (socket >= 0)
        ::close(socket);
    if (sent != state.size())
        return failed(QString::fromLocal8Bit(std::strerror(error)));
    return {};
}

} // namespace tocsin
