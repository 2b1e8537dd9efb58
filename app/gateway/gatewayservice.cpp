// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewayservice.h"

#include "gateway/logline.h"

#include <ctime>

namespace tocsin {

namespace {

// Four looks a watchdog's interval: one that comes in the middle of a long transaction, or of a
// Redis that does not answer, may find nothing done since the last.
constexpr int looksAnInterval = 4;

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

GatewayService::GatewayService(ServiceManager manager, QObject *parent)
    : QObject(parent)
    , m_manager(std::move(manager))
{
}

void GatewayService::tellReady(const QString &status)
{
    send("READY=1\nSTATUS=" + status.toUtf8());
}

void GatewayService::tellReloading()
{
    // With the moment, by which systemd tells an answer to this reload from an earlier one.
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
    send("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

void GatewayService::tellReloaded()
{
    send("READY=1");
}

void GatewayService::tellStopping()
{
    m_look.stop();
    send("STOPPING=1\nSTATUS=Writing what was taken");
}

void GatewayService::watch(Gateway &gateway)
{
    const auto period = m_manager.watchdogPeriod();
    if (!period)
        return;
    m_look.setInterval(std::chrono::ceil<std::chrono::milliseconds>(*period / looksAnInterval));
    connect(&m_look, &QTimer::timeout, this, [this, &gateway] { look(gateway); });
    m_look.start();
    look(gateway);
}

void GatewayService::look(Gateway &gateway)
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

void GatewayService::send(const QByteArray &state)
{
    // Tried again each time, as a manager may be busy; but said once.
    const auto told = m_manager.tell(state);
    if (std::exchange(m_isUntold, !told.has_value()) || told)
        return;
    logEvent(LogLevel::Warning, "service.untold",
        {{"error", told.error().message},
            {"consequence", "The service manager does not know how this service is."}});
}

} // namespace tocsin
