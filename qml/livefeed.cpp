// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/livefeed.h"

#include "client/socketclient.h"
#include "incidents/incidentfeed.h"
#include "protocol/messages.h"
#include "qml/whenfinished.h"

#include <QFile>
#include <QHostAddress>
#include <QPromise>
#include <QQuickRenderControl>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

/// Reached without a network, so that being without one says nothing about it.
bool isOnThisMachine(const QUrl &url)
{
    return url.host() == u"localhost" || QHostAddress(url.host()).isLoopback();
}

} // namespace

LiveFeed::LiveFeed(QObject *parent)
    : QObject(parent)
    , m_commands(m_store)
    , m_incidents(m_store)
    , m_doubts(m_store)
    , m_cache(m_store)
{
    m_incidents.setCommands(&m_commands);
    connect(&m_commands, &IncidentCommands::meChanged, this,
        [this] { m_incidents.setMe(m_commands.me()); });
    m_reconnectTimer.setSingleShot(true);
    connect(&m_reconnectTimer, &QTimer::timeout, this, &LiveFeed::reconnect);
    connect(&m_store, &IncidentStore::changed, this,
        [this](const Incident &incident) { noteIncident(incident.uuid, incident.source); });
    connect(&m_store, &IncidentStore::removed, this, &LiveFeed::forgetIncident);
    connect(&m_connections, &ConnectionModel::statusChanged, this, &LiveFeed::noteLive);
    connect(&m_connections, &ConnectionModel::countChanged, this, &LiveFeed::noteLive);
    connect(&m_connections, &ConnectionModel::dataChanged, this, &LiveFeed::noteTrouble);
    connect(&m_incidents, &IncidentModel::countChanged, this, &LiveFeed::noteCalm);
    connect(&m_windowWatch, &WindowWatch::visibleChanged, this, [this](bool visible) {
        if (m_client)
            m_client->setVisible(visible);
    });
    connect(&m_networkWatch, &NetworkWatch::reachableChanged, this, [this](bool reachable) {
        if (m_client && !isOnThisMachine(m_client->options().url))
            m_client->setNetworkReachable(reachable);
    });
    connect(&m_networkWatch, &NetworkWatch::networkChanged, this, [this] {
        if (m_client)
            m_client->checkConnection();
    });
}

LiveFeed::~LiveFeed()
{
    m_connections.disconnect(this);
    disconnectFromServer();
}

QString LiveFeed::server() const
{
    return m_server;
}

void LiveFeed::setServer(const QString &server)
{
    if (std::exchange(m_server, server) == server)
        return;
    reconnectLater();
    Q_EMIT serverChanged();
}

QStringList LiveFeed::rooms() const
{
    return m_rooms;
}

void LiveFeed::setRooms(const QStringList &rooms)
{
    const QStringList before = std::exchange(m_rooms, rooms);
    if (before == rooms)
        return;
    m_cache.setRooms(rooms);
    if (m_client) {
        for (const QString &room : before) {
            if (rooms.contains(room))
                continue;
            m_client->leaveRoom(room);
            m_store.removeRoom(room);
        }
        for (const QString &room : rooms)
            m_client->joinRoom(room);
    }
    if (isLive())
        m_cache.noteLive();
    Q_EMIT roomsChanged();
}

QString LiveFeed::tokenFile() const
{
    return m_tokenFile;
}

void LiveFeed::setTokenFile(const QString &tokenFile)
{
    if (std::exchange(m_tokenFile, tokenFile) == tokenFile)
        return;
    reconnectLater();
    Q_EMIT tokenFileChanged();
}

SecretStore *LiveFeed::secrets() const
{
    return m_secrets;
}

void LiveFeed::setSecrets(SecretStore *secrets)
{
    if (m_secrets == secrets)
        return;
    if (m_secrets)
        m_secrets->disconnect(this);
    m_secrets = secrets;
    if (secrets) {
        connect(secrets, &SecretStore::written, this, [this](const QString &name) {
            if (name == m_secretName)
                reconnectLater();
        });
    }
    reconnectLater();
    Q_EMIT secretsChanged();
}

