// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QRect>
#include <QTimer>

class QWindow;

namespace tocsin {

/// Where the window was, and how large, for the next start. Where the desktop places windows by
/// itself (Wayland), only the size.
class WindowPlace : public QObject
{
    Q_OBJECT

public:
    static constexpr QSize smallest{320, 320};

    /// Gives the window, which is not on the screen yet, the place that was kept in `file` (empty:
    /// in the person's settings), and keeps the one that it has from then on. It must outlive this.
    explicit WindowPlace(QWindow &window, QString file = {}, QObject *parent = nullptr);
    /// Keeps what is not kept yet.
    ~WindowPlace() override;

    /// What of `kept` is on one of the screens; the whole size, where that has room for it. Nothing
    /// where it is on none.
    [[nodiscard]] static QRect within(const QRect &kept, const QList<QRect> &screens);

private:
    void restore();
    void note();
    void keep();

    QWindow &m_window;
    const QString m_file;
    QTimer m_timer;
    QRect m_place;
    bool m_maximized = false;
    bool m_isKept = true;
};

} // namespace tocsin
