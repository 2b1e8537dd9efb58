// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentdetails.h"

#include "incidents/bidi.h"

#include "client/socketclient.h"
#include "incidents/incidentlink.h"
#include "incidents/linkpolicy.h"

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

QVariantList pairsOf(const QMap<QString, QString> &map)
{
    QVariantList pairs;
    for (auto it = map.cbegin(); it != map.cend(); ++it)
        pairs.append(QVariantMap{{u"name"_s, it.key()}, {u"value"_s, it.value()}});
    return pairs;
}

QVariantList linksOf(const Incident &incident, const QString &runbook)
{
    QVariantList links;
    for (const Link &link : incident.links) {
        if (link.url == runbook)
            continue;
        links.append(QVariantMap{{u"title"_s, withoutTurns(link.title)}, {u"url"_s, link.url},
            {u"destination"_s, destination(link.url)}});
    }
    return links;
}

QDateTime local(const std::optional<Timestamp> &timestamp)
{
    return timestamp ? toDateTime(*timestamp) : QDateTime();
}

ShownIncident asShown(const Incident &incident, std::optional<CommandKind> pending)
{
    return {.title = withoutTurns(incident.title),
        .severity = int(incident.severity),
        .status = int(incident.status),
        .pending = pending ? int(*pending) : -1,
        .createdAt = local(incident.createdAt),
        .updatedAt = local(incident.updatedAt),
        .source = incident.source,
        .service = incident.service,
        .assignee = incident.assignee,
        .acknowledgedBy = incident.acknowledgedBy,
        .reportCount = double(incident.count)};
}

} // namespace

IncidentDetails::IncidentDetails(QObject *parent)
    : QObject(parent)
{
    // Where nobody said why it is gone, its timeline may.
    connect(&m_timeline, &TimelineModel::stateChanged, this, &IncidentDetails::noteState);
}

IncidentCommands *IncidentDetails::commands() const
{
    return m_commands;
}

void IncidentDetails::setCommands(IncidentCommands *commands)
{
    if (m_commands == commands)
        return;
    if (m_commands) {
        m_commands->disconnect(this);
        m_commands->store().disconnect(this);
    }
    m_commands = commands;
    if (m_commands) {
        connect(&m_commands->store(), &IncidentStore::changed, this, [this](const Incident &now) {
            if (now.uuid == m_uuid)
                noteIncident();
        });
        const auto note = [this](const QString &uuid) {
            if (uuid == m_uuid)
                noteIncident();
        };
        connect(&m_commands->store(), &IncidentStore::removed, this, note);
        connect(m_commands, &IncidentCommands::shownChanged, this, note);
        connect(
            m_commands, &IncidentCommands::obstaclesChanged, this, &IncidentDetails::noteClient);
        connect(m_commands, &IncidentCommands::done, this,
            [this](const QString &uuid, const IncidentCommand &command) {
                endSending(uuid, command, true);
            });
        connect(m_commands, &IncidentCommands::failed, this,
            [this](const QString &uuid, const IncidentCommand &command) {
                endSending(uuid, command, false);
            });
    }
    noteClient();
    noteIncident();
    Q_EMIT commandsChanged();
}

// Asks again when there is a connection again: what happened meanwhile was told to nobody here.
void IncidentDetails::noteClient()
{
    SocketClient *const client
        = m_commands && m_commands->isConnected() ? m_commands->client() : nullptr;
    if (std::exchange(m_client, client) != client)
        m_timeline.setClient(client);
}

QString IncidentDetails::uuid() const
{
    return m_uuid;
}

void IncidentDetails::setUuid(const QString &uuid)
{
    if (m_uuid == uuid)
        return;
    m_uuid = uuid;
    m_last = {};
    m_timeline.setIncident(uuid);
    noteIncident();
    Q_EMIT uuidChanged();
    Q_EMIT draftChanged();
}

