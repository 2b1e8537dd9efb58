// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/filteredincidents.h"

namespace tocsin {

FilteredIncidents::FilteredIncidents(QObject *parent)
    : QObject(parent)
{
}

FilteredIncidents::~FilteredIncidents() = default;

LiveFeed *FilteredIncidents::feed() const
{
    return m_feed;
}

void FilteredIncidents::setFeed(LiveFeed *feed)
{
    if (m_feed == feed)
        return;
    if (m_feed)
        disconnect(m_feed, nullptr, this, nullptr);
    m_feed = feed;
    // Views let go of it before it is gone.
    const auto before = std::move(m_model);
    if (feed) {
        makeModel();
        connect(feed, &LiveFeed::liveChanged, this, &FilteredIncidents::noteLive);
        // Its store is gone before it is.
        connect(feed, &LiveFeed::aboutToGo, this, [this] { setFeed(nullptr); });
    }
    m_live = false;
    Q_EMIT feedChanged();
    Q_EMIT liveChanged();
    noteLive();
}

void FilteredIncidents::makeModel()
{
    m_model = std::make_unique<IncidentModel>(m_feed->store());
    m_model->setCommands(m_feed->commands());
    m_model->setOrderNumber(m_order);
    m_model->setGroupNumber(m_group);
    m_model->setMe(m_feed->commands()->me());
    connect(m_feed->commands(), &IncidentCommands::meChanged, m_model.get(),
        [this] { m_model->setMe(m_feed->commands()->me()); });
    connect(m_model.get(), &IncidentModel::caughtUp, this, &FilteredIncidents::noteLive);
    applyFilter();
}

QString FilteredIncidents::filter() const
{
    return m_filter;
}

void FilteredIncidents::setFilter(const QString &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    const auto parsed = IncidentFilter::parse(filter);
    m_filterError = parsed ? QString() : parsed.error().error.message;
    applyFilter();
    Q_EMIT filterChanged();
}

void FilteredIncidents::applyFilter()
{
    if (!m_model)
        return;
    const auto parsed = IncidentFilter::parse(m_filter);
    m_model->setFilter(parsed ? *parsed : IncidentFilter());
}

QString FilteredIncidents::filterError() const
{
    return m_filterError;
}

int FilteredIncidents::order() const
{
    return m_order;
}

void FilteredIncidents::setOrder(int order)
{
    if (m_order == order)
        return;
    m_order = order;
    if (m_model)
        m_model->setOrderNumber(order);
    Q_EMIT orderChanged();
}

int FilteredIncidents::group() const
{
    return m_group;
}

void FilteredIncidents::setGroup(int group)
{
    if (m_group == group)
        return;
    m_group = group;
    if (m_model)
        m_model->setGroupNumber(group);
    Q_EMIT groupChanged();
}

IncidentModel *FilteredIncidents::incidents() const
{
    return m_model.get();
}

bool FilteredIncidents::isLive() const
{
    return m_live;
}

void FilteredIncidents::noteLive()
{
    const bool live = m_feed && m_feed->isLive() && (m_live || !m_model->isBehind());
    if (std::exchange(m_live, live) != live)
        Q_EMIT liveChanged();
}

bool FilteredIncidents::shows(const QString &uuid)
{
    if (!m_model)
        return false;
    // A flush takes up no more than a frame does: it may wait behind thousands.
    while (m_model->rowOf(uuid) < 0 && m_model->flush()) { }
    return m_model->rowOf(uuid) >= 0;
}

} // namespace tocsin
