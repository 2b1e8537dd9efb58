// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentroles_p.h"

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

} // namespace

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

IncidentRoles changedRoles(const Incident &before, const Incident &after)
{
    IncidentRoles roles;
    const auto check = [&](const auto &left, const auto &right, auto... affected) {
        if (!(left == right))
            roles.add({int(affected)...});
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
