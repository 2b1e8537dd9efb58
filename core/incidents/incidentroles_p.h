// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"

#include <initializer_list>

namespace tocsin {

/// A set of an IncidentModel's roles, a bit each: one is made for every change, and a list would
/// cost an allocation.
class IncidentRoles
{
public:
    constexpr IncidentRoles() = default;
    constexpr IncidentRoles(std::initializer_list<int> roles)
    {
        for (const int role : roles)
            m_bits |= bitOf(role);
    }
    [[nodiscard]] constexpr bool isEmpty() const { return m_bits == 0; }
    [[nodiscard]] constexpr bool intersects(IncidentRoles other) const
    {
        return (m_bits & other.m_bits) != 0;
    }
    constexpr void add(IncidentRoles other) { m_bits |= other.m_bits; }
    [[nodiscard]] QList<int> toList() const;
    friend constexpr bool operator==(IncidentRoles, IncidentRoles) = default;

private:
    [[nodiscard]] static constexpr quint32 bitOf(int role)
    {
        return role == Qt::DisplayRole ? 1U : 1U << unsigned(role - Qt::UserRole);
    }

    quint32 m_bits = 0;
};

/// What the place of an incident and its section are made of.
inline constexpr IncidentRoles placeRoles{IncidentModel::SeverityRole, IncidentModel::CreatedAtRole,
    IncidentModel::ServiceRole, IncidentModel::SourceRole};
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
