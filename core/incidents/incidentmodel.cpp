// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"

#include "incidents/incidentcommands.h"
#include "incidents/incidentmodel_p.h"
#include "incidents/incidentroles_p.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace tocsin {

namespace {

// How long one frame may be spent on changes; what is left waits for the next.
constexpr std::chrono::milliseconds frameBudget{8};
constexpr std::size_t changesBetweenLooks = 4'000;
// More changes than this are told as one range: a view asks each range about all that it shows, and
// thousands of them cost it more than looking at its few rows once.
constexpr std::size_t mostRanges = 64;
// How often a filter that depends on time is applied anew.
constexpr std::chrono::seconds timeInterval{1};

constexpr auto nothing = [](auto...) { };

} // namespace

IncidentModel::IncidentModel(IncidentStore &store, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<IncidentModelPrivate>())
{
    d->store = &store;
    d->timer.setSingleShot(true);
    d->timer.setTimerType(Qt::PreciseTimer);
    connect(&d->timer, &QTimer::timeout, this, &IncidentModel::flush);
    d->timeTimer.setInterval(timeInterval);
    connect(&d->timeTimer, &QTimer::timeout, this, &IncidentModel::followTime);
    connect(&store, &IncidentStore::changed, this, &IncidentModel::noteChange);
    connect(&store, &IncidentStore::removed, this, &IncidentModel::noteRemoval);
    store.forEach([this](const Incident &incident, const auto &...) { noteNew(incident.uuid); });
    flush();
}

IncidentModel::~IncidentModel() = default;

void IncidentModel::noteChange(const Incident &incident, IncidentRoles roles)
{
    if (IncidentRow *const row = d->known.find(incident)) {
        row->changes.add(roles);
        note(*row);
        return;
    }
    IncidentRow *const row = d->known.find(incident.uuid);
    if (!row) {
        noteNew(incident.uuid);
        return;
    }
    // It was removed since the last frame, and came again.
    Incident before = *row->incident;
    d->known.replace(*row, d->store->share(incident.uuid));
    row->changes.add(takeChanges(before, incident));
    row->gone = false;
    note(*row);
}

void IncidentModel::noteRemoval(const QString &uuid)
{
    if (IncidentRow *const row = d->known.find(uuid)) {
        row->gone = true;
        note(*row);
    }
}

void IncidentModel::noteShownOtherwise(const QString &uuid)
{
    if (IncidentRow *const row = d->known.find(uuid)) {
        row->changes.add(pendingRoles);
        note(*row);
    }
}

void IncidentModel::noteNew(const QString &uuid)
{
    if (d->pendingNew.contains(uuid))
        return;
    d->pendingNew.insert(uuid);
    d->pending.push_back({.row = nullptr, .uuid = uuid});
    wakeForNextFrame();
}

void IncidentModel::note(IncidentRow &row)
{
    if (std::exchange(row.noted, true))
        return;
    d->pending.push_back({.row = &row, .uuid = {}});
    wakeForNextFrame();
}

void IncidentModel::wakeForNextFrame()
{
    // What is told has an end, and that wakes.
    if (!d->telling && !d->timer.isActive())
        d->timer.start(d->untilNextFrame());
}

bool IncidentModel::isBehind() const
{
    return !d->pending.empty();
}

bool IncidentModel::flush()
{
    if (d->telling)
        return false;
    d->timer.stop();
    const bool wasBehind = isBehind();
    const QPointer<IncidentModel> alive(this);
    carryOut([this] { applyFrame(); });
    if (alive && wasBehind && !isBehind())
        Q_EMIT caughtUp();
    return wasBehind;
}

void IncidentModel::applyFrame()
{
    // From its beginning, or a frame would be longer by what is done in it.
    d->sinceFlush.start();
    std::size_t done = 0;
    while (
        done < d->pending.size() && (done == 0 || !d->sinceFlush.hasExpired(frameBudget.count()))) {
        const std::size_t end = std::min(done + changesBetweenLooks, d->pending.size());
        applyPending(done, end);
        done = end;
    }
    d->pending.erase(d->pending.begin(), d->pending.begin() + qsizetype(done));
}

