// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
// The half of IncidentModel that decides which of its incidents are shown, and in which order.
#include "incidents/incidentcommands.h"
#include "incidents/incidentmodel_p.h"

#include <algorithm>

namespace tocsin {

void IncidentModel::sortAgain()
{
    beginResetModel();
    for (IncidentRow *const row : d->all.rows())
        row->key = d->keyOf(*row->incident);
    d->all.sort();
    std::vector<IncidentRow *> shown;
    shown.reserve(d->shown.size());
    std::ranges::copy_if(d->all.rows(), std::back_inserter(shown), &IncidentRow::shown);
    d->shown.replace(std::move(shown));
    endResetModel();
}

void IncidentModel::filterAgain()
{
    const auto countsBefore = d->allCounts();
    const std::vector<char> passes = d->known.pass(d->filter, d->me);
    beginResetModel();
    std::vector<IncidentRow *> shown;
    d->shownCounts = {};
    for (IncidentRow *const row : d->all.rows()) {
        row->shown = passes[row->slot] != 0;
        if (!row->shown)
            continue;
        shown.push_back(row);
        d->shownCounts.add(row->severity);
    }
    d->shown.replace(std::move(shown));
    endResetModel();
    if (d->allCounts() != countsBefore)
        Q_EMIT countChanged();
}

void IncidentModel::followTime()
{
    const auto countsBefore = d->allCounts();
    const std::vector<char> passes = d->known.pass(d->filter, d->me);
    std::vector<IncidentRow *> hidden;
    std::vector<IncidentRow *> found;
    for (IncidentRow *const row : d->all.rows()) {
        const bool now = passes[row->slot] != 0;
        if (now != row->shown)
            (now ? found : hidden).push_back(row);
    }
    hideRows(hidden);
    showRows(found);
    if (d->allCounts() != countsBefore)
        Q_EMIT countChanged();
}

const IncidentFilter &IncidentModel::filter() const
{
    return d->filter;
}

void IncidentModel::setFilter(const IncidentFilter &filter)
{
    if (d->filter == filter)
        return;
    d->filter = filter;
    if (!filter.dependsOnTime())
        d->timeTimer.stop();
    else if (!d->timeTimer.isActive())
        d->timeTimer.start();
    filterAgain();
    Q_EMIT filterChanged();
}

incidentview::Order IncidentModel::order() const
{
    return d->order;
}

void IncidentModel::setOrder(incidentview::Order order)
{
    if (std::exchange(d->order, order) == order)
        return;
    sortAgain();
    Q_EMIT orderChanged();
}

incidentview::Group IncidentModel::group() const
{
    return d->group;
}

void IncidentModel::setGroup(incidentview::Group group)
{
    if (std::exchange(d->group, group) == group)
        return;
    sortAgain();
    Q_EMIT groupChanged();
}

int IncidentModel::orderNumber() const
{
    return int(d->order);
}

void IncidentModel::setOrderNumber(int order)
{
    if (order >= 0 && order <= int(incidentview::Order::Service))
        setOrder(incidentview::Order(order));
}

int IncidentModel::groupNumber() const
{
    return int(d->group);
}

void IncidentModel::setGroupNumber(int group)
{
    if (group >= 0 && group <= int(incidentview::Group::Source))
        setGroup(incidentview::Group(group));
}

void IncidentModel::setCommands(const IncidentCommands *commands)
{
    d->commands = commands;
    // With the next frame, which brings the change that ended the command as well: told at once,
    // the row would fall back to what was before for a moment.
    connect(commands, &IncidentCommands::shownChanged, this, &IncidentModel::noteShownOtherwise);
}

QList<int> IncidentModel::screens(double height, double heading, int most) const
{
    QList<int> starts{0};
    double used = 0;
    QString before;
    for (int row = 0; row < shownCount(); ++row) {
        QString section = sectionOf(*d->shown.at(row).incident, d->group);
        const bool begins = section != before && d->group != incidentview::Group::None;
        before = std::move(section);
        const double needed = begins ? 1 + heading : 1;
        // As the sum of heights has it, which are no whole numbers.
        if (row > starts.constLast() && used + needed > height + 0.01) {
            starts.append(row);
            if (starts.size() > most)
                return starts;
            used = 0;
        }
        used += needed;
    }
    starts.append(shownCount());
    return starts;
}

QString IncidentModel::me() const
{
    return d->me;
}

void IncidentModel::setMe(const QString &me)
{
    if (std::exchange(d->me, me) == me)
        return;
    if (!d->filter.isEmpty())
        filterAgain();
    Q_EMIT meChanged();
}

int IncidentModel::countMatching(const IncidentFilter &filter) const
{
    return int(std::ranges::count(d->known.pass(filter, d->me), 1));
}

void IncidentModel::forEachIncident(const std::function<void(const Incident &)> &look) const
{
    for (const IncidentRow *const row : d->all.rows())
        look(*row->incident);
}

} // namespace tocsin
