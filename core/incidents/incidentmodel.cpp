// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentmodel.h"

#include <QElapsedTimer>
#include <QTimer>

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

/// What the order of rows is made of: severity, newest first, and the uuid so that no two are
/// equal.
struct Key {
    Severity severity;
    Timestamp createdAt;
    QString uuid;

    friend bool operator==(const Key &, const Key &) = default;
    friend bool operator<(const Key &left, const Key &right)
    {
        if (left.severity != right.severity)
            return left.severity < right.severity;
        if (left.createdAt != right.createdAt)
            return left.createdAt > right.createdAt;
        return left.uuid < right.uuid;
    }
};

struct Row {
    Key key;
    Incident incident;
};

Key keyOf(const Incident &incident)
{
    return {incident.severity, incident.createdAt.value_or(Timestamp{}), incident.uuid};
}

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
    case IncidentModel::TitleRole: return incident.title;
    case IncidentModel::SeverityRole: return int(incident.severity);
    case IncidentModel::SeverityNameRole: return enumQString(incident.severity);
    case IncidentModel::StatusRole: return int(incident.status);
    case IncidentModel::StatusNameRole: return enumQString(incident.status);
    case IncidentModel::CreatedAtRole: return toVariant(incident.createdAt);
    case IncidentModel::UpdatedAtRole: return toVariant(incident.updatedAt);
    case IncidentModel::VersionRole: return incident.version;
    case IncidentModel::SourceRole: return incident.source;
    case IncidentModel::ServiceRole: return incident.service;
    case IncidentModel::AssigneeRole: return incident.assignee;
    case IncidentModel::AcknowledgedByRole: return incident.acknowledgedBy;
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

/// Calls `function(first, last)` for each unbroken run in `sorted`, ascending.
template <typename Function>
void forEachRun(const std::vector<int> &sorted, Function function)
{
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t end = i + 1;
        while (end < sorted.size() && sorted[end] == sorted[end - 1] + 1)
            ++end;
        function(sorted[i], sorted[end - 1]);
        i = end;
    }
}

} // namespace

struct IncidentModelPrivate {
    IncidentStore *store = nullptr;
    std::vector<std::unique_ptr<Row>> rows;
    QHash<QString, Row *> shown;
    std::array<int, 4> counts{};
    std::vector<QString> pending;
    QSet<QString> pendingSet;
    QTimer timer;
    QElapsedTimer sinceFlush;

    [[nodiscard]] int place(const Key &key) const
    {
        const auto found = std::ranges::lower_bound(
            rows, key, std::less<Key>(), [](const auto &row) -> const Key & { return row->key; });
        return int(found - rows.begin());
    }
    int &countOf(Severity severity) { return counts[std::size_t(severity)]; }
};

IncidentModel::IncidentModel(IncidentStore &store, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<IncidentModelPrivate>())
{
    d->store = &store;
    d->timer.setSingleShot(true);
    d->timer.setTimerType(Qt::PreciseTimer);
    const auto note = [this](const QString &uuid) {
        if (!d->pendingSet.contains(uuid)) {
            d->pendingSet.insert(uuid);
            d->pending.push_back(uuid);
        }
        if (d->timer.isActive())
            return;
        const bool rested = !d->sinceFlush.isValid() || d->sinceFlush.hasExpired(frame.count());
        d->timer.start(rested ? std::chrono::milliseconds::zero()
                              : frame - std::chrono::milliseconds(d->sinceFlush.elapsed()));
    };
    connect(&d->timer, &QTimer::timeout, this, &IncidentModel::flush);
    connect(&store, &IncidentStore::changed, this,
        [note](const Incident &incident) { note(incident.uuid); });
    connect(&store, &IncidentStore::removed, this, note);
    for (const Incident &incident : store.all())
        note(incident.uuid);
    flush();
}

IncidentModel::~IncidentModel() = default;

void IncidentModel::flush()
{
    d->timer.stop();
    QElapsedTimer budget;
    budget.start();
    const auto countsBefore = d->counts;
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
    if (d->counts != countsBefore)
        Q_EMIT countChanged();
}

