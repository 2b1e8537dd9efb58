// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/alarmnotice.h"

#include "incidents/bidi.h"

#include "incidents/incidentstore.h"

#include <QCoreApplication>

namespace tocsin {

namespace {

/// Of several incidents, those that are named.
constexpr qsizetype mostNamed = 3;
/// A stranger's words, made short enough to be read in passing.
constexpr qsizetype longestTitle = 160;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AlarmNotice)

public:
    static QString severity(Severity severity)
    {
        switch (severity) {
        case Severity::Critical: return tr("Critical");
        case Severity::Warning: return tr("Warning");
        case Severity::Unknown: return tr("Unknown");
        case Severity::Info: break;
        }
        return tr("Info");
    }

    static QString name(const Incident &incident)
    {
        const QString title = incident.title.simplified();
        return tr("%1: %2").arg(severity(incident.severity),
            isolated(title.size() <= longestTitle ? title : title.first(longestTitle - 1) + u'…'));
    }

    /// Why a person hears of it now and not before; empty where it is new.
    static QString reason(AlarmCall::Occasion occasion)
    {
        switch (occasion) {
        case AlarmCall::Occasion::Start: return tr("It was open when the dashboard started.");
        case AlarmCall::Occasion::Meanwhile: return tr("It came while the list was not live.");
        case AlarmCall::Occasion::Snoozed: return tr("It came while calls were snoozed.");
        case AlarmCall::Occasion::New:
        case AlarmCall::Occasion::Repeat:
        case AlarmCall::Occasion::Loss: break;
        }
        return {};
    }

    static QString several(AlarmCall::Occasion occasion, qsizetype count, Severity worst)
    {
        const QString word = severity(worst).toLower();
        switch (occasion) {
        case AlarmCall::Occasion::Start:
            return tr("%L1 incidents are open, worst: %2").arg(count).arg(word);
        case AlarmCall::Occasion::Meanwhile:
            return tr("%L1 new incidents since the list was live, worst: %2").arg(count).arg(word);
        case AlarmCall::Occasion::Snoozed:
            return tr("%L1 incidents came while snoozed, worst: %2").arg(count).arg(word);
        case AlarmCall::Occasion::New:
        case AlarmCall::Occasion::Repeat:
        case AlarmCall::Occasion::Loss: break;
        }
        return tr("%L1 new incidents, worst: %2").arg(count).arg(word);
    }

    static AlarmNotice loss(const QString &trouble)
    {
        QStringList lines{tr("What is on the screen may be old; what is new is not seen.")};
        if (!trouble.isEmpty())
            lines.prepend(trouble);
        return {.title = tr("The list of incidents is not live"),
            .body = lines.join(u'\n'),
            .urgency = Severity::Critical};
    }

    static AlarmNotice one(const AlarmCall &call, const Incident &incident)
    {
        QStringList lines;
        if (const QString why = reason(call.occasion); !why.isEmpty())
            lines.append(why);
        if (!incident.service.isEmpty())
            lines.append(tr("Service: %1").arg(incident.service.simplified()));
        return {.title = name(incident),
            .body = lines.join(u'\n'),
            .urgency = call.worst,
            .offer = AlarmNotice::Offer::Acknowledge};
    }
};

} // namespace

AlarmNotice alarmNotice(const AlarmCall &call, const IncidentStore &store, const QString &trouble)
{
    if (call.occasion == AlarmCall::Occasion::Loss)
        return Words::loss(trouble);
    if (call.uuids.size() == 1) {
        if (const Incident *const incident = store.find(call.uuids.first()))
            return Words::one(call, *incident);
    }
    QStringList lines;
    for (const QString &uuid : call.uuids.first(std::min(call.uuids.size(), mostNamed))) {
        if (const Incident *const incident = store.find(uuid))
            lines.append(Words::name(*incident));
    }
    if (const qsizetype more = call.uuids.size() - lines.size(); more > 0)
        lines.append(Words::tr("and %L1 more").arg(more));
    return {.title = Words::several(call.occasion, call.uuids.size(), call.worst),
        .body = lines.join(u'\n'),
        .urgency = call.worst};
}

} // namespace tocsin
