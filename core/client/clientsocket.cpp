// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clientsocket_p.h"

#include "client/upgraderequest_p.h"

#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace tocsin {

namespace {

// How long a goodbye may take to leave before the socket is cut.
constexpr std::chrono::milliseconds goodbyeTime{1'000};

// How much of an answer to the upgrade is looked at.
constexpr qint64 longestAnswer = 16 * 1024;

} // namespace

ClientSocket::ClientSocket(const SocketClientOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_socket(new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this))
{
    // Its own limits are 2 GiB.
    m_socket->setMaxAllowedIncomingMessageSize(quint64(options.maximumMessageSize));
    m_socket->setMaxAllowedIncomingFrameSize(quint64(options.maximumMessageSize));

    QObject::connect(m_socket, &QWebSocket::connected, this, [this] {
        m_open = true;
        if (m_tcp)
            m_tcp->commitTransaction();
        Q_EMIT opened();
    });
    QObject::connect(
        m_socket, &QWebSocket::binaryMessageReceived, this, &ClientSocket::binaryReceived);
    QObject::connect(m_socket, &QWebSocket::pong, this, &ClientSocket::pongReceived);
    // Qt answers the peer's close and then waits until all that is unsent has left, which a peer
    // that does not read makes for ever: the goodbye is the end.
    QObject::connect(m_socket, &QWebSocket::aboutToClose, this, [this] {
        m_closed = true;
        ended();
    });
    QObject::connect(m_socket, &QWebSocket::disconnected, this, &ClientSocket::ended);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(m_socket, &QWebSocket::errorOccurred, this, &ClientSocket::ended);
#else
    QObject::connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        &ClientSocket::ended);
#endif
    QObject::connect(m_socket, &QWebSocket::sslErrors, this,
        [this](const QList<QSslError> &errors) { m_tlsErrors += errors; });
}

ClientSocket::~ClientSocket()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

void ClientSocket::onText(std::function<void(const QString &)> handler)
{
    QObject::connect(m_socket, &QWebSocket::textMessageReceived, this, std::move(handler));
}

void ClientSocket::silence()
{
    disconnect();
    if (m_socket)
        m_socket->disconnect(this);
}

void ClientSocket::open()
{
    const auto request = upgradeRequest(m_options);
    if (!request) {
        m_misconfigured = request.error();
        ended();
        return;
    }
    if (m_options.proxy)
        m_socket->setProxy(*m_options.proxy);
    if (m_options.tls)
        m_socket->setSslConfiguration(*m_options.tls);
    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols(m_options.subprotocols);
    m_socket->open(*request, handshake);
    // QWebSocket has no word for the answer's headers, and reads them before anybody else can. What
    // is read within a transaction can be read again. Should a later Qt keep its socket elsewhere,
    // the text of an error becomes poorer, and a slow link is taken for a dead one sooner.
    m_tcp = m_socket->findChild<QTcpSocket *>();
    if (m_tcp) {
        QObject::connect(
            m_tcp, &QTcpSocket::connected, this, [this] { m_tcp->startTransaction(); });
        // Nor for a message that is not whole yet.
        QObject::connect(m_tcp, &QTcpSocket::readyRead, this, [this] {
            if (m_open)
                Q_EMIT bytesReceived();
        });
    }
}

void ClientSocket::readAnswer()
{
    if (!m_tcp || !m_tcp->isTransactionStarted())
        return;
    m_tcp->rollbackTransaction();
    m_answer = httpAnswer(m_tcp->peek(longestAnswer));
}

void ClientSocket::closeNormally()
{
    // close() waits for unsent bytes, for ever if the peer does not read: the socket is given a
    // moment of its own and we go on without it.
    QWebSocket *const leaving = m_socket;
    m_socket.clear();
    leaving->disconnect(this);
    leaving->setParent(parent());
    QObject::connect(leaving, &QWebSocket::disconnected, leaving, &QObject::deleteLater);
    QTimer::singleShot(goodbyeTime, leaving, [leaving] {
        leaving->abort();
        leaving->deleteLater();
    });
    leaving->close(QWebSocketProtocol::CloseCodeNormal);
}

bool ClientSocket::canSend() const
{
    return m_open && !m_ended && m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void ClientSocket::sendText(const QByteArray &frame)
{
    m_socket->sendTextMessage(QString::fromUtf8(frame));
}

void ClientSocket::sendBinary(const QByteArray &frame)
{
    m_socket->sendBinaryMessage(frame);
}

void ClientSocket::sendPing()
{
    m_socket->ping();
}

void ClientSocket::ended()
{
    if (m_ended)
        return;
    m_ended = true;
    if (!m_open)
        readAnswer();
    // Depending on the reason `disconnected` comes before or after the error that explains it, and
    // a refused upgrade reports twice: judge when all of it has been said.
    QMetaObject::invokeMethod(this, &ClientSocket::report, Qt::QueuedConnection);
}

void ClientSocket::report()
{
    Q_EMIT lost(loss());
}

ConnectionLoss ClientSocket::loss() const
{
    if (m_misconfigured) {
        return {.error = m_misconfigured, .afterwards = ConnectionLoss::Afterwards::Stop};
    }
    if (!m_open) {
        return handshakeLoss({.url = m_options.url,
            .error = m_socket->error(),
            .errorText = m_socket->errorString(),
            .answer = m_answer,
            .tlsErrors = m_tlsErrors});
    }
    if (m_closed)
        return closedLoss(m_options.url, int(m_socket->closeCode()), m_socket->closeReason());
    return brokenLoss(m_options.url, m_socket->errorString());
}

} // namespace tocsin
