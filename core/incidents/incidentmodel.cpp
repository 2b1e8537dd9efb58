// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"

#include "incidents/bidi.h"

#include "incidents/incidentcommands.h"
#include "incidents/incidentmodel_p.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds frame{16};
// How long one frame may be spent on changes; what is left waits for the next.
constexpr std::chrono::milliseconds frameBudget{8};
constexpr std::size_t changesBetweenLooks = 1'000;
// How often a filter that depends on time is applied anew.
constexpr std::chrono::seconds timeInterval{1};

constexpr std::array roleTable{
    std::pair{IncidentModel::UuidRole, "uuid"},
    std::pair{IncidentModel::TitleRole, "title"},
    std::pair{IncidentModel::SeverityRole, "severity"},
    std::pair{IncidentModel::SeverityNameRole, "severityName"},
    std::pair{IncidentModel::StatusRole, "status"},
    std::pair{IncidentModel::StatusNameRole, "statusName"},
    std::pair{IncidentModel::CreatedAtRole, "createdAt"},
    std::pair{IncidentModel::UpdatedAtRole, "updatedAt"},
    std::pair{IncidentModel::VersionRole, "version"},
    std::pair{IncidentModel::SourceRole, "source"},
    std::pair{IncidentModel::ServiceRole, "service"},
    std::pair{IncidentModel::AssigneeRole, "assignee"},
    std::pair{IncidentModel::AcknowledgedByRole, "acknowledgedBy"},
    std::pair{IncidentModel::CountRole, "reportCount"},
    std::pair{IncidentModel::LabelsRole, "labels"},
    std::pair{IncidentModel::AnnotationsRole, "annotations"},
    std::pair{IncidentModel::LinksRole, "links"},
    std::pair{IncidentModel::SectionRole, "section"},
    std::pair{IncidentModel::PendingRole, "pending"},
};

QVariantMap toVariantMap(const QMap<QString, QString> &map)
{
    QVariantMap result;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        result.insert(it.key(), it.value());
    return result;
}

QVariantList toVariantList(const QList<Link> &links)
{
    QVariantList result;
    for (const Link &link : links) {
        result.append(
            QVariantMap{{QStringLiteral("title"), link.title}, {QStringLiteral("url"), link.url}});
    }
    return result;
}

QVariant toVariant(const std::optional<Timestamp> &timestamp)
{
    return timestamp ? QVariant(toDateTime(*timestamp)) : QVariant();
}

QVariant valueFor(const Incident &incident, int role)
{
    switch (role) {
    case IncidentModel::UuidRole: return incident.uuid;
    case Qt::DisplayRole:
    case IncidentModel::TitleRole: return withoutTurns(incident.title);
    case IncidentModel::SeverityRole: return int(incident.severity);
    case IncidentModel::SeverityNameRole: return enumQString(incident.severity);
    case IncidentModel::StatusRole: return int(incident.status);
    case IncidentModel::StatusNameRole: return enumQString(incident.status);
    case IncidentModel::CreatedAtRole: return toVariant(incident.createdAt);
    case IncidentModel::UpdatedAtRole: return toVariant(incident.updatedAt);
    case IncidentModel::VersionRole: return incident.version;
    case IncidentModel::SourceRole: return withoutTurns(incident.source);
    case IncidentModel::ServiceRole: return withoutTurns(incident.service);
    case IncidentModel::AssigneeRole: return withoutTurns(incident.assignee);
    case IncidentModel::AcknowledgedByRole: return isolated(incident.acknowledgedBy);
    case IncidentModel::CountRole: return incident.count;
    case IncidentModel::LabelsRole: return toVariantMap(incident.labels);
    case IncidentModel::AnnotationsRole: return toVariantMap(incident.annotations);
    case IncidentModel::LinksRole: return toVariantList(incident.links);
    default: return {};
    }
}

/// The roles in which two states of one incident differ.
QList<int> changedRoles(const Incident &before, const Incident &after)
{
    QList<int> roles;
    const auto check = [&](const auto &left, const auto &right, auto... affected) {
        if (!(left == right))
            (roles.append(int(affected)), ...);
    };
    using Model = IncidentModel;
    check(before.title, after.title, Model::TitleRole, Qt::DisplayRole);
    check(before.severity, after.severity, Model::SeverityRole, Model::SeverityNameRole);
    check(before.status, after.status, Model::StatusRole, Model::StatusNameRole);
    check(before.createdAt, after.createdAt, Model::CreatedAtRole);
    check(before.updatedAt, after.updatedAt, Model::UpdatedAtRole);
    check(before.version, after.version, Model::VersionRole);
    check(before.source, after.source, Model::SourceRole);
    check(before.service, after.service, Model::ServiceRole);
    check(before.assignee, after.assignee, Model::AssigneeRole);
    check(before.acknowledgedBy, after.acknowledgedBy, Model::AcknowledgedByRole);
    check(before.count, after.count, Model::CountRole);
    check(before.labels, after.labels, Model::LabelsRole);
    check(before.annotations, after.annotations, Model::AnnotationsRole);
    check(before.links, after.links, Model::LinksRole);
    return roles;
}

