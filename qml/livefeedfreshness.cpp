// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Whether what LiveFeed shows is what the server knows, as of when it is, and why not now.
#include "qml/livefeed.h"

#include "client/monotonicclock.h"
#include "client/socketclient.h"
#include "incidents/incidentfeed.h"

namespace tocsin {

namespace {

/// How far the clock on the wall is before the one that nobody sets.
std::chrono::milliseconds clockAhead()
{
    using std::chrono::milliseconds;
    return milliseconds(QDateTime::currentMSecsSinceEpoch())
        - std::chrono::duration_cast<milliseconds>(monotonicNow().time_since_epoch());
}

} // namespace

void LiveFeed::noteLive()
{
    const bool isConnected = m_connections.isLive();
    if (isConnected && !isLive()) {
        // A server that sends no list has confirmed nothing of the one that was kept.
        m_store.dropPresumed();
        m_omitted = 0;
        // Not before the rows are what it has said: they are a frame behind, and many are more.
        m_isArriving = m_incidents.isBehind();
        if (!m_isArriving)
            becomeLive();
    } else if (!isConnected && (isLive() || (m_isArriving && !m_incidents.isBehind()))) {
        becomeAged();
    }
    noteCalm();
    noteTrouble();
}

void LiveFeed::becomeLive()
{
    m_cache.noteLive();
    m_activity.refresh();
    m_standing = Standing::Live;
    m_clockAhead = clockAhead();
    m_clockTimer.start();
    takeHeardSince();
    Q_EMIT liveChanged();
}

void LiveFeed::becomeAged()
{
    m_isArriving = false;
    m_standing = Standing::Aged;
    m_lastLive = asOf();
    m_cache.noteAged(m_lastLive);
    m_clockAhead = clockAhead();
    m_clockTimer.start();
    takeHeardSince();
    // First: whoever hears of it looks whether it is calm.
    noteCalm();
    Q_EMIT liveChanged();
}

void LiveFeed::noteHeardSince()
{
    if (!takeHeardSince())
        return;
    noteCalm();
    Q_EMIT liveChanged();
}

// What is not live is as of a moment anyway; and a gateway has not sent its list yet.
bool LiveFeed::takeHeardSince()
{
    const QDateTime moment = isLive() && m_feed ? m_feed->heardSince() : QDateTime();
    if (std::exchange(m_heardSince, moment) == moment)
        return false;
    m_doubts.setHeardSince(moment);
    return true;
}

void LiveFeed::noteAge()
{
    // What the server has confirmed by now is not in the rows yet: these are as old as they were.
    if (m_standing != Standing::Aged || m_isArriving)
        return;
    const QDateTime asOfNow = asOf();
    if (m_lastLive != asOfNow)
        setLastLive(asOfNow);
}

void LiveFeed::setLastLive(const QDateTime &lastLive)
{
    m_lastLive = lastLive;
    m_cache.noteAged(lastLive);
    Q_EMIT liveChanged();
}

// How old the list is does not change with it: a clock that is set back would make it new. Nor does
// for how long it has been calm: one that is set forward would claim a month.
void LiveFeed::followClock()
{
    const auto ahead = clockAhead();
    const auto set = ahead - std::exchange(m_clockAhead, ahead);
#ifndef Q_OS_LINUX
    // The other clock may stand while the machine sleeps, which looks the same: rather too old than
    // too new.
    if (set.count() > 0)
        return;
#endif
    // It drifts, and the two are not read at once.
    if (std::chrono::abs(set) <= std::chrono::seconds(1))
        return;
    if (!isLive()) {
        setLastLive(m_lastLive.addMSecs(set.count()));
        return;
    }
    noteHeardSince();
    // What was counted by the hour stands at other hours now.
    m_activity.refresh();
    if (!isCalm())
        return;
    m_calmSince = m_calmSince.addMSecs(set.count());
    Q_EMIT calmChanged();
}

// Of the room that was not confirmed for longest: after a suspend that was hours ago, not now.
QDateTime LiveFeed::asOf() const
{
    QDateTime oldest = QDateTime::currentDateTime();
    if (const SocketClient *const client = m_connection.client()) {
        const QStringList rooms = m_connection.rooms();
        for (const QString &room : rooms) {
            if (const QDateTime verified = client->roomLastVerified(room); verified.isValid())
                oldest = std::min(oldest, verified.toLocalTime());
        }
    }
    return oldest;
}

void LiveFeed::noteTrouble()
{
    QString sentence = [this]() -> QString {
        if (isLive())
            return {};
        if (!problem().isEmpty())
            return problem();
        if (m_connections.count() == 0)
            return tr("No server is set.");
        if (m_connection.rooms().isEmpty())
            return tr("No room is set: the server is asked for nothing.");
        for (int row = 0; row < m_connections.count(); ++row) {
            const QModelIndex index = m_connections.index(row);
            const QString name = index.data(ConnectionModel::AddressRole).toString();
            QString error = index.data(ConnectionModel::ErrorTextRole).toString();
            if (!error.isEmpty())
                return error;
            switch (index.data(ConnectionModel::StatusRole).value<ConnectionModel::Status>()) {
            case ConnectionModel::Status::Live:
            case ConnectionModel::Status::CatchingUp:
                return tr("%1 is sending the list of incidents.").arg(name);
            case ConnectionModel::Status::Connecting: return tr("Connecting to %1.").arg(name);
            case ConnectionModel::Status::Reconnecting:
                return tr("The connection to %1 was lost.").arg(name);
            case ConnectionModel::Status::Offline: return tr("Not connected to %1.").arg(name);
            case ConnectionModel::Status::NotAuthorised:
                return tr("%1 does not accept the token.").arg(name);
            }
        }
        return {};
    }();
    if (m_omitted > 0)
        sentence += u' ' + tr("%L1 more were open then, and are not in this list.").arg(m_omitted);
    if (std::exchange(m_trouble, sentence) != sentence)
        Q_EMIT troubleChanged();
}

void LiveFeed::noteCalm()
{
    // The model is up to a frame behind the store; calm is when both have nothing.
    const bool calm = isLive() && !isPartial() && m_store.size() == 0 && m_incidents.count() == 0;
    if (calm == m_calmSince.isValid())
        return;
    m_calmSince = calm ? QDateTime::currentDateTime() : QDateTime();
    Q_EMIT calmChanged();
}

} // namespace tocsin
