// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QList>

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
    [[nodiscard]] TOCSIN_INCIDENTS_EXPORT QList<int> toList() const;
    friend constexpr bool operator==(IncidentRoles, IncidentRoles) = default;

private:
    [[nodiscard]] static constexpr quint32 bitOf(int role)
    {
        return role == Qt::DisplayRole ? 1U : 1U << unsigned(role - Qt::UserRole);
    }

    quint32 m_bits = 0;
};

} // namespace tocsin
