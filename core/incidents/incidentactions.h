// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentcommands.h"

#include <QSet>

namespace tocsin {

/// What can be done about one incident or several, and if not, why: what buttons and keys are made
/// of.
class TOCSIN_INCIDENTS_EXPORT IncidentActions : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::IncidentCommands *commands READ commands WRITE setCommands NOTIFY
            commandsChanged REQUIRED)
    Q_PROPERTY(QStringList uuids READ uuids WRITE setUuids NOTIFY uuidsChanged)
    /// Why it cannot be done about any of them, as a sentence; empty where it can.
    Q_PROPERTY(QString acknowledgeObstacle READ acknowledgeObstacle NOTIFY obstaclesChanged)
    Q_PROPERTY(QString unacknowledgeObstacle READ unacknowledgeObstacle NOTIFY obstaclesChanged)
    Q_PROPERTY(QString resolveObstacle READ resolveObstacle NOTIFY obstaclesChanged)
    Q_PROPERTY(QString assignObstacle READ assignObstacle NOTIFY obstaclesChanged)
    Q_PROPERTY(QString assignToMeObstacle READ assignToMeObstacle NOTIFY obstaclesChanged)
    Q_PROPERTY(QString commentObstacle READ commentObstacle NOTIFY obstaclesChanged)

public:
    explicit IncidentActions(QObject *parent = nullptr);

    [[nodiscard]] IncidentCommands *commands() const;
    void setCommands(IncidentCommands *commands);
    [[nodiscard]] QStringList uuids() const;
    void setUuids(const QStringList &uuids);
    [[nodiscard]] QString acknowledgeObstacle() const;
    [[nodiscard]] QString unacknowledgeObstacle() const;
    [[nodiscard]] QString resolveObstacle() const;
    [[nodiscard]] QString assignObstacle() const;
    [[nodiscard]] QString assignToMeObstacle() const;
    [[nodiscard]] QString commentObstacle() const;

    /// Each does it, or has the reason told why it cannot be done.
    Q_INVOKABLE void acknowledge();
    Q_INVOKABLE void unacknowledge();
    Q_INVOKABLE void resolve();
    /// To nobody, where the name is empty.
    Q_INVOKABLE void assign(const QString &name);
    Q_INVOKABLE void assignToMe();
    Q_INVOKABLE void comment(const QString &text);

Q_SIGNALS:
    void commandsChanged();
    void uuidsChanged();
    void obstaclesChanged();

private:
    [[nodiscard]] QString obstacle(CommandKind kind) const;
    void send(const IncidentCommand &command);
    void noteIncident(const QString &uuid);

    QPointer<IncidentCommands> m_commands;
    QStringList m_uuids;
    QSet<QString> m_set;
    // A flood of changes is one change of the buttons.
    QTimer m_timer;
};

} // namespace tocsin
