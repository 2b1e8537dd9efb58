// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logdigest_p.h"

#include "protocol/messages.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

namespace tocsin {

namespace {

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

QString partOf(const LogRecord &record)
{
    return std::visit(
        Overloaded{
            [](const RoomRecord &) { return QStringLiteral("the rooms"); },
            [](const EventRecord &event) { return QStringLiteral("the history of ") + event.room; },
            [](const IncidentRecord &) { return QStringLiteral("the incidents"); },
            [](const MonitorRecord &monitor) {
                return QStringLiteral("the monitors of ") + monitor.room;
            },
            [](const CountRecord &) { return QStringLiteral("the activity"); },
            [](const HeardRecord &) { return QStringLiteral("when sources were heard"); },
        },
        record);
}

// Each field with its length: two records are the same where these bytes are.
QByteArray bytesOf(const LogRecord &record)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    std::visit(Overloaded{
                   [&](const RoomRecord &room) {
                       stream << room.name << room.extent.oldest << room.extent.head;
                   },
                   [&](const EventRecord &event) {
                       stream << event.sequence << event.name << event.data
                              << toMilliseconds(event.timestamp);
                   },
                   [&](const IncidentRecord &incident) {
                       stream << incident.uuid << incident.source << incident.fingerprint
                              << incident.startsAt << incident.version
                              << incident.resolvedAt.has_value() << incident.resolvedAt.value_or(0)
                              << incident.rooms << incident.json << incident.entries;
                       for (const TimelineEntry &entry : incident.timeline)
                           stream << encode(entry);
                   },
                   [&](const MonitorRecord &monitor) {
                       stream << monitor.uuid << monitor.source << monitor.fingerprint
                              << monitor.changedAt << monitor.heardAt << monitor.json;
                   },
                   [&](const CountRecord &count) {
                       stream << count.rooms << count.quarter << count.kind << count.count;
                   },
                   [&](const HeardRecord &heard) { stream << heard.source << heard.at; },
               },
        record);
    return bytes;
}

} // namespace

void LogDigest::add(const LogRecord &record)
{
    Part &part = m_parts[partOf(record)];
    ++part.records;
    part.digest
        = QCryptographicHash::hash(part.digest + bytesOf(record), QCryptographicHash::Sha256);
    if (const auto *incident = std::get_if<IncidentRecord>(&record)) {
        ++m_contents.incidents;
        m_contents.openIncidents += incident->resolvedAt ? 0 : 1;
    } else if (const auto *room = std::get_if<RoomRecord>(&record)) {
        m_contents.heads.append({room->name, room->extent.head});
    } else if (std::holds_alternative<EventRecord>(record)) {
        ++m_contents.events;
    }
}

QStringList LogDigest::differences(const LogDigest &copy) const
{
    QStringList found;
    for (auto it = m_parts.cbegin(); it != m_parts.cend(); ++it) {
        const Part other = copy.m_parts.value(it.key());
        if (other.records != it->records) {
            found.append(QStringLiteral("%1 (%2 there, and %3 in the copy)")
                    .arg(it.key())
                    .arg(it->records)
                    .arg(other.records));
        } else if (other != *it) {
            found.append(it.key());
        }
    }
    for (auto it = copy.m_parts.cbegin(); it != copy.m_parts.cend(); ++it) {
        if (!m_parts.contains(it.key()))
            found.append(it.key() + QStringLiteral(" (in the copy only)"));
    }
    return found;
}

QString LogDigest::toString() const
{
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (auto it = m_parts.cbegin(); it != m_parts.cend(); ++it) {
        all.addData(it.key().toUtf8() + '\n' + QByteArray::number(it->records) + '\n');
        all.addData(it->digest);
    }
    return QString::fromLatin1(all.result().toHex());
}

} // namespace tocsin
