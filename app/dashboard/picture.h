// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/livefeed.h"

#include <QQuickWindow>
#include <QTimer>

namespace tocsin {

/// Waits until a window shows what its server knows, or until it has waited long enough, and then
/// makes a picture of whatever it shows.
class Picture : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds patience{10};

    /// No picture is made where `file` is empty.
    Picture(QQuickWindow &window, LiveFeed &feed, const QString &file, QObject *parent = nullptr);

Q_SIGNALS:
    /// `live`: the window shows what its server knows.
    void taken(bool live, const QString &sentence);
    void failed(const QString &sentence);

private:
    void look();
    void take();

    QQuickWindow &m_window;
    LiveFeed &m_feed;
    QString m_file;
    QTimer m_patience;
    bool m_taken = false;
};

} // namespace tocsin