QString LiveFeed::secretName() const
{
    return m_secretName;
}

void LiveFeed::setSecretName(const QString &name)
{
    if (std::exchange(m_secretName, name) == name)
        return;
    reconnectLater();
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
    m_windowWatch.setWindow(seen);
    Q_EMIT windowChanged();
}

IncidentModel *LiveFeed::incidents()
{
    return &m_incidents;
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

bool LiveFeed::isUnconfirmed() const
{
    return m_standing == Standing::Unconfirmed;
}

bool LiveFeed::isSettled() const
{
    return isLive() && m_store.size() == m_incidents.count();
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
    return m_problem;
}

QString LiveFeed::trouble() const
{
    return m_trouble;
}

void LiveFeed::classBegin()
{
    m_complete = false;
}

void LiveFeed::componentComplete()
{
    m_complete = true;
    reconnect();
}

void LiveFeed::reconnectLater()
{
    // Once for all properties that are set together.
    if (m_complete)
        m_reconnectTimer.start(0);
}

void LiveFeed::disconnectFromServer()
{
    m_commands.setClient(nullptr);
    m_feed.reset();
    if (m_client)
        m_connections.removeClient(*m_client);
    m_doubts.setClient(nullptr);
    m_activity.setClient(nullptr);
    m_monitors.setClient(nullptr);
    m_presence.setClient(nullptr);
    m_client.reset();
}

void LiveFeed::reconnect()
{
    disconnectFromServer();
    m_cache.close();
    for (const QString &room : std::as_const(m_rooms))
        m_store.removeRoom(room);
    // A plain server names no rooms, and some send what nobody joined.
    m_store.removeRoom({});
    for (const Incident &incident : m_store.all())
        m_store.resolve(incident.uuid, std::nullopt);
    m_standing = Standing::Unknown;
    m_omitted = 0;
    m_lastLive = {};
    Q_EMIT liveChanged();
    if (std::exchange(m_everHadIncidents, false))
        Q_EMIT everHadIncidentsChanged();
    setProblem({});
    noteTrouble();
    if (m_server.isEmpty())
        return;

    const QUrl url(m_server, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != u"ws" && url.scheme() != u"wss")) {
        setProblem(tr("“%1” is not the address of a server: it must look like "
                      "wss://ops.example.com/ws.")
                .arg(m_server));
        return;
    }

    showCached(url);
    m_client = std::make_unique<SocketClient>(SocketClientOptions{.url = url});
    m_feed = std::make_unique<IncidentFeed>(*m_client, m_store);
    if (m_secrets || !m_tokenFile.isEmpty())
        m_client->setTokenProvider([this] { return token(); });
    m_commands.setClient(m_client.get());
    for (const QString &room : m_rooms)
        m_client->joinRoom(room);
    m_connections.addClient(*m_client);
    m_doubts.setClient(m_client.get());
    m_activity.setClient(m_client.get());
    m_monitors.setClient(m_client.get());
    m_presence.setClient(m_client.get());
    m_client->setVisible(m_windowWatch.isVisible());
    m_client->setNetworkReachable(m_networkWatch.isReachable() || isOnThisMachine(url));
    m_client->connectToServer();
}

Expected<QString> LiveFeed::readTokenFile() const
{
    QFile file(m_tokenFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return makeError(ErrorCode::StorageFailed,
            tr("The token file %1 cannot be read: %2.").arg(m_tokenFile, file.errorString()));
    }
    QString token = QString::fromUtf8(file.readAll()).trimmed();
    if (token.isEmpty()) {
        return makeError(
            ErrorCode::StorageFailed, tr("The token file %1 is empty.").arg(m_tokenFile));
    }
    return token;
}

