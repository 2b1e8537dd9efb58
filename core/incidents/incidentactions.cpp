// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentactions.h"

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds frame{16};

} // namespace

IncidentActions::IncidentActions(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(frame);
    connect(&m_timer, &QTimer::timeout, this, &IncidentActions::obstaclesChanged);
}

IncidentCommands *IncidentActions::commands() const
{
    return m_commands;
}

void IncidentActions::setCommands(IncidentCommands *commands)
{
    if (m_commands == commands)
        return;
    if (m_commands) {
        m_commands->disconnect(this);
        m_commands->store().disconnect(this);
    }
    m_commands = commands;
    if (m_commands) {
        connect(m_commands, &IncidentCommands::obstaclesChanged, this,
            &IncidentActions::obstaclesChanged);
        connect(m_commands, &IncidentCommands::shownChanged, this, &IncidentActions::noteIncident);
        connect(&m_commands->store(), &IncidentStore::changed, this,
            [this](const Incident &incident) { noteIncident(incident.uuid); });
        connect(
            &m_commands->store(), &IncidentStore::removed, this, &IncidentActions::noteIncident);
    }
    Q_EMIT commandsChanged();
    Q_EMIT obstaclesChanged();
}

void IncidentActions::noteIncident(const QString &uuid)
{
    if (!m_timer.isActive() && m_set.contains(uuid))
        m_timer.start();
}

QStringList IncidentActions::uuids() const
{
    return m_uuids;
}

void IncidentActions::setUuids(const QStringList &uuids)
{
    // What is nowhere is no incident: a cursor that is on none.
    QStringList named = uuids;
    named.removeAll(QString());
    if (m_uuids == named)
        return;
    m_uuids = named;
    m_set = QSet(m_uuids.cbegin(), m_uuids.cend());
    Q_EMIT uuidsChanged();
    Q_EMIT obstaclesChanged();
}

QString IncidentActions::obstacle(CommandKind kind) const
{
    return m_commands ? m_commands->obstacle(kind, m_uuids) : QString();
}

QString IncidentActions::acknowledgeObstacle() const
{
    return obstacle(CommandKind::Acknowledge);
}

QString IncidentActions::unacknowledgeObstacle() const
{
    return obstacle(CommandKind::Unacknowledge);
}

QString IncidentActions::resolveObstacle() const
{
    return obstacle(CommandKind::Resolve);
}

QString IncidentActions::assignObstacle() const
{
    return obstacle(CommandKind::Assign);
}

QString IncidentActions::assignToMeObstacle() const
{
    QString why = obstacle(CommandKind::Assign);
    if (!why.isEmpty() || !m_commands || !m_commands->me().isEmpty())
        return why;
    return tr("The server does not know who you are: connect with a token.");
}

QString IncidentActions::commentObstacle() const
{
    return obstacle(CommandKind::Comment);
}

void IncidentActions::send(const IncidentCommand &command)
{
    if (m_commands)
        m_commands->send(command, m_uuids);
}

void IncidentActions::acknowledge()
{
    send({CommandKind::Acknowledge});
}

void IncidentActions::unacknowledge()
{
    send({CommandKind::Unacknowledge});
}

void IncidentActions::resolve()
{
    send({CommandKind::Resolve});
}

void IncidentActions::assign(const QString &name)
{
    send({CommandKind::Assign, name.trimmed()});
}

void IncidentActions::assignToMe()
{
    if (const QString why = assignToMeObstacle(); !why.isEmpty() && m_commands)
        m_commands->notices()->noteRefused(why);
    else if (m_commands)
        assign(m_commands->me());
}

void IncidentActions::comment(const QString &text)
{
    if (const QString trimmed = text.trimmed(); !trimmed.isEmpty())
        send({CommandKind::Comment, trimmed});
}

} // namespace tocsin
