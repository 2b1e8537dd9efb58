// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentorder.h"

namespace tocsin {

using incidentview::Group;
using incidentview::Order;

namespace {

/// Sorts as a person expects, and keeps apart what is not the same.
QString sortWord(const QString &word)
{
    return word.isEmpty() ? QString() : word.toCaseFolded() + QChar(u'\0') + word;
}

} // namespace

bool operator<(const IncidentKey &left, const IncidentKey &right)
{
    if (left.groupRank != right.groupRank)
        return left.groupRank < right.groupRank;
    if (left.groupWord != right.groupWord)
        return left.groupWord < right.groupWord;
    if (left.wordRank != right.wordRank)
        return left.wordRank < right.wordRank;
    if (left.word != right.word)
        return left.word < right.word;
    if (left.severity != right.severity)
        return left.severity < right.severity;
    if (left.time != right.time)
        return left.time < right.time;
    return left.uuid < right.uuid;
}

IncidentKey keyOf(const Incident &incident, Order order, Group group)
{
    IncidentKey key{.uuid = incident.uuid};
    if (group == Group::Severity) {
        key.groupRank = int(incident.severity);
    } else if (group != Group::None) {
        key.groupWord = sortWord(group == Group::Service ? incident.service : incident.source);
        key.groupRank = key.groupWord.isEmpty() ? 1 : 0;
    }
    const qint64 created = toMilliseconds(incident.createdAt.value_or(Timestamp{}));
    // Not -created, which the earliest of all moments does not have.
    key.time = order == Order::Oldest ? created : ~created;
    if (order == Order::Severity || order == Order::Service)
        key.severity = int(incident.severity);
    if (order == Order::Service) {
        key.word = sortWord(incident.service);
        key.wordRank = key.word.isEmpty() ? 1 : 0;
    }
    return key;
}

QString sectionOf(const Incident &incident, Group group)
{
    switch (group) {
    case Group::None: return {};
    case Group::Severity: return QStringLiteral("severity:%1").arg(int(incident.severity));
    case Group::Service: return QStringLiteral("service:") + incident.service;
    case Group::Source: return QStringLiteral("source:") + incident.source;
    }
    return {};
}

} // namespace tocsin