void IncidentModel::applyPending(std::size_t begin, std::size_t end)
{
    std::vector<IncidentRow *> gone;
    std::vector<QString> added;
    std::vector<IncidentRow *> moved;
    std::vector<IncidentRow *> hidden;
    std::vector<IncidentRow *> found;
    std::vector<ChangedRow> changedRows;
    std::vector<IncidentRow *> raised;
    std::vector<IncidentRow *> lowered;
    const bool textDecides = !d->filter.isEmpty() && d->filter.readsOnlyText();
    for (std::size_t i = begin; i < end; ++i) {
        const NotedIncident &noted = d->pending[i];
        if (!noted.row) {
            d->pendingNew.remove(noted.uuid);
            added.push_back(noted.uuid);
            continue;
        }
        IncidentRow &row = *noted.row;
        row.noted = false;
        IncidentRoles roles = std::exchange(row.changes, {});
        if (row.gone)
            gone.push_back(&row);
        if (row.gone || roles.isEmpty())
            continue;
        const bool otherText = roles.intersects(textRoles);
        if (roles.intersects(sectionRoles(d->group)))
            roles.add({IncidentModel::SectionRole});
        const Severity before = row.severity;
        if (roles.intersects({IncidentModel::SeverityRole})) {
            row.severity = row.incident->severity;
            d->counts.remove(before);
            d->counts.add(row.severity);
            if (row.severity != before)
                (row.severity < before ? raised : lowered).push_back(&row);
        }
        if (otherText)
            d->known.changeText(row);
        if (roles.intersects(placeRoles) && d->keyOf(*row.incident) != row.key)
            moved.push_back(&row);
        const bool passes = textDecides && !otherText ? row.shown : d->passes(row);
        if (row.shown) {
            d->shownCounts.remove(before);
            d->shownCounts.add(row.severity);
            if (passes)
                changedRows.emplace_back(d->shown.placeOf(row), roles);
            else
                hidden.push_back(&row);
        } else if (passes) {
            found.push_back(&row);
        }
    }
    announceChanges(std::move(changedRows));
    hideRows(hidden);
    for (IncidentRow *const row : moved)
        moveToPlace(*row);
    showRows(found);
    removeIncidents(gone);
    insertIncidents(added);
    announceSeverities(raised, lowered);
}

void IncidentModel::announceChanges(std::vector<ChangedRow> changedRows)
{
    if (changedRows.size() > mostRanges) {
        const auto [first, last] = std::ranges::minmax_element(changedRows, {}, &ChangedRow::first);
        IncidentRoles roles;
        for (const ChangedRow &changed : changedRows)
            roles.add(changed.second);
        Q_EMIT dataChanged(index(first->first), index(last->first), roles.toList());
        return;
    }
    std::ranges::sort(changedRows, {}, &ChangedRow::first);
    for (std::size_t i = 0; i < changedRows.size();) {
        std::size_t last = i;
        while (last + 1 < changedRows.size()
            && changedRows[last + 1].first == changedRows[last].first + 1
            && changedRows[last + 1].second == changedRows[i].second) {
            ++last;
        }
        Q_EMIT dataChanged(index(changedRows[i].first), index(changedRows[last].first),
            changedRows[i].second.toList());
        i = last + 1;
    }
}

void IncidentModel::announceSeverities(
    const std::vector<IncidentRow *> &raised, const std::vector<IncidentRow *> &lowered)
{
    const auto places = [this](const std::vector<IncidentRow *> &rows) {
        QList<int> found;
        for (IncidentRow *const row : rows) {
            if (row->shown)
                found.append(d->shown.placeOf(*row));
        }
        return found;
    };
    const QList<int> up = places(raised);
    const QList<int> down = places(lowered);
    if (!up.isEmpty() || !down.isEmpty())
        Q_EMIT severitiesChanged(up, down);
}