void IncidentModel::applyPending(std::size_t begin, std::size_t end)
{
    std::vector<QString> gone;
    std::vector<QString> added;
    std::vector<QString> moved;
    std::vector<std::pair<int, QList<int>>> changedRows;
    for (std::size_t i = begin; i < end; ++i) {
        const QString &uuid = d->pending[i];
        d->pendingSet.remove(uuid);
        const Incident *const now = d->store->find(uuid);
        Row *const row = d->shown.value(uuid);
        if (!now && row)
            gone.push_back(uuid);
        else if (now && !row)
            added.push_back(uuid);
        if (!now || !row)
            continue;
        QList<int> roles = changedRoles(row->incident, *now);
        if (roles.isEmpty())
            continue;
        --d->countOf(row->incident.severity);
        ++d->countOf(now->severity);
        row->incident = *now;
        changedRows.emplace_back(d->place(row->key), std::move(roles));
        if (keyOf(*now) != row->key)
            moved.push_back(uuid);
    }
    announceChanges(std::move(changedRows));
    for (const QString &uuid : moved)
        moveToPlace(uuid);
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

void IncidentModel::moveToPlace(const QString &uuid)
{
    Row *const row = d->shown.value(uuid);
    const int from = d->place(row->key);
    const Key key = keyOf(row->incident);
    const int to = d->place(key);
    if (to == from || to == from + 1) {
        row->key = key;
        return;
    }
    beginMoveRows({}, from, from, {}, to);
    row->key = key;
    const auto first = d->rows.begin();
    if (to > from)
        std::rotate(first + from, first + from + 1, first + to);
    else
        std::rotate(first + to, first + from, first + from + 1);
    endMoveRows();
}

void IncidentModel::removeIncidents(const std::vector<QString> &uuids)
{
    std::vector<int> places;
    places.reserve(uuids.size());
    for (const QString &uuid : uuids)
        places.push_back(d->place(d->shown.value(uuid)->key));
    std::ranges::sort(places);
    int alreadyRemoved = 0;
    forEachRun(places, [&](int first, int last) {
        first -= alreadyRemoved;
        last -= alreadyRemoved;
        beginRemoveRows({}, first, last);
        for (int i = first; i <= last; ++i) {
            const Row &row = *d->rows[std::size_t(i)];
            --d->countOf(row.incident.severity);
            d->shown.remove(row.incident.uuid);
        }
        d->rows.erase(d->rows.begin() + first, d->rows.begin() + last + 1);
        endRemoveRows();
        alreadyRemoved += last - first + 1;
    });
}

void IncidentModel::insertIncidents(const std::vector<QString> &uuids)
{
    std::vector<std::unique_ptr<Row>> added;
    added.reserve(uuids.size());
    for (const QString &uuid : uuids) {
        // A view that answered the changes before may have changed the store.
        if (const Incident *const incident = d->store->find(uuid))
            added.push_back(std::make_unique<Row>(Row{keyOf(*incident), *incident}));
    }
    std::ranges::sort(
        added, std::less<Key>(), [](const auto &row) -> const Key & { return row->key; });
    // From the back, so that the places in front stay right.
    for (std::size_t last = added.size(); last > 0;) {
        const int at = d->place(added[last - 1]->key);
        std::size_t first = last - 1;
        while (first > 0 && d->place(added[first - 1]->key) == at)
            --first;
        beginInsertRows({}, at, at + int(last - first) - 1);
        for (std::size_t i = first; i < last; ++i) {
            ++d->countOf(added[i]->incident.severity);
            d->shown.insert(added[i]->incident.uuid, added[i].get());
        }
        d->rows.insert(d->rows.begin() + at,
            std::make_move_iterator(added.begin() + qsizetype(first)),
            std::make_move_iterator(added.begin() + qsizetype(last)));
        endInsertRows();
        last = first;
    }
}

int IncidentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

QVariant IncidentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    return valueFor(d->rows[std::size_t(index.row())]->incident, role);
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
    return int(d->rows.size());
}

int IncidentModel::criticalCount() const
{
    return d->countOf(Severity::Critical);
}

int IncidentModel::warningCount() const
{
    return d->countOf(Severity::Warning);
}

int IncidentModel::unknownCount() const
{
    return d->countOf(Severity::Unknown);
}

int IncidentModel::infoCount() const
{
    return d->countOf(Severity::Info);
}

int IncidentModel::rowOf(const QString &uuid) const
{
    const Row *const row = d->shown.value(uuid);
    return row ? d->place(row->key) : -1;
}

} // namespace tocsin