/// What a pending command changes on the screen.
void addPendingRoles(QList<int> &roles)
{
    using Model = IncidentModel;
    for (const int role : {Model::PendingRole, Model::StatusRole, Model::StatusNameRole,
             Model::AssigneeRole, Model::AcknowledgedByRole}) {
        if (!roles.contains(role))
            roles.append(role);
    }
}

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
    connect(&store, &IncidentStore::changed, this,
        [this](const Incident &incident) { noteIncident(incident.uuid); });
    connect(&store, &IncidentStore::removed, this, &IncidentModel::noteIncident);
    for (const Incident &incident : store.all())
        noteIncident(incident.uuid);
    flush();
}

IncidentModel::~IncidentModel() = default;

void IncidentModel::noteIncident(const QString &uuid)
{
    if (!d->pendingSet.contains(uuid)) {
        d->pendingSet.insert(uuid);
        d->pending.push_back(uuid);
    }
    if (d->timer.isActive())
        return;
    const bool rested = !d->sinceFlush.isValid() || d->sinceFlush.hasExpired(frame.count());
    d->timer.start(rested ? std::chrono::milliseconds::zero()
                          : frame - std::chrono::milliseconds(d->sinceFlush.elapsed()));
}

void IncidentModel::flush()
{
    d->timer.stop();
    QElapsedTimer budget;
    budget.start();
    const auto countsBefore = d->allCounts();
    std::size_t done = 0;
    while (done < d->pending.size() && (done == 0 || !budget.hasExpired(frameBudget.count()))) {
        const std::size_t end = std::min(done + changesBetweenLooks, d->pending.size());
        applyPending(done, end);
        done = end;
    }
    d->pending.erase(d->pending.begin(), d->pending.begin() + qsizetype(done));
    d->sinceFlush.start();
    if (!d->pending.empty())
        d->timer.start(frame);
    if (d->allCounts() != countsBefore)
        Q_EMIT countChanged();
}

void IncidentModel::applyPending(std::size_t begin, std::size_t end)
{
    std::vector<IncidentRow *> gone;
    std::vector<QString> added;
    std::vector<IncidentRow *> moved;
    std::vector<IncidentRow *> hidden;
    std::vector<IncidentRow *> found;
    std::vector<std::pair<int, QList<int>>> changedRows;
    for (std::size_t i = begin; i < end; ++i) {
        const QString &uuid = d->pending[i];
        d->pendingSet.remove(uuid);
        const bool shownOtherwise = d->shownOtherwise.remove(uuid);
        const Incident *const now = d->store->find(uuid);
        IncidentRow *const row = d->known.find(uuid);
        if (!now && row)
            gone.push_back(row);
        else if (now && !row)
            added.push_back(uuid);
        if (!now || !row)
            continue;
        QList<int> roles = changedRoles(row->incident, *now);
        if (shownOtherwise)
            addPendingRoles(roles);
        if (roles.isEmpty())
            continue;
        if (sectionOf(row->incident, d->group) != sectionOf(*now, d->group))
            roles.append(SectionRole);
        const Severity before = row->incident.severity;
        d->counts.remove(before);
        d->counts.add(now->severity);
        d->known.change(*row, *now);
        if (d->keyOf(*now) != row->key)
            moved.push_back(row);
        const bool passes = d->passes(*row);
        if (row->shown) {
            d->shownCounts.remove(before);
            d->shownCounts.add(now->severity);
            if (passes)
                changedRows.emplace_back(d->shown.place(row->key), std::move(roles));
            else
                hidden.push_back(row);
        } else if (passes) {
            found.push_back(row);
        }
    }
    announceChanges(std::move(changedRows));
    hideRows(hidden);
    for (IncidentRow *const row : moved)
        moveToPlace(*row);
    showRows(found);
    removeIncidents(gone);
    insertIncidents(added);
}

void IncidentModel::announceChanges(std::vector<std::pair<int, QList<int>>> changedRows)
{
    std::ranges::sort(changedRows, {}, &std::pair<int, QList<int>>::first);
    for (std::size_t i = 0; i < changedRows.size();) {
        std::size_t last = i;
        while (last + 1 < changedRows.size()
            && changedRows[last + 1].first == changedRows[last].first + 1
            && changedRows[last + 1].second == changedRows[i].second) {
            ++last;
        }
        Q_EMIT dataChanged(
            index(changedRows[i].first), index(changedRows[last].first), changedRows[i].second);
        i = last + 1;
    }
}

void IncidentModel::moveToPlace(IncidentRow &row)
{
    const IncidentKey before = row.key;
    const IncidentKey after = d->keyOf(row.incident);
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
        d->counts.remove(row->incident.severity);
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
        const Incident *const incident = d->store->find(uuid);
        if (!incident)
            continue;
        IncidentRow &row = d->known.add(*incident, d->keyOf(*incident));
        d->counts.add(incident->severity);
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
        d->shownCounts.add(row->incident.severity);
    }
    d->shown.insert(
        rows, [this](int first, int last) { beginInsertRows({}, first, last); },
        [this] { endInsertRows(); });
}

void IncidentModel::hideRows(const std::vector<IncidentRow *> &rows)
{
    for (IncidentRow *const row : rows) {
        row->shown = false;
        d->shownCounts.remove(row->incident.severity);
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
    const Incident &incident = d->shown.at(index.row()).incident;
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
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
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
    return row && row->shown ? d->shown.place(row->key) : -1;
}

} // namespace tocsin
