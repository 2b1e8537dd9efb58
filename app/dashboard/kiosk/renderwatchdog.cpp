// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/renderwatchdog.h"

#include <algorithm>

namespace tocsin {

RenderWatchdog::RenderWatchdog(ServiceManager manager, QObject *parent)
    : QObject(parent)
    , m_manager(std::move(manager))
{
    connect(&m_timer, &QTimer::timeout, this, &RenderWatchdog::look);
    if (const auto period = m_manager.watchdogPeriod())
        m_timer.start(std::max(std::chrono::milliseconds(1),
            std::chrono::duration_cast<std::chrono::milliseconds>(*period / 2)));
}

void RenderWatchdog::watch(QQuickWindow &window)
{
    const auto frames = std::make_shared<std::atomic<unsigned>>(0);
    m_watched.push_back({&window, frames, 0});
    connect(
        &window, &QQuickWindow::frameSwapped, this, [frames] { ++*frames; }, Qt::DirectConnection);
    connect(&window, &QQuickWindow::frameSwapped, this, [this] {
        if (std::exchange(m_ready, true))
            return;
        tell("READY=1\nSTATUS=Showing\n");
    });
}

void RenderWatchdog::look()
{
    std::erase_if(m_watched, [](const Watched &watched) { return !watched.window; });
    bool draws = true;
    for (Watched &watched : m_watched) {
        const unsigned frames = *watched.frames;
        // Nobody sees it: a screen that is off, or a workspace that is not shown.
        if (watched.window->isExposed() && frames == watched.seen)
            draws = false;
        watched.seen = frames;
        // Where nothing changes, nothing is drawn by itself.
        watched.window->update();
    }
    if (draws)
        tell("WATCHDOG=1\n");
}

void RenderWatchdog::tell(const QByteArray &state)
{
    m_manager.tell(state);
    Q_EMIT told(state);
}

} // namespace tocsin
