// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/connectionmodel.h"
#include "incidents/connectiontest.h"
#include "incidents/doubtmodel.h"
#include "incidents/filterinput.h"
#include "incidents/incidentactions.h"
#include "incidents/incidentactivity.h"
#include "incidents/incidentdetails.h"
#include "incidents/incidentmodel.h"
#include "incidents/incidentselection.h"
#include "incidents/listcursor.h"
#include "incidents/monitormodel.h"
#include "incidents/presencemodel.h"
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

/// `IncidentView.Newest`, `IncidentView.ByService`: how a model orders and groups its incidents.
/// Told once more, as Incident is.
namespace viewwords {
Q_NAMESPACE
QML_NAMED_ELEMENT(IncidentView)

enum OrderWord {
    MostSevere = int(incidentview::Order::Severity),
    Newest = int(incidentview::Order::Newest),
    Oldest = int(incidentview::Order::Oldest),
    Service = int(incidentview::Order::Service),
};
Q_ENUM_NS(OrderWord)

enum GroupWord {
    NoGroups = int(incidentview::Group::None),
    BySeverity = int(incidentview::Group::Severity),
    ByService = int(incidentview::Group::Service),
    BySource = int(incidentview::Group::Source),
};
Q_ENUM_NS(GroupWord)
} // namespace viewwords

struct FilterInputForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::FilterInput)
    QML_NAMED_ELEMENT(FilterInput)
};

struct ListCursorForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::ListCursor)
    QML_NAMED_ELEMENT(ListCursor)
};

struct IncidentSelectionForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentSelection)
    QML_NAMED_ELEMENT(IncidentSelection)
};

struct IncidentCommandsForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentCommands)
    QML_NAMED_ELEMENT(IncidentCommands)
    QML_UNCREATABLE("A LiveFeed owns its commands.")
};

struct CommandNoticesForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::CommandNotices)
    QML_NAMED_ELEMENT(CommandNotices)
    QML_UNCREATABLE("IncidentCommands own their notices.")
};

struct IncidentActionsForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentActions)
    QML_NAMED_ELEMENT(IncidentActions)
};

struct IncidentDetailsForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentDetails)
    QML_NAMED_ELEMENT(IncidentDetails)
};

struct ShownIncidentForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::ShownIncident)
    QML_NAMED_ELEMENT(shownIncident)
};

struct TimelineModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::TimelineModel)
    QML_NAMED_ELEMENT(TimelineModel)
    QML_UNCREATABLE("IncidentDetails own their timeline.")
};

struct IncidentActivityForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::IncidentActivity)
    QML_NAMED_ELEMENT(IncidentActivity)
    QML_UNCREATABLE("A LiveFeed owns its activity.")
};

struct DoubtModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::DoubtModel)
    QML_NAMED_ELEMENT(DoubtModel)
    QML_UNCREATABLE("A LiveFeed owns its doubts.")
};

struct MonitorModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::MonitorModel)
    QML_NAMED_ELEMENT(MonitorModel)
    QML_UNCREATABLE("A LiveFeed owns its monitors.")
};

struct PresenceModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::PresenceModel)
    QML_NAMED_ELEMENT(PresenceModel)
    QML_UNCREATABLE("A LiveFeed owns its presence.")
};

struct ConnectionTestForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::ConnectionTest)
    QML_NAMED_ELEMENT(ConnectionTest)
};

struct ConnectionModelForeign {
    Q_GADGET
    QML_FOREIGN(tocsin::ConnectionModel)
    QML_NAMED_ELEMENT(ConnectionModel)
    QML_UNCREATABLE("A LiveFeed owns its connections.")
};

} // namespace tocsin
