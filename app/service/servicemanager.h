// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace tocsin {

/// The service manager that started this program, told how it goes by the protocol of sd_notify(3):
/// datagrams to the socket that NOTIFY_SOCKET names. Without one nothing is told. Written here, as
/// libsystemd is on no other system.
class ServiceManager
{
public:
    /// Reads the environment, and takes out of it what the program's children must not use.
    [[nodiscard]] static ServiceManager fromEnvironment();

    /// There is one.
    [[nodiscard]] bool isThere() const { return !m_socket.isEmpty(); }
    /// `state`: lines such as "READY=1". Done where there is nobody to be told.
    Expected<void> tell(const QByteArray &state) const;
    /// It wants to hear "WATCHDOG=1" at least that often; nothing: it does not.
    [[nodiscard]] std::optional<std::chrono::microseconds> watchdogPeriod() const
    {
        return m_watchdogPeriod;
    }

private:
    QByteArray m_socket;
    std::optional<std::chrono::microseconds> m_watchdogPeriod;
};

} // namespace tocsin