void IncidentModel::moveToPlace(IncidentRow &row)
{
    const IncidentKey before = row.key;
    const IncidentKey after = d->keyOf(*row.incident);
    d->all.move(row, after, nothing, nothing);
    if (!row.shown)
        return;
    row.key = before;
    d->shown.move(
        row, after, [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
        [this] { endMoveRows(); });
}

void IncidentModel::removeIncidents(const std::vector<IncidentRow *> &rows)
{
    std::vector<IncidentRow *> visible;
    std::ranges::copy_if(rows, std::back_inserter(visible), &IncidentRow::shown);
    hideRows(visible);
    d->all.remove(rows, nothing, nothing);
    for (const IncidentRow *const row : rows) {
        d->counts.remove(row->severity);
        // A view that answered the changes before may have changed it again.
        if (row->noted)
            d->noteWithoutRow(*row);
        d->known.remove(*row);
    }
}

void IncidentModel::insertIncidents(const std::vector<QString> &uuids)
{
    std::vector<IncidentRow *> added;
    std::vector<IncidentRow *> visible;
    added.reserve(uuids.size());
    for (const QString &uuid : uuids) {
        // A view that answered the changes before may have changed the store.
        const std::shared_ptr<const Incident> incident = d->store->share(uuid);
        if (!incident || d->known.find(uuid))
            continue;
        IncidentRow &row = d->known.add(incident, d->keyOf(*incident));
        d->counts.add(row.severity);
        added.push_back(&row);
        if (d->passes(row))
            visible.push_back(&row);
    }
    d->all.insert(std::move(added), nothing, nothing);
    showRows(visible);
}

void IncidentModel::showRows(const std::vector<IncidentRow *> &rows)
{
    for (IncidentRow *const row : rows) {
        row->shown = true;
        d->shownCounts.add(row->severity);
    }
    d->shown.insert(
        rows, [this](int first, int last) { beginInsertRows({}, first, last); },
        [this] { endInsertRows(); });
}

void IncidentModel::hideRows(const std::vector<IncidentRow *> &rows)
{
    for (IncidentRow *const row : rows) {
        row->shown = false;
        d->shownCounts.remove(row->severity);
    }
    d->shown.remove(
        rows, [this](int first, int last) { beginRemoveRows({}, first, last); },
        [this] { endRemoveRows(); });
}

int IncidentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->shown.size());
}

QVariant IncidentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Incident &incident = *d->shown.at(index.row()).incident;
    if (role == SectionRole)
        return sectionOf(incident, d->group);
    const auto pending
        = d->commands ? d->commands->pendingOf(incident.uuid) : std::optional<CommandKind>();
    if (role == PendingRole)
        return pending ? int(*pending) : -1;
    return pending ? valueFor(d->commands->shown(incident), role) : valueFor(incident, role);
}

QHash<int, QByteArray> IncidentModel::roleNames() const
{
    return incidentRoleNames();
}

int IncidentModel::count() const
{
    return int(d->all.size());
}

int IncidentModel::shownCount() const
{
    return int(d->shown.size());
}

int IncidentModel::hiddenCount() const
{
    return int(d->all.size() - d->shown.size());
}

int IncidentModel::hiddenCriticalCount() const
{
    return d->counts.of(Severity::Critical) - d->shownCounts.of(Severity::Critical);
}

int IncidentModel::criticalCount() const
{
    return d->counts.of(Severity::Critical);
}

int IncidentModel::warningCount() const
{
    return d->counts.of(Severity::Warning);
}

int IncidentModel::unknownCount() const
{
    return d->counts.of(Severity::Unknown);
}

int IncidentModel::infoCount() const
{
    return d->counts.of(Severity::Info);
}

int IncidentModel::rowOf(const QString &uuid) const
{
    const IncidentRow *const row = d->known.find(uuid);
    if (!row || !row->shown)
        return -1;
    const int place = d->shown.place(row->key);
    // Of several that come, some are not there yet while the first are told.
    return place < int(d->shown.size()) && &d->shown.at(place) == row ? place : -1;
}

} // namespace tocsin