QFuture<QString> LiveFeed::token()
{
    const auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    // Without a result, it is cancelled when the promise ends.
    const auto answer = [this, promise](const Expected<QString> &read) {
        setProblem(read ? QString() : read.error().message);
        if (read) {
            promise->addResult(*read);
            promise->finish();
        }
    };
    if (m_secrets)
        whenFinished(m_secrets->read(m_secretName), this, answer);
    else
        answer(readTokenFile());
    return promise->future();
}

void LiveFeed::showCached(const QUrl &url)
{
    const auto kept = m_cache.open(url, m_rooms);
    if (!kept)
        return;
    m_standing = Standing::Unconfirmed;
    m_omitted = kept->omitted;
    m_lastLive = QDateTime::fromMSecsSinceEpoch(toMilliseconds(kept->asOf));
    for (const CachedIncident &one : kept->incidents)
        m_store.presume(one.rooms, one.incident);
    Q_EMIT liveChanged();
}

void LiveFeed::noteLive()
{
    if (m_connections.isLive() == isLive()) {
        noteCalm();
        noteTrouble();
        return;
    }
    if (m_connections.isLive()) {
        // A server that sends no list has confirmed nothing of the one that was kept.
        m_store.dropPresumed();
        m_omitted = 0;
        m_cache.noteLive();
        m_activity.refresh();
        m_standing = Standing::Live;
    } else {
        m_lastLive = asOf();
        m_cache.noteAged(m_lastLive);
        m_standing = Standing::Aged;
    }
    Q_EMIT liveChanged();
    noteCalm();
    noteTrouble();
}

// Of the room that was not confirmed for longest: after a suspend that was hours ago, not now.
QDateTime LiveFeed::asOf() const
{
    QDateTime oldest = QDateTime::currentDateTime();
    if (m_client) {
        for (const QString &room : m_rooms) {
            if (const QDateTime verified = m_client->roomLastVerified(room); verified.isValid())
                oldest = std::min(oldest, verified.toLocalTime());
        }
    }
    return oldest;
}

void LiveFeed::noteTrouble()
{
    QString sentence = [this]() -> QString {
        if (isLive())
            return {};
        if (!m_problem.isEmpty())
            return m_problem;
        if (m_connections.count() == 0)
            return tr("No server is set.");
        for (int row = 0; row < m_connections.count(); ++row) {
            const QModelIndex index = m_connections.index(row);
            const QString name = index.data(ConnectionModel::NameRole).toString();
            QString error = index.data(ConnectionModel::ErrorTextRole).toString();
            if (!error.isEmpty())
                return error;
            switch (index.data(ConnectionModel::StatusRole).value<ConnectionModel::Status>()) {
            case ConnectionModel::Status::Live: break;
            case ConnectionModel::Status::CatchingUp:
                return tr("%1 is sending the list of incidents.").arg(name);
            case ConnectionModel::Status::Connecting: return tr("Connecting to %1.").arg(name);
            case ConnectionModel::Status::Reconnecting:
                return tr("The connection to %1 was lost.").arg(name);
            case ConnectionModel::Status::Offline: return tr("Not connected to %1.").arg(name);
            case ConnectionModel::Status::NotAuthorised:
                return tr("%1 does not accept the token.").arg(name);
            }
        }
        return {};
    }();
    if (m_omitted > 0)
        sentence += u' ' + tr("%1 more were open then, and are not in this list.").arg(m_omitted);
    if (std::exchange(m_trouble, sentence) != sentence)
        Q_EMIT troubleChanged();
}

void LiveFeed::noteCalm()
{
    // The model is up to a frame behind the store; calm is when both have nothing.
    const bool calm = isLive() && m_store.size() == 0 && m_incidents.count() == 0;
    if (calm == m_calmSince.isValid())
        return;
    m_calmSince = calm ? QDateTime::currentDateTime() : QDateTime();
    Q_EMIT calmChanged();
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

void LiveFeed::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) == problem)
        return;
    Q_EMIT problemChanged();
    noteTrouble();
}

} // namespace tocsin