void IncidentDetails::noteIncident()
{
    const Incident *const known
        = m_commands && !m_uuid.isEmpty() ? m_commands->store().find(m_uuid) : nullptr;
    const bool wasActive = m_state == State::Active;
    const qint64 versionBefore = m_last.uuid == m_uuid ? m_last.version : 0;
    if (known)
        m_last = *known;
    noteState();
    if (versionBefore > 0 && ((known && known->version != versionBefore) || (!known && wasActive)))
        m_timeline.refresh();

    Incident shown = known ? m_commands->shown(*known) : m_last;
    if (m_state == State::Resolved)
        shown.status = IncidentStatus::Resolved;
    const ShownIncident now = asShown(
        shown, known && m_commands ? m_commands->pendingOf(m_uuid) : std::optional<CommandKind>());
    if (std::exchange(m_incident, now) != now)
        Q_EMIT incidentChanged();
    // Each only when it is another: who has marked a text would lose the mark.
    if (QVariantList labels = pairsOf(shown.labels); m_labels != labels) {
        m_labels = std::move(labels);
        Q_EMIT labelsChanged();
    }
    if (QVariantList annotations = pairsOf(shown.annotations); m_annotations != annotations) {
        m_annotations = std::move(annotations);
        Q_EMIT annotationsChanged();
    }
    const QString runbook = runbookOf(shown);
    if (QVariantList links = linksOf(shown, runbook); m_links != links || m_runbook != runbook) {
        m_links = std::move(links);
        m_runbook = runbook;
        Q_EMIT linksChanged();
    }
}

void IncidentDetails::noteState()
{
    const State now = [this] {
        if (m_uuid.isEmpty() || !m_commands)
            return State::None;
        if (m_commands->store().find(m_uuid))
            return State::Active;
        if (m_last.uuid != m_uuid)
            return State::None;
        if (m_commands->store().wasResolved(m_uuid) || m_timeline.endsResolved())
            return State::Resolved;
        return State::Gone;
    }();
    if (m_state == now)
        return;
    m_state = now;
    if (now == State::Resolved && m_incident.status != int(IncidentStatus::Resolved)) {
        m_incident.status = int(IncidentStatus::Resolved);
        Q_EMIT incidentChanged();
    }
    Q_EMIT stateChanged();
}

QString IncidentDetails::link() const
{
    return m_uuid.isEmpty() ? QString() : incidentLink(m_uuid);
}

IncidentDetails::State IncidentDetails::state() const
{
    return m_state;
}

ShownIncident IncidentDetails::incident() const
{
    return m_incident;
}

QVariantList IncidentDetails::labels() const
{
    return m_labels;
}

QVariantList IncidentDetails::annotations() const
{
    return m_annotations;
}

QVariantList IncidentDetails::links() const
{
    return m_links;
}

QString IncidentDetails::runbook() const
{
    return m_runbook;
}

QString IncidentDetails::runbookDestination() const
{
    return destination(m_runbook);
}

TimelineModel *IncidentDetails::timeline()
{
    return &m_timeline;
}

QString IncidentDetails::draft() const
{
    return m_drafts.value(m_uuid);
}

void IncidentDetails::setDraft(const QString &draft)
{
    if (m_uuid.isEmpty() || this->draft() == draft)
        return;
    if (draft.isEmpty())
        m_drafts.remove(m_uuid);
    else
        m_drafts.insert(m_uuid, draft);
    Q_EMIT draftChanged();
}

bool IncidentDetails::isSendingDraft() const
{
    return m_sending.contains(m_uuid);
}

void IncidentDetails::sendDraft()
{
    const QString text = draft().trimmed();
    if (!m_commands || text.isEmpty() || isSendingDraft())
        return;
    const bool refused = !m_commands->obstacle(CommandKind::Comment, {m_uuid}).isEmpty();
    // Before it is sent: it may fail at once.
    if (!refused)
        m_sending.insert(m_uuid, text);
    // One that may have been taken, though no answer came, is not to be there twice.
    IncidentCommand command = m_untaken.value(m_uuid);
    if (command.text != text)
        command = {CommandKind::Comment, text};
    m_commands->send(command, {m_uuid});
    Q_EMIT draftChanged();
}

void IncidentDetails::endSending(const QString &uuid, const IncidentCommand &command, bool taken)
{
    if (command.kind != CommandKind::Comment)
        return;
    const bool mine = m_sending.value(uuid) == command.text && m_sending.remove(uuid) > 0;
    if (taken)
        m_untaken.remove(uuid);
    else
        m_untaken.insert(uuid, command);
    // The retry of one that failed before is the same remark: its draft has served.
    if (taken && m_drafts.value(uuid).trimmed() == command.text)
        m_drafts.remove(uuid);
    if (uuid != m_uuid)
        return;
    if (mine || taken)
        Q_EMIT draftChanged();
    // A remark on what is over raises no version that would tell.
    if (taken)
        m_timeline.refresh();
}

} // namespace tocsin
