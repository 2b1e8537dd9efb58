// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/connectionmodel.h"
#include "incidents/incidentmodel.h"
#include "protocol/incident.h"

#include <QtQml/qqml.h>

// What QML sees of core/, which itself knows nothing of QML.

namespace tocsin {

/// `Incident.Critical`, `Incident.Acknowledged`: the enumerations of an incident. Told once more,
/// because QML_FOREIGN_NAMESPACE, which would take them from core/, does not compile with Qt 6.8.
namespace incidentwords {
Q_NAMESPACE
QML_NAMED_ELEMENT(Incident)

enum SeverityWord {
    Critical = int(Severity::Critical),
    Warning = int(Severity::Warning),
    Unknown = int(Severity::Unknown),
    Info = int(Severity::Info),
};
Q_ENUM_NS(SeverityWord)

enum StatusWord {
    Open = int(IncidentStatus::Open),
    Acknowledged = int(IncidentStatus::Acknowledged),
    Resolved = int(IncidentStatus::Resolved),
};
Q_ENUM_NS(StatusWord)

static_assert(EnumNames<Severity>::entries.size() == 4);
static_assert(EnumNames<IncidentStatus>::entries.size() == 3);
} // namespace incidentwords

struct IncidentModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentModel)
    QML_NAMED_ELEMENT(IncidentModel)
    QML_UNCREATABLE("A LiveFeed owns its incidents.")
};

struct ConnectionModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::ConnectionModel)
    QML_NAMED_ELEMENT(ConnectionModel)
    QML_UNCREATABLE("A LiveFeed owns its connections.")
};

} // namespace tocsin
