// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/connectionmodel.h"
#include "incidents/incidentmodel.h"
#include "protocol/incident.h"

#include <QtQml/qqml.h>

// What QML sees of core/, which itself knows nothing of QML.

namespace tocsin {

/// `Incident.Critical`, `Incident.Acknowledged`: the enumerations of an incident.
namespace foreign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(tocsin)
QML_NAMED_ELEMENT(Incident)
} // namespace foreign

struct IncidentModelForeign
{
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentModel)
    QML_NAMED_ELEMENT(IncidentModel)
    QML_UNCREATABLE("A LiveFeed owns its incidents.")
};

struct ConnectionModelForeign
{
    Q_GADGET
    QML_FOREIGN(tocsin::ConnectionModel)
    QML_NAMED_ELEMENT(ConnectionModel)
    QML_UNCREATABLE("A LiveFeed owns its connections.")
};

} // namespace tocsin
