// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/feedconnection.h"

#include "client/socketclient.h"
#include "qml/shownaddress_p.h"
#include "qml/whenfinished.h"

#include <QFile>
#include <QHostAddress>
#include <QPromise>

#include <algorithm>

namespace tocsin {

namespace {

constexpr std::chrono::milliseconds networkPatience{1000};

/// Reached without a network, so that being without one says nothing about it.
bool isOnThisMachine(const SocketClientOptions &options)
{
    return std::ranges::any_of(
        QList<QUrl>{options.url} + options.alternatives, [](const QUrl &url) {
            return url.host() == u"localhost" || QHostAddress(url.host()).isLoopback();
        });
}

} // namespace

FeedConnection::FeedConnection(QObject *parent)
    : QObject(parent)
{
    m_beginTimer.setSingleShot(true);
    connect(&m_beginTimer, &QTimer::timeout, this, &FeedConnection::begin);
    connect(&m_windowWatch, &WindowWatch::visibleChanged, this, &FeedConnection::tellOfVisibility);
    m_networkTimer.setSingleShot(true);
    connect(&m_networkTimer, &QTimer::timeout, this, &FeedConnection::watchNetwork);
    m_networkTimer.start(networkPatience);
}

FeedConnection::~FeedConnection() = default;

QString FeedConnection::server() const
{
    return m_server;
}

void FeedConnection::setServer(const QString &server)
{
    if (std::exchange(m_server, server) != server)
        beginLater();
}

QStringList FeedConnection::alternatives() const
{
    return m_alternatives;
}

void FeedConnection::setAlternatives(const QStringList &alternatives)
{
    if (std::exchange(m_alternatives, alternatives) != alternatives)
        beginLater();
}

QStringList FeedConnection::rooms() const
{
    return m_rooms;
}

void FeedConnection::setRooms(const QStringList &rooms)
{
    const QStringList before = std::exchange(m_rooms, rooms);
    if (!m_client)
        return;
    for (const QString &room : before) {
        if (!rooms.contains(room))
            m_client->leaveRoom(room);
    }
    for (const QString &room : rooms)
        m_client->joinRoom(room);
}

QString FeedConnection::tokenFile() const
{
    return m_tokenFile;
}

void FeedConnection::setTokenFile(const QString &tokenFile)
{
    if (std::exchange(m_tokenFile, tokenFile) != tokenFile)
        beginLater();
}

SecretStore *FeedConnection::secrets() const
{
    return m_secrets;
}

void FeedConnection::setSecrets(SecretStore *secrets)
{
    if (m_secrets == secrets)
        return;
    if (m_secrets)
        m_secrets->disconnect(this);
    m_secrets = secrets;
    if (secrets) {
        connect(secrets, &SecretStore::written, this, [this](const QString &name) {
            if (name == m_secretName)
                beginLater();
        });
    }
    beginLater();
}

QString FeedConnection::secretName() const
{
    return m_secretName;
}

void FeedConnection::setSecretName(const QString &name)
{
    if (std::exchange(m_secretName, name) != name)
        beginLater();
}

void FeedConnection::setWindow(QWindow *window)
{
    m_windowWatch.setWindow(window);
}

void FeedConnection::setListenedTo(bool listenedTo)
{
    if (std::exchange(m_isListenedTo, listenedTo) != listenedTo)
        tellOfVisibility();
}

SocketClient *FeedConnection::client() const
{
    return m_client.get();
}

QString FeedConnection::problem() const
{
    return m_problem;
}

void FeedConnection::hold()
{
    m_readiness = Readiness::Held;
}

void FeedConnection::beginLater()
{
    // Once for all that is set together.
    if (m_readiness == Readiness::Ready)
        m_beginTimer.start(0);
}

void FeedConnection::begin()
{
    m_readiness = Readiness::Ready;
    Q_EMIT ending();
    m_client.reset();
    setProblem({});
    if (m_server.isEmpty())
        return;

    const auto chosen = options();
    if (!chosen)
        return;
    m_client = std::make_unique<SocketClient>(*chosen);
    if (m_secrets || !m_tokenFile.isEmpty())
        m_client->setTokenProvider([this] { return token(); });
    for (const QString &room : std::as_const(m_rooms))
        m_client->joinRoom(room);
    Q_EMIT beginning();
    tellOfVisibility();
    tellOfNetwork();
    // Whether there is a network at all is asked at once where nothing is reached.
    connect(m_client.get(), &SocketClient::stateChanged, this, [this](SocketClient::State state) {
        if (state == SocketClient::State::Reconnecting)
            watchNetwork();
    });
    m_client->connectToServer();
}

void FeedConnection::watchNetwork()
{
    m_networkTimer.stop();
    if (m_networkWatch)
        return;
    m_networkWatch = std::make_unique<NetworkWatch>();
    connect(m_networkWatch.get(), &NetworkWatch::reachableChanged, this,
        &FeedConnection::tellOfNetwork);
    connect(m_networkWatch.get(), &NetworkWatch::networkChanged, this, [this] {
        if (m_client)
            m_client->checkConnection();
    });
    tellOfNetwork();
}

void FeedConnection::tellOfVisibility()
{
    if (m_client)
        m_client->setVisible(m_windowWatch.isVisible() || m_isListenedTo);
}

void FeedConnection::tellOfNetwork()
{
    // Reachable until it is known: a client that were told only later would take it for a change.
    if (m_client)
        m_client->setNetworkReachable(!m_networkWatch || m_networkWatch->isReachable()
            || isOnThisMachine(m_client->options()));
}

std::optional<SocketClientOptions> FeedConnection::options()
{
    SocketClientOptions options;
    const QStringList addresses = QStringList{m_server} + m_alternatives;
    for (const QString &address : addresses) {
        const QUrl url(address, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty()
            || (url.scheme() != u"ws" && url.scheme() != u"wss")) {
            setProblem(tr("“%1” is not the address of a server: it must look like "
                          "wss://ops.example.com/ws.")
                    .arg(shownAddress(address)));
            return {};
        }
        if (options.url.isEmpty())
            options.url = url;
        else if (url != options.url && !options.alternatives.contains(url))
            options.alternatives.append(url);
    }
    return options;
}

Expected<QString> FeedConnection::readTokenFile() const
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

QFuture<QString> FeedConnection::token()
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

void FeedConnection::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

} // namespace tocsin
