// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QRect>

struct xcb_connection_t;

namespace tocsin::bench {

/// An X server without a screen or a window manager, and a look at what is on it from outside.
class XScreen
{
public:
    /// Not there where Xvfb does not start.
    XScreen();
    ~XScreen();
    XScreen(const XScreen &) = delete;
    XScreen &operator=(const XScreen &) = delete;

    [[nodiscard]] bool isThere() const { return m_connection != nullptr; }
    [[nodiscard]] QString display() const { return m_display; }
    [[nodiscard]] qint64 processId() const { return m_server.processId(); }
    /// The titles of the windows.
    [[nodiscard]] QStringList titles() const;
    /// How many points of an area have a colour, 0xRRGGBB.
    [[nodiscard]] int pointsOf(unsigned colour, const QRect &area) const;

private:
    QProcess m_server;
    QString m_display;
    xcb_connection_t *m_connection = nullptr;
    unsigned m_root = 0;
};

} // namespace tocsin::bench
