// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "service/servicemanager.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QTimer>

#include <atomic>
#include <memory>

namespace tocsin {

/// Tells the service manager that the pictures go on: only while every window that can be seen has
/// drawn a frame since it was last told. A program whose loop turns and whose screen stands still
/// is started again like one that hangs.
class RenderWatchdog : public QObject
{
    Q_OBJECT

public:
    explicit RenderWatchdog(ServiceManager manager, QObject *parent = nullptr);

    /// Says that the program is ready once the first window has drawn.
    void watch(QQuickWindow &window);
    /// Looks now, as it does by itself twice in the time that the manager waits.
    void look();

Q_SIGNALS:
    /// For tests: what was told.
    void told(const QByteArray &state);

private:
    struct Watched {
        QPointer<QQuickWindow> window;
        // Counted in the thread that draws.
        std::shared_ptr<std::atomic<unsigned>> frames;
        unsigned seen = 0;
    };
    void tell(const QByteArray &state);

    ServiceManager m_manager;
    std::vector<Watched> m_watched;
    QTimer m_timer;
    bool m_ready = false;
};

} // namespace tocsin
