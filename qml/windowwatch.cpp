// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/windowwatch.h"

#include <QEvent>

namespace tocsin {

WindowWatch::WindowWatch(QObject *parent)
    : QObject(parent)
{
    m_hidden.setSingleShot(true);
    m_hidden.setInterval(steady);
    connect(&m_hidden, &QTimer::timeout, this, [this] { setVisible(false); });
}

void WindowWatch::setWindow(QWindow *window)
{
    if (m_window == window)
        return;
    if (m_window) {
        m_window->removeEventFilter(this);
        m_window->disconnect(this);
    }
    m_window = window;
    m_wasSeen = false;
    if (window) {
        window->installEventFilter(this);
        connect(window, &QWindow::visibilityChanged, this, &WindowWatch::look);
    }
    look();
}

bool WindowWatch::isVisible() const
{
    return m_visible;
}

bool WindowWatch::eventFilter(QObject *watched, QEvent *event)
{
    // The window knows of its exposure only once it has handled the event, so look after it.
    if (event->type() == QEvent::Expose)
        QMetaObject::invokeMethod(this, &WindowWatch::look, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void WindowWatch::look()
{
    const bool seen = !m_window
        || (m_window->isExposed() && m_window->visibility() != QWindow::Minimized
            && m_window->visibility() != QWindow::Hidden);
    m_wasSeen = m_wasSeen || (m_window && seen);
    if (seen || !m_wasSeen) {
        m_hidden.stop();
        setVisible(true);
    } else if (m_visible && !m_hidden.isActive()) {
        m_hidden.start();
    }
}

void WindowWatch::setVisible(bool visible)
{
    if (std::exchange(m_visible, visible) != visible)
        Q_EMIT visibleChanged(visible);
}

} // namespace tocsin
