// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
// The half of IncidentModel that decides which of its incidents are shown, and in which order.
#include "incidents/incidentcommands.h"
#include "incidents/incidentmodel_p.h"

#include <QPointer>
#include <QScopedValueRollback>

#include <algorithm>
#include <functional>

namespace tocsin {

// Whatever changes the rows goes through here, one after another: an answer to the one must not
// come between the steps of the other.
void IncidentModel::carryOut(const std::function<void()> &change)
{
    const auto countsBefore = d->allCounts();
    WantedRows told;
    {
        const QScopedValueRollback telling(d->telling, true);
        change();
        while (d->wanted.isAny()) {
            told.add(d->wanted);
            takeWanted();
        }
    }
    if (isBehind())
        wakeForNextFrame();
    // From here on everything is consistent, and answers are carried out at once.
    const QPointer<IncidentModel> alive(this);
    const auto tell = [&](bool isOther, void (IncidentModel::*signal)()) {
        if (isOther && alive)
            Q_EMIT std::invoke(signal, *this);
    };
    // Also where one is again what it was: who asked between has seen another.
    tell(d->allCounts() != countsBefore, &IncidentModel::countChanged);
    tell(told.filter.has_value(), &IncidentModel::filterChanged);
    tell(told.order.has_value(), &IncidentModel::orderChanged);
    tell(told.group.has_value(), &IncidentModel::groupChanged);
    tell(told.me.has_value(), &IncidentModel::meChanged);
}

void IncidentModel::carryOutWanted()
{
    if (!d->telling)
        carryOut([] { });
}

void IncidentModel::takeWanted()
{
    // All of it before anything is told, so that the getters never say what was.
    const WantedRows wanted = std::exchange(d->wanted, {});
    d->filter = wanted.filter.value_or(d->filter);
    d->order = wanted.order.value_or(d->order);
    d->group = wanted.group.value_or(d->group);
    d->me = wanted.me.value_or(d->me);
    if (!d->filter.dependsOnTime())
        d->timeTimer.stop();
    else if (!d->timeTimer.isActive())
        d->timeTimer.start();
    if (wanted.order || wanted.group)
        sortAgain();
    if (wanted.filter || (wanted.me && !d->filter.isEmpty()))
        filterAgain();
    else if (wanted.asOfNow)
        filterInPlace();
}

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
}

void IncidentModel::followTime()
{
    d->wanted.asOfNow = true;
    carryOutWanted();
}

void IncidentModel::filterInPlace()
{
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
}

const IncidentFilter &IncidentModel::filter() const
{
    return d->wanted.filter ? *d->wanted.filter : d->filter;
}

void IncidentModel::setFilter(const IncidentFilter &filter)
{
    if (this->filter() == filter)
        return;
    d->wanted.filter = filter;
    carryOutWanted();
}

incidentview::Order IncidentModel::order() const
{
    return d->wanted.order.value_or(d->order);
}

void IncidentModel::setOrder(incidentview::Order order)
{
    if (this->order() == order)
        return;
    d->wanted.order = order;
    carryOutWanted();
}

incidentview::Group IncidentModel::group() const
{
    return d->wanted.group.value_or(d->group);
}

void IncidentModel::setGroup(incidentview::Group group)
{
    if (this->group() == group)
        return;
    d->wanted.group = group;
    carryOutWanted();
}

int IncidentModel::orderNumber() const
{
    return int(order());
}

void IncidentModel::setOrderNumber(int order)
{
    if (order >= 0 && order <= int(incidentview::Order::Service))
        setOrder(incidentview::Order(order));
}

int IncidentModel::groupNumber() const
{
    return int(group());
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
    return d->wanted.me.value_or(d->me);
}

void IncidentModel::setMe(const QString &me)
{
    if (this->me() == me)
        return;
    d->wanted.me = me;
    carryOutWanted();
}

int IncidentModel::countMatching(const IncidentFilter &filter) const
{
    return int(std::ranges::count(d->known.pass(filter, d->me), 1));
}

bool IncidentModel::countOn(
    IncidentCount &count, const IncidentFilter &filter, std::chrono::milliseconds budget) const
{
    QElapsedTimer taken;
    taken.start();
    if (!count.end)
        count.end = d->known.slotCount();
    const Timestamp now = timestampNow();
    while (count.next < *count.end) {
        count.found += int(d->known.passes(filter, SearchText::Slot(count.next), now, d->me));
        ++count.next;
        // At each: over one, an expression may take a good part of it.
        if (std::chrono::nanoseconds(taken.nsecsElapsed()) >= budget)
            break;
    }
    return count.next >= *count.end;
}

void IncidentModel::forEachIncident(const std::function<void(const Incident &)> &look) const
{
    for (const IncidentRow *const row : d->all.rows())
        look(*row->incident);
}

} // namespace tocsin
