// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"
#include "incidents/incidentroles.h"

namespace tocsin {

/// What the place of an incident and its section are made of.
inline constexpr IncidentRoles placeRoles{IncidentModel::SeverityRole, IncidentModel::CreatedAtRole,
    IncidentModel::ServiceRole, IncidentModel::SourceRole};
/// What sectionOf() it is made of.
[[nodiscard]] constexpr IncidentRoles sectionRoles(incidentview::Group group)
{
    switch (group) {
    case incidentview::Group::None: break;
    case incidentview::Group::Severity: return {IncidentModel::SeverityRole};
    case incidentview::Group::Service: return {IncidentModel::ServiceRole};
    case incidentview::Group::Source: return {IncidentModel::SourceRole};
    }
    return {};
}
/// What SearchText has of it.
inline constexpr IncidentRoles textRoles{IncidentModel::TitleRole, IncidentModel::ServiceRole,
    IncidentModel::SourceRole, IncidentModel::LabelsRole, IncidentModel::AnnotationsRole};
/// What a pending command changes on the screen.
inline constexpr IncidentRoles pendingRoles{IncidentModel::PendingRole, IncidentModel::StatusRole,
    IncidentModel::StatusNameRole, IncidentModel::AssigneeRole, IncidentModel::AcknowledgedByRole};

/// Makes `known` what the incident is now, and says in which roles it was another. What is the same
/// is left alone: shared with a message that is read into again, it would have to be made anew.
IncidentRoles takeChanges(Incident &known, const Incident &now);
/// Of all roles but those that the model alone knows: the section, and what is pending.
[[nodiscard]] QVariant valueFor(const Incident &incident, int role);
[[nodiscard]] QHash<int, QByteArray> incidentRoleNames();

} // namespace tocsin
