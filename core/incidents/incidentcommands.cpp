// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentcommands.h"

#include "client/socketclient.h"
#include "protocol/messages.h"

#include <QUuid>

#include <algorithm>

namespace tocsin {

namespace {

/// What a command is answered with.
struct ChangedIncident {
    std::optional<qint64> version;
};

QFuture<Reply> request(SocketClient &client, const IncidentCommand &command, const QString &uuid)
{
    const RequestOptions now{.buffer = false};
    switch (command.kind) {
    case CommandKind::Acknowledge: return client.request(Acknowledge, {.uuid = uuid}, now);
    case CommandKind::Unacknowledge: return client.request(Unacknowledge, {.uuid = uuid}, now);
    case CommandKind::Resolve: return client.request(Resolve, {.uuid = uuid}, now);
    case CommandKind::Comment:
        return client.request(Comment, {.uuid = uuid, .text = command.text, .id = command.id}, now);
    case CommandKind::Assign: break;
    }
    return client.request(Assign,
        {.uuid = uuid,
            .assignee = command.text.isEmpty() ? std::nullopt : std::optional(command.text)},
        now);
}

} // namespace

template <>
struct Schema<ChangedIncident> {
    static constexpr auto fields = std::tuple{
        optional("version", &ChangedIncident::version),
    };
};

IncidentCommands::IncidentCommands(IncidentStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_ledger.tick(monotonicNow());
        carryOut();
    });
    connect(&store, &IncidentStore::changed, this, [this](const Incident &incident) {
        m_notices.noteIncident(incident, m_me);
        if (m_ledger.size() == 0)
            return;
        m_ledger.changed(incident);
        carryOut();
    });
    connect(&store, &IncidentStore::removed, this, [this](const QString &uuid) {
        m_notices.noteRemoved(uuid);
        if (m_ledger.size() == 0)
            return;
        m_ledger.removed(uuid);
        carryOut();
    });
    connect(&m_notices, &CommandNotices::wanted, this,
        [this](const QStringList &uuids, const IncidentCommand &command) { send(command, uuids); });
}

IncidentCommands::~IncidentCommands() = default;

void IncidentCommands::setClient(SocketClient *client)
{
    if (m_client == client)
        return;
    if (m_client)
        m_client->disconnect(this);
    m_client = client;
    m_ledger.failAll({ErrorCode::ConnectionLost,
        QStringLiteral("The connection was ended before the answer."), {}});
    carryOut();
    setUser({}, {});
    if (client) {
        connect(client, &SocketClient::stateChanged, this, &IncidentCommands::obstaclesChanged);
        client->on(Authenticated, this, [this](const AuthenticatedData &data, const Envelope &) {
            setUser(data.user.name.isEmpty() ? data.user.id : data.user.name, data.user.role);
        });
    } else {
        // Another server's: what failed there cannot be tried again here.
        m_notices.clear();
    }
    Q_EMIT obstaclesChanged();
}

SocketClient *IncidentCommands::client() const
{
    return m_client;
}

const IncidentStore &IncidentCommands::store() const
{
    return m_store;
}

CommandNotices *IncidentCommands::notices()
{
    return &m_notices;
}

int IncidentCommands::pendingCount() const
{
    return int(m_ledger.size());
}

QString IncidentCommands::me() const
{
    return m_me;
}

QString IncidentCommands::role() const
{
    return m_role;
}

bool IncidentCommands::isConnected() const
{
    return m_client && m_client->state() == SocketClient::State::Connected;
}

void IncidentCommands::setUser(const QString &name, const QString &role)
{
    const bool sameName = std::exchange(m_me, name) == name;
    const bool sameRole = std::exchange(m_role, role) == role;
    if (sameName && sameRole)
        return;
    Q_EMIT meChanged();
    Q_EMIT obstaclesChanged();
}

bool IncidentCommands::makesSense(CommandKind kind, const QString &uuid) const
{
    const Incident *const incident = m_store.find(uuid);
    if (kind == CommandKind::Comment)
        return true; // also after its end
    if (!incident)
        return false;
    const IncidentStatus status = shown(*incident).status;
    switch (kind) {
    case CommandKind::Acknowledge: return status == IncidentStatus::Open;
    case CommandKind::Unacknowledge: return status == IncidentStatus::Acknowledged;
    default: return status != IncidentStatus::Resolved;
    }
}

