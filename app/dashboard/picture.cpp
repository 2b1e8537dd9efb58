// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "picture.h"

#include <QImage>

using namespace Qt::StringLiterals;

namespace tocsin {

Picture::Picture(QQuickWindow &window, LiveFeed &feed, const QString &file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_feed(feed)
    , m_file(file)
{
    connect(&m_feed, &LiveFeed::liveChanged, this, &Picture::look);
    connect(m_feed.incidents(), &IncidentModel::caughtUp, this, &Picture::look);
    connect(m_feed.activity(), &IncidentActivity::changed, this, &Picture::look);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Picture::take);
    m_patience.start(patience);
    look();
}

void Picture::look()
{
    if (m_taken || !m_feed.isSettled() || m_feed.activity()->isAsking())
        return;
    // Layouts and delegates that are new take a frame to find their places.
    connect(&m_window, &QQuickWindow::frameSwapped, this, &Picture::take,
        Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
    m_window.update();
}

void Picture::take()
{
    if (std::exchange(m_taken, true))
        return;
    m_patience.stop();
    const ConnectionModel *const connections = m_feed.connections();
    const QString status = connections->count() == 0
        ? u"not connected"_s
        : connections->index(0).data(ConnectionModel::StatusNameRole).toString();
    const QString state = u"%1, %2 active"_s.arg(status).arg(m_feed.incidents()->count());
    if (m_file.isEmpty()) {
        Q_EMIT taken(m_feed.isSettled(), state);
        return;
    }
    const QImage image = m_window.grabWindow();
    if (image.isNull())
        Q_EMIT failed(u"The window cannot be rendered here."_s);
    else if (!image.save(m_file, "PNG"))
        Q_EMIT failed(u"The picture cannot be written to %1."_s.arg(m_file));
    else
        Q_EMIT taken(m_feed.isSettled(), u"Wrote %1: %2."_s.arg(m_file, state));
}

} // namespace tocsin
