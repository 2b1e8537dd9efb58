// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"

#include <QByteArray>
#include <QTimer>

#include <optional>

namespace tocsin {

/// Which of a gateway's threads hang, judged by how much they have done between two looks.
class ThreadWatch
{
public:
    /// The names of those that have done nothing since the look before; none at the first look.
    [[nodiscard]] QByteArrayList look(const Gateway::Turns &now);

private:
    std::optional<Gateway::Turns> m_before;
};

/// Tells systemd how this service is (sd_notify(3)), where the environment says that it wants to
/// know, and nobody otherwise. One datagram each, written here: for that libsystemd, which is on no
/// other system, is not needed.
///
/// Takes what it reads out of the environment: no child is to speak for this process.
class ServiceManager : public QObject
{
public:
    explicit ServiceManager(QObject *parent = nullptr);
    ~ServiceManager() override;

    /// It serves, and how it is in a sentence.
    void tellReady(const QString &status);
    void tellReloading();
    void tellReloaded();
    void tellStopping();

    /// Feeds the watchdog, where there is one, for as long as the gateway's threads turn, and this
    /// one with its event loop; what hangs is told in the log. The gateway must live longer, or
    /// until tellStopping().
    void watch(Gateway &gateway);

private:
    void look(Gateway &gateway);
    void send(const QByteArray &state);

    QByteArray m_address;
    int m_socket = -1;
    bool m_hasFailed = false;
    std::chrono::microseconds m_watchdogInterval{0};
    ThreadWatch m_threads;
    QByteArrayList m_hanging;
    QTimer m_look;
};

} // namespace tocsin
