// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/livefeed.h"

#include "client/socketclient.h"
#include "incidents/incidentfeed.h"

#include <QQuickRenderControl>

namespace tocsin {

LiveFeed::LiveFeed(QObject *parent)
    : QObject(parent)
    , m_commands(m_store)
    , m_incidents(m_store)
    , m_doubts(m_store)
    , m_cache(m_store)
{
    m_incidents.setCommands(&m_commands);
    m_clockTimer.setInterval(std::chrono::seconds(1));
    connect(&m_clockTimer, &QTimer::timeout, this, &LiveFeed::followClock);
    connect(&m_commands, &IncidentCommands::meChanged, this,
        [this] { m_incidents.setMe(m_commands.me()); });
    connect(&m_store, &IncidentStore::changed, this,
        [this](const Incident &incident) { noteIncident(incident.uuid, incident.source); });
    connect(&m_store, &IncidentStore::removed, this, &LiveFeed::forgetIncident);
    connect(&m_connections, &ConnectionModel::statusChanged, this, &LiveFeed::noteLive);
    connect(&m_connections, &ConnectionModel::countChanged, this, &LiveFeed::noteLive);
    connect(&m_connections, &ConnectionModel::dataChanged, this, &LiveFeed::noteTrouble);
    connect(&m_incidents, &IncidentModel::countChanged, this, &LiveFeed::noteCalm);
    connect(&m_incidents, &IncidentModel::caughtUp, this, &LiveFeed::noteLive);
    connect(&m_connection, &FeedConnection::ending, this, &LiveFeed::startOver);
    connect(&m_connection, &FeedConnection::beginning, this, &LiveFeed::takeUp);
    connect(&m_connection, &FeedConnection::problemChanged, this, [this] {
        Q_EMIT problemChanged();
        noteTrouble();
    });
}

LiveFeed::~LiveFeed()
{
    Q_EMIT aboutToGo();
    m_connections.disconnect(this);
    letGo();
}

QString LiveFeed::server() const
{
    return m_connection.server();
}

void LiveFeed::setServer(const QString &server)
{
    if (m_connection.server() == server)
        return;
    m_connection.setServer(server);
    Q_EMIT serverChanged();
}

QStringList LiveFeed::alternatives() const
{
    return m_connection.alternatives();
}

void LiveFeed::setAlternatives(const QStringList &alternatives)
{
    if (m_connection.alternatives() == alternatives)
        return;
    m_connection.setAlternatives(alternatives);
    Q_EMIT alternativesChanged();
}

QStringList LiveFeed::rooms() const
{
    return m_connection.rooms();
}

void LiveFeed::setRooms(const QStringList &rooms)
{
    const QStringList before = m_connection.rooms();
    if (before == rooms)
        return;
    m_cache.setRooms(rooms);
    m_connection.setRooms(rooms);
    for (const QString &room : before) {
        if (!rooms.contains(room))
            m_store.removeRoom(room);
    }
    if (isLive()) {
        m_cache.noteLive();
        // What was counted is of all rooms together: of fewer, only the server knows it.
        m_activity.refresh();
    }
    Q_EMIT roomsChanged();
    noteTrouble();
}

QString LiveFeed::tokenFile() const
{
    return m_connection.tokenFile();
}

void LiveFeed::setTokenFile(const QString &tokenFile)
{
    if (m_connection.tokenFile() == tokenFile)
        return;
    m_connection.setTokenFile(tokenFile);
    Q_EMIT tokenFileChanged();
}

SecretStore *LiveFeed::secrets() const
{
    return m_connection.secrets();
}

void LiveFeed::setSecrets(SecretStore *secrets)
{
    if (m_connection.secrets() == secrets)
        return;
    m_connection.setSecrets(secrets);
    Q_EMIT secretsChanged();
}

QString LiveFeed::secretName() const
{
    return m_connection.secretName();
}

void LiveFeed::setSecretName(const QString &name)
{
    if (m_connection.secretName() == name)
        return;
    m_connection.setSecretName(name);
    Q_EMIT secretsChanged();
}

QString LiveFeed::cacheDirectory() const
{
    return m_cache.directory();
}

void LiveFeed::setCacheDirectory(const QString &directory)
{
    if (m_cache.directory() == directory)
        return;
    m_cache.setDirectory(directory);
    Q_EMIT cacheDirectoryChanged();
}

QQuickWindow *LiveFeed::window() const
{
    return m_window;
}

void LiveFeed::setWindow(QQuickWindow *window)
{
    if (m_window == window)
        return;
    m_window = window;
    // A scene inside a widget is rendered in a window that is never on the screen itself.
    QWindow *seen = window;
    if (window) {
        const auto *const control = QQuickRenderControl::renderWindowFor(window);
        seen = control ? const_cast<QWindow *>(control) : window;
    }
    m_connection.setWindow(seen);
    Q_EMIT windowChanged();
}

void LiveFeed::setListener(const QObject *listener, bool listens)
{
    if (listens == m_listeners.contains(listener))
        return;
    if (listens) {
        m_listeners.insert(listener);
        connect(listener, &QObject::destroyed, this, [this](const QObject *gone) {
            m_listeners.remove(gone);
            m_connection.setListenedTo(!m_listeners.isEmpty());
        });
    } else {
        m_listeners.remove(listener);
        listener->disconnect(this);
    }
    m_connection.setListenedTo(!m_listeners.isEmpty());
}

IncidentModel *LiveFeed::incidents()
{
    return &m_incidents;
}

IncidentStore &LiveFeed::store()
{
    return m_store;
}

IncidentCommands *LiveFeed::commands()
{
    return &m_commands;
}

ConnectionModel *LiveFeed::connections()
{
    return &m_connections;
}

IncidentActivity *LiveFeed::activity()
{
    return &m_activity;
}

DoubtModel *LiveFeed::doubts()
{
    return &m_doubts;
}

MonitorModel *LiveFeed::monitors()
{
    return &m_monitors;
}

PresenceModel *LiveFeed::presence()
{
    return &m_presence;
}

bool LiveFeed::isLive() const
{
    return m_standing == Standing::Live;
}

QDateTime LiveFeed::heardSince() const
{
    return m_heardSince;
}

bool LiveFeed::isPartial() const
{
    return m_heardSince.isValid();
}

bool LiveFeed::isUnconfirmed() const
{
    return m_standing == Standing::Unconfirmed;
}

bool LiveFeed::isSettled() const
{
    return isLive() && !m_incidents.isBehind();
}

bool LiveFeed::isCalm() const
{
    return m_calmSince.isValid();
}

QDateTime LiveFeed::calmSince() const
{
    return m_calmSince;
}

QDateTime LiveFeed::lastLive() const
{
    return m_lastLive;
}

bool LiveFeed::everHadIncidents() const
{
    return m_everHadIncidents;
}

bool LiveFeed::showsDemonstration() const
{
    return !m_demonstration.isEmpty();
}

QString LiveFeed::problem() const
{
    return m_connection.problem();
}

QString LiveFeed::trouble() const
{
    return m_trouble;
}

void LiveFeed::classBegin()
{
    m_connection.hold();
}

void LiveFeed::componentComplete()
{
    m_connection.begin();
}

void LiveFeed::letGo()
{
    m_commands.setClient(nullptr);
    m_feed.reset();
    if (SocketClient *const client = m_connection.client())
        m_connections.removeClient(*client);
    m_doubts.setClient(nullptr);
    m_activity.setClient(nullptr);
    m_monitors.setClient(nullptr);
    m_presence.setClient(nullptr);
}

void LiveFeed::startOver()
{
    letGo();
    m_cache.close();
    const QStringList rooms = m_connection.rooms();
    for (const QString &room : rooms)
        m_store.removeRoom(room);
    // A plain server names no rooms, and some send what nobody joined.
    m_store.removeRoom({});
    for (const Incident &incident : m_store.all())
        m_store.resolve(incident.uuid, std::nullopt);
    // The versions of one server say nothing of another's.
    m_store.beginHistory({});
    m_standing = Standing::Unknown;
    m_isArriving = false;
    m_clockTimer.stop();
    m_omitted = 0;
    m_lastLive = {};
    m_heardSince = {};
    m_doubts.setHeardSince({});
    Q_EMIT liveChanged();
    if (std::exchange(m_everHadIncidents, false))
        Q_EMIT everHadIncidentsChanged();
    noteTrouble();
}

void LiveFeed::takeUp()
{
    SocketClient *const client = m_connection.client();
    showCached(client->options().url);
    m_feed = std::make_unique<IncidentFeed>(*client, m_store);
    connect(m_feed.get(), &IncidentFeed::heardSinceChanged, this, &LiveFeed::noteHeardSince);
    m_commands.setClient(client);
    m_connections.addClient(*client);
    m_doubts.setClient(client);
    m_activity.setClient(client);
    m_monitors.setClient(client);
    m_presence.setClient(client);
    // The end of a connection is told before what was known of its rooms until then.
    connect(client, &SocketClient::roomFreshnessChanged, this, &LiveFeed::noteAge);
}

void LiveFeed::showCached(const QUrl &url)
{
    const auto kept = m_cache.open(url, m_connection.rooms());
    if (!kept)
        return;
    m_standing = Standing::Unconfirmed;
    m_omitted = kept->omitted;
    m_lastLive = QDateTime::fromMSecsSinceEpoch(toMilliseconds(kept->asOf));
    for (const CachedIncident &one : kept->incidents)
        m_store.presume(one.rooms, one.incident);
    Q_EMIT liveChanged();
}

void LiveFeed::noteIncident(const QString &uuid, QStringView source)
{
    if (!std::exchange(m_everHadIncidents, true))
        Q_EMIT everHadIncidentsChanged();
    if (source == demonstrationSource && !m_demonstration.contains(uuid)) {
        m_demonstration.insert(uuid);
        if (m_demonstration.size() == 1)
            Q_EMIT showsDemonstrationChanged();
    }
    noteCalm();
}

void LiveFeed::forgetIncident(const QString &uuid)
{
    if (m_demonstration.remove(uuid) && m_demonstration.isEmpty())
        Q_EMIT showsDemonstrationChanged();
    noteCalm();
}

} // namespace tocsin
