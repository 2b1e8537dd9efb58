// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "kiosk/refusalwatch.h"

namespace tocsin {

RefusalWatch::RefusalWatch(
    ConnectionModel &connections, std::chrono::milliseconds wait, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
{
    m_waitTimer.setSingleShot(true);
    m_waitTimer.setInterval(wait);
    m_lookTimer.setInterval(lookInterval);
    connect(&m_waitTimer, &QTimer::timeout, this, &RefusalWatch::tryAgain);
    connect(&m_lookTimer, &QTimer::timeout, this, &RefusalWatch::look);
    connect(&connections, &ConnectionModel::statusChanged, this, &RefusalWatch::noteStatus);
    connect(&connections, &ConnectionModel::countChanged, this, &RefusalWatch::noteStatus);
}

void RefusalWatch::setTokenFile(const QString &fileName)
{
    if (std::exchange(m_tokenFile, fileName) != fileName)
        m_tried = FileStamp::of(fileName);
}

void RefusalWatch::noteStatus()
{
    using enum ConnectionModel::Status;
    const auto status = m_connections.status();
    const bool hasEnded
        = m_connections.count() > 0 && (status == Offline || status == NotAuthorised);
    if (!hasEnded) {
        m_waitTimer.stop();
        m_lookTimer.stop();
    } else if (!m_waitTimer.isActive()) {
        m_waitTimer.start();
        m_lookTimer.start();
    }
}

void RefusalWatch::look()
{
    if (!m_tokenFile.isEmpty() && FileStamp::of(m_tokenFile) != m_tried)
        tryAgain();
}

void RefusalWatch::tryAgain()
{
    // Before it is read: what is written meanwhile has not been tried.
    m_tried = FileStamp::of(m_tokenFile);
    m_connections.retryNow(0);
}

} // namespace tocsin
