// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "windowplace.h"

#include "qml/settingsfile_p.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWindow>

#include <algorithm>

namespace tocsin {

namespace {

// A window that is moved changes with each step.
constexpr std::chrono::milliseconds rest{500};

} // namespace

WindowPlace::WindowPlace(QWindow &window, QString file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_file(std::move(file))
{
    restore();
    m_timer.setSingleShot(true);
    m_timer.setInterval(rest);
    connect(&m_timer, &QTimer::timeout, this, &WindowPlace::keep);
    for (const auto changed :
        {&QWindow::xChanged, &QWindow::yChanged, &QWindow::widthChanged, &QWindow::heightChanged})
        connect(&window, changed, this, &WindowPlace::note);
    connect(&window, &QWindow::visibilityChanged, this, &WindowPlace::note);
}

WindowPlace::~WindowPlace()
{
    keep();
}

QRect WindowPlace::within(const QRect &kept, const QList<QRect> &screens)
{
    if (!kept.isValid())
        return {};
    const auto shared = [&kept](const QRect &screen) {
        const QRect common = screen.intersected(kept);
        return qint64(common.width()) * common.height();
    };
    const auto screen = std::ranges::max_element(screens, {}, shared);
    if (screen == screens.end() || shared(*screen) == 0)
        return {};
    QRect place(kept.topLeft(), kept.size().expandedTo(smallest).boundedTo(screen->size()));
    place.moveLeft(std::clamp(place.left(), screen->left(), screen->right() + 1 - place.width()));
    place.moveTop(std::clamp(place.top(), screen->top(), screen->bottom() + 1 - place.height()));
    return place;
}

void WindowPlace::restore()
{
    const auto kept = settingsIn(m_file);
    QList<QRect> screens;
    for (const QScreen *const screen : QGuiApplication::screens())
        screens.append(screen->availableGeometry());
    m_place = within(kept->value("window/place").toRect(), screens);
    m_maximized = kept->value("window/maximized").toBool();
    if (!m_place.isEmpty())
        m_window.setGeometry(m_place);
    if (m_maximized)
        m_window.setWindowStates(Qt::WindowMaximized);
}

void WindowPlace::note()
{
    // Minimised, or in the tray, it comes back as it was.
    const auto visibility = m_window.visibility();
    if (visibility != QWindow::Windowed && visibility != QWindow::Maximized)
        return;
    const bool maximized = visibility == QWindow::Maximized;
    const QRect place = maximized ? m_place : m_window.geometry();
    if (maximized == m_maximized && place == m_place)
        return;
    m_maximized = maximized;
    m_place = place;
    m_isKept = false;
    m_timer.start();
}

void WindowPlace::keep()
{
    if (std::exchange(m_isKept, true))
        return;
    const auto kept = settingsIn(m_file);
    kept->setValue("window/place", m_place);
    kept->setValue("window/maximized", m_maximized);
}

} // namespace tocsin
