// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"

#include <QObject>

namespace tocsin {
Q_NAMESPACE_EXPORT(TOCSIN_PROTOCOL_EXPORT)

/// How bad it is, most urgent first: the order of the enumerators is the order on the screen. A
/// word that is none of the known ones is Unknown, sorted above Info and never hidden.
enum class Severity { Critical, Warning, Unknown, Info };
Q_ENUM_NS(Severity)

enum class IncidentStatus { Open, Acknowledged, Resolved };
Q_ENUM_NS(IncidentStatus)

/// A place to read on. Only `http`, `https` and `mailto` are ever opened.
struct Link {
    QString title;
    QString url;

    friend bool operator==(const Link &, const Link &) = default;
};

/// One thing that is wrong, from its first report to its end (docs/protocol.md, "Incidents").
struct Incident {
    QString uuid;
    QString title;
    Severity severity = Severity::Unknown;
    IncidentStatus status = IncidentStatus::Open;
    /// When it began; where the sender does not say, when it was first told, by that envelope.
    std::optional<Timestamp> createdAt;
    std::optional<Timestamp> updatedAt;
    std::optional<Timestamp> resolvedAt;
    /// Rises with each change; an older version never replaces a newer one.
    qint64 version = 1;
    QString source;
    QString service;
    QString assignee;
    QString acknowledgedBy;
    /// How often it was reported.
    qint64 count = 1;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
    QList<Link> links;

    friend bool operator==(const Incident &, const Incident &) = default;
};

template <>
struct EnumNames<Severity> {
    static constexpr std::array entries{
        std::pair{Severity::Critical, std::string_view("critical")},
        std::pair{Severity::Warning, std::string_view("warning")},
        std::pair{Severity::Unknown, std::string_view("unknown")},
        std::pair{Severity::Info, std::string_view("info")},
    };
    static constexpr auto fallback = Severity::Unknown;
};

template <>
struct EnumNames<IncidentStatus> {
    static constexpr std::array entries{
        std::pair{IncidentStatus::Open, std::string_view("open")},
        std::pair{IncidentStatus::Acknowledged, std::string_view("acknowledged")},
        std::pair{IncidentStatus::Resolved, std::string_view("resolved")},
    };
};

template <>
struct Schema<Link> {
    static constexpr auto fields = std::tuple{
        required("title", &Link::title),
        required("url", &Link::url),
    };
};

template <>
struct Schema<Incident> {
    static constexpr auto fields = std::tuple{
        required("uuid", &Incident::uuid),
        required("title", &Incident::title),
        required("severity", &Incident::severity),
        optional("status", &Incident::status),
        optional("createdAt", &Incident::createdAt),
        optional("updatedAt", &Incident::updatedAt),
        optional("resolvedAt", &Incident::resolvedAt),
        optional("version", &Incident::version).atLeast(1),
        optional("source", &Incident::source),
        optional("service", &Incident::service),
        optional("assignee", &Incident::assignee),
        optional("acknowledgedBy", &Incident::acknowledgedBy),
        optional("count", &Incident::count).atLeast(0),
        optional("labels", &Incident::labels),
        optional("annotations", &Incident::annotations),
        optional("links", &Incident::links),
    };
};

} // namespace tocsin