QString IncidentCommands::obstacle(CommandKind kind, const QStringList &uuids) const
{
    if (std::ranges::any_of(uuids, [&](const QString &uuid) { return m_store.isPresumed(uuid); }))
        return tr("Not confirmed yet: nothing can be done until the server has sent its list.");
    if (!isConnected())
        return tr("Not connected: nothing can be done until the server is back.");
    if (m_role == u"viewer")
        return tr("Viewer: your token may only look.");
    if (uuids.isEmpty())
        return tr("No incident is chosen.");
    if (uuids.size() > mostAtOnce)
        return tr("At most %1 incidents at once.").arg(mostAtOnce);
    if (std::ranges::any_of(uuids, [&](const QString &uuid) { return makesSense(kind, uuid); }))
        return {};
    const bool allResolved = std::ranges::all_of(uuids, [&](const QString &uuid) {
        const Incident *const incident = m_store.find(uuid);
        return !incident || shown(*incident).status == IncidentStatus::Resolved;
    });
    if (allResolved)
        return tr("Already resolved.");
    return kind == CommandKind::Acknowledge ? tr("Already acknowledged.") : tr("Not acknowledged.");
}

void IncidentCommands::send(const IncidentCommand &wanted, const QStringList &uuids)
{
    IncidentCommand command = wanted;
    if (command.kind == CommandKind::Comment && command.id.isEmpty())
        command.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (const QString why = obstacle(command.kind, uuids); !why.isEmpty()) {
        m_notices.noteRefused(why);
        return;
    }
    m_notices.noteSent(uuids, command);
    for (const QString &uuid : uuids) {
        if (makesSense(command.kind, uuid))
            sendOne(command, uuid);
    }
    carryOut();
}

void IncidentCommands::sendOne(const IncidentCommand &command, const QString &uuid)
{
    const Incident *const incident = m_store.find(uuid);
    if (incident)
        m_titles.insert(uuid, incident->title);
    const CommandLedger::Id id = m_ledger.add(
        uuid, command, incident ? std::optional(incident->version) : std::nullopt, monotonicNow());
    Q_EMIT shownChanged(uuid);
    Q_EMIT pendingCountChanged();
    request(*m_client, command, uuid).then(this, [this, id, uuid](const Reply &reply) {
        takeReply(id, uuid, reply);
    });
}

void IncidentCommands::takeReply(CommandLedger::Id id, const QString &uuid, const Reply &reply)
{
    if (reply.ok) {
        const auto changed = reply.as<ChangedIncident>();
        const Incident *const incident = m_store.find(uuid);
        m_ledger.succeeded(id, changed ? changed->version : std::nullopt,
            incident ? std::optional(incident->version) : std::nullopt, monotonicNow());
    } else {
        m_ledger.failed(id, reply.error);
    }
    carryOut();
}

void IncidentCommands::carryOut()
{
    const auto ended = m_ledger.take();
    for (const CommandLedger::Ended &one : ended) {
        const QString title = m_titles.value(one.uuid);
        if (!m_ledger.pendingOf(one.uuid))
            m_titles.remove(one.uuid);
        if (one.error) {
            m_notices.noteFailed(one.uuid, title, one.command, *one.error);
        } else {
            m_notices.noteDone(one.uuid, title, one.command);
            // Who was too late has no acknowledgement of their own to take back.
            const Incident *const incident = m_store.find(one.uuid);
            if (incident && incident->status == IncidentStatus::Acknowledged)
                m_notices.noteIncident(*incident, m_me);
        }
        Q_EMIT shownChanged(one.uuid);
        if (one.error)
            Q_EMIT failed(one.uuid, one.command);
        else
            Q_EMIT done(one.uuid, one.command);
    }
    if (!ended.empty())
        Q_EMIT pendingCountChanged();
    if (const auto deadline = m_ledger.deadline()) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*deadline - monotonicNow());
        m_timer.start(std::max(wait, std::chrono::milliseconds::zero()));
    } else {
        m_timer.stop();
    }
}

Incident IncidentCommands::shown(const Incident &incident) const
{
    return m_ledger.shown(incident, m_me);
}

std::optional<CommandKind> IncidentCommands::pendingOf(const QString &uuid) const
{
    return m_ledger.pendingOf(uuid);
}

} // namespace tocsin
