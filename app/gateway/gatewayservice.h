// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"
#include "service/servicemanager.h"

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

/// What the service manager is told of the gateway.
class GatewayService : public QObject
{
public:
    explicit GatewayService(ServiceManager manager, QObject *parent = nullptr);

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

    ServiceManager m_manager;
    /// It was last.
    bool m_isUntold = false;
    ThreadWatch m_threads;
    QByteArrayList m_hanging;
    QTimer m_look;
};

} // namespace tocsin
