// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWindow>

#include <chrono>

namespace tocsin {

/// Whether a window can be seen. Hidden means minimised, on another desktop or not shown, and
/// steadily so: a window that is only covered, or not the active one, is seen.
class TOCSIN_QML_EXPORT WindowWatch : public QObject
{
    Q_OBJECT

public:
    /// How long a window must have been hidden before it counts as such.
    static constexpr std::chrono::seconds steady{5};

    explicit WindowWatch(QObject *parent = nullptr);

    /// Without a window, and until it was first on the screen, everything counts as seen.
    void setWindow(QWindow *window);
    [[nodiscard]] bool isVisible() const;

Q_SIGNALS:
    void visibleChanged(bool visible);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look();
    void setVisible(bool visible);

    QPointer<QWindow> m_window;
    QTimer m_hidden;
    bool m_wasSeen = false;
    bool m_visible = true;
};

} // namespace tocsin
