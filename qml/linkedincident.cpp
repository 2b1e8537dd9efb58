// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/linkedincident.h"

namespace tocsin {

LinkedIncident::LinkedIncident(QObject *parent)
    : QObject(parent)
{
    m_lookTimer.setSingleShot(true);
    m_lookTimer.setInterval(0);
    connect(&m_lookTimer, &QTimer::timeout, this, &LinkedIncident::look);
}

ServerDeck *LinkedIncident::deck() const
{
    return m_deck;
}

void LinkedIncident::setDeck(ServerDeck *deck)
{
    if (m_deck == deck)
        return;
    if (m_deck)
        m_deck->disconnect(this);
    m_deck = deck;
    // Told when one becomes live, and also when one comes or goes.
    if (deck)
        connect(deck, &ServerDeck::stateChanged, this, &LinkedIncident::follow);
    Q_EMIT deckChanged();
    follow();
}

QString LinkedIncident::notice() const
{
    return m_notice;
}

void LinkedIncident::open(const QString &uuid)
{
    m_wanted = uuid;
    setNotice({});
    follow();
}

void LinkedIncident::dismiss()
{
    open({});
}

void LinkedIncident::follow()
{
    if (!m_lookTimer.isActive())
        m_lookTimer.start();
}

/// Whether it may be there now is asked with every change, but only for as long as one is looked
/// for.
void LinkedIncident::listen(bool on)
{
    for (int row = 0; m_deck && row < m_deck->rowCount(); ++row) {
        IncidentStore &store = m_deck->feedAt(row)->store();
        if (on)
            connect(&store, &IncidentStore::changed, this, &LinkedIncident::follow,
                Qt::UniqueConnection);
        else
            store.disconnect(this);
    }
}

void LinkedIncident::look()
{
    listen(!m_wanted.isEmpty());
    if (!m_deck || m_wanted.isEmpty())
        return;
    bool resolved = false;
    for (int row = 0; row < m_deck->rowCount(); ++row) {
        LiveFeed *const feed = m_deck->feedAt(row);
        if (feed->store().find(m_wanted)) {
            // The rows are a frame behind.
            feed->incidents()->flush();
            const QString uuid = m_wanted;
            dismiss();
            Q_EMIT found(m_deck->index(row).data(ServerDeck::KeyRole).toString(), uuid);
            return;
        }
        resolved = resolved || feed->store().wasResolved(m_wanted);
    }
    if (resolved) {
        dismiss();
        setNotice(tr("The linked incident is resolved."));
    } else if (m_deck->isLive()) {
        // It is waited for still: a link can be faster than the incident.
        setNotice(
            tr("The linked incident is not among those that are active here. It may be resolved, "
               "or at another server."));
    } else {
        setNotice(tr("The linked incident is looked for as soon as all servers are live."));
    }
}

void LinkedIncident::setNotice(const QString &notice)
{
    if (std::exchange(m_notice, notice) != notice)
        Q_EMIT noticeChanged();
}

} // namespace tocsin
