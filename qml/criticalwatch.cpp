// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/criticalwatch.h"

namespace tocsin {

LiveFeed *CriticalWatch::feed() const
{
    return m_feed;
}

void CriticalWatch::setFeed(LiveFeed *feed)
{
    if (m_feed == feed)
        return;
    if (m_feed) {
        disconnect(m_feed, nullptr, this, nullptr);
        disconnect(&m_feed->store(), nullptr, this, nullptr);
    }
    m_feed = feed;
    m_open.clear();
    m_armed = false;
    if (feed) {
        const IncidentStore &store = feed->store();
        store.forEach([this](const Incident &incident, const QStringList &) { note(incident); });
        connect(&store, &IncidentStore::changed, this, &CriticalWatch::note);
        connect(&store, &IncidentStore::removed, this, &CriticalWatch::forget);
        connect(feed, &LiveFeed::liveChanged, this, &CriticalWatch::arm);
        connect(feed, &LiveFeed::aboutToGo, this, [this] { setFeed(nullptr); });
        arm();
    }
    Q_EMIT feedChanged();
    Q_EMIT countChanged();
}

int CriticalWatch::count() const
{
    return int(m_open.size());
}

void CriticalWatch::arm()
{
    if (m_feed->isLive())
        m_armed = true;
    // Another server, or the same from the beginning: what it has is not new for being told anew.
    else if (!m_feed->isUnconfirmed() && !m_feed->lastLive().isValid())
        m_armed = false;
}

void CriticalWatch::note(const Incident &incident)
{
    if (incident.severity != Severity::Critical || incident.status != IncidentStatus::Open)
        return forget(incident.uuid);
    if (m_open.contains(incident.uuid))
        return;
    m_open.insert(incident.uuid);
    Q_EMIT countChanged();
    if (!m_armed)
        return;
    // Once all that follow the store know of it as well.
    QMetaObject::invokeMethod(
        this,
        [this, uuid = incident.uuid] {
            if (m_open.contains(uuid))
                Q_EMIT appeared(uuid);
        },
        Qt::QueuedConnection);
}

void CriticalWatch::forget(const QString &uuid)
{
    if (m_open.remove(uuid))
        Q_EMIT countChanged();
}

} // namespace tocsin
