// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentroles_p.h"

#include "incidents/bidi.h"

#include <array>

namespace tocsin {

namespace {

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

template <typename T>
bool isSame(const T &left, const T &right)
{
    return left == right;
}

/// Mostly it is shared, and its characters are not in the processor's cache.
bool isSame(const QString &left, const QString &right)
{
    return (left.constData() == right.constData() && left.size() == right.size()) || left == right;
}

} // namespace

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

IncidentRoles takeChanges(Incident &known, const Incident &now)
{
    IncidentRoles roles;
    const auto take = [&](auto &left, const auto &right, auto... affected) {
        if (isSame(left, right))
            return;
        left = right;
        roles.add({int(affected)...});
    };
    using Model = IncidentModel;
    take(known.uuid, now.uuid, Model::UuidRole);
    take(known.title, now.title, Model::TitleRole, Qt::DisplayRole);
    take(known.severity, now.severity, Model::SeverityRole, Model::SeverityNameRole);
    take(known.status, now.status, Model::StatusRole, Model::StatusNameRole);
    take(known.createdAt, now.createdAt, Model::CreatedAtRole);
    take(known.updatedAt, now.updatedAt, Model::UpdatedAtRole);
    take(known.resolvedAt, now.resolvedAt);
    take(known.version, now.version, Model::VersionRole);
    take(known.source, now.source, Model::SourceRole);
    take(known.service, now.service, Model::ServiceRole);
    take(known.assignee, now.assignee, Model::AssigneeRole);
    take(known.acknowledgedBy, now.acknowledgedBy, Model::AcknowledgedByRole);
    take(known.count, now.count, Model::CountRole);
    take(known.labels, now.labels, Model::LabelsRole);
    take(known.annotations, now.annotations, Model::AnnotationsRole);
    take(known.links, now.links, Model::LinksRole);
    return roles;
}

QHash<int, QByteArray> incidentRoleNames()
{
    QHash<int, QByteArray> names;
    for (const auto &[role, name] : roleTable)
        names.insert(role, name);
    return names;
}

QList<int> IncidentRoles::toList() const
{
    QList<int> roles;
    for (int role = Qt::UserRole + 1; role <= IncidentModel::PendingRole; ++role) {
        if ((m_bits & bitOf(role)) != 0)
            roles.append(role);
    }
    if ((m_bits & bitOf(Qt::DisplayRole)) != 0)
        roles.append(Qt::DisplayRole);
    return roles;
}

} // namespace tocsin
