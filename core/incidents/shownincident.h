// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace tocsin {

/// An incident as a view of that one shows it: with what is pending, and times of this machine.
struct TOCSIN_INCIDENTS_EXPORT ShownIncident {
    Q_GADGET
    Q_PROPERTY(QString title MEMBER title)
    /// Severity and IncidentStatus, as numbers: QML would not know the types.
    Q_PROPERTY(int severity MEMBER severity)
    Q_PROPERTY(int status MEMBER status)
    /// The CommandKind that is pending, as a number; -1 where none is.
    Q_PROPERTY(int pending MEMBER pending)
    Q_PROPERTY(QDateTime createdAt MEMBER createdAt)
    Q_PROPERTY(QDateTime updatedAt MEMBER updatedAt)
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(QString service MEMBER service)
    Q_PROPERTY(QString assignee MEMBER assignee)
    Q_PROPERTY(QString acknowledgedBy MEMBER acknowledgedBy)
    Q_PROPERTY(double reportCount MEMBER reportCount)

public:
    QString title;
    int severity = 0;
    int status = 0;
    int pending = -1;
    QDateTime createdAt;
    QDateTime updatedAt;
    QString source;
    QString service;
    QString assignee;
    QString acknowledgedBy;
    double reportCount = 1;

    friend bool operator==(const ShownIncident &, const ShownIncident &) = default;
};

} // namespace tocsin
