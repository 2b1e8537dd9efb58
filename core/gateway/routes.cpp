// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/routes.h"

namespace tocsin {

namespace {

QString valueOf(const IncidentReport &report, const QString &name)
{
    if (name == u"source")
        return report.source;
    if (name == u"service")
        return report.service;
    if (name == u"severity")
        return enumQString(report.severity);
    return report.labels.value(name);
}

bool matches(const Route &route, const IncidentReport &report)
{
    for (auto it = route.match.cbegin(); it != route.match.cend(); ++it) {
        if (!it->contains(valueOf(report, it.key())))
            return false;
    }
    return true;
}

} // namespace

QStringList roomsFor(const IncidentReport &report, const QList<Route> &routes)
{
    QStringList rooms;
    for (const Route &route : routes) {
        if (matches(route, report))
            rooms += route.rooms;
    }
    rooms.removeDuplicates();
    return rooms;
}

} // namespace tocsin
