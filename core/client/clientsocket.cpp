// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clientsocket_p.h"

#include "protocol/closecode.h"

#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslError>
#include <QTimer>
#include <QWebSocket>

namespace tocsin {

namespace {

// How long a goodbye may take to leave before the socket is cut.
constexpr std::chrono::milliseconds goodbyeTime{1'000};

// QWebSocket keeps the status of a refused upgrade in its text only; from 6.8 on it reads a 401
// itself and speaks of authentication.
int httpStatusIn(const QString &errorText)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    if (const auto match = pattern.match(errorText); match.hasMatch())
        return match.captured(1).toInt();
    return errorText.contains(u"authenticat", Qt::CaseInsensitive) ? 401 : 0;
}

// Without the name of Qt's function, which says nothing to a person.
QString readableText(QString errorText)
{
    static const QRegularExpression function(QStringLiteral("^\\w+::\\w+: "));
    errorText.remove(function);
    while (errorText.endsWith(u'.'))
        errorText.chop(1);
    return errorText;
}

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
        Q_EMIT opened();
    });
    QObject::connect(
        m_socket, &QWebSocket::binaryMessageReceived, this, &ClientSocket::binaryReceived);
    QObject::connect(m_socket, &QWebSocket::pong, this, &ClientSocket::pongReceived);
    QObject::connect(
        m_socket, &QWebSocket::aboutToClose, this, [this] { m_peerSaidGoodbye = true; });
    QObject::connect(m_socket, &QWebSocket::disconnected, this, &ClientSocket::ended);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(m_socket, &QWebSocket::errorOccurred, this, &ClientSocket::ended);
#else
    QObject::connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        &ClientSocket::ended);
#endif
    QObject::connect(
        m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
            if (!errors.isEmpty())
                m_tlsProblem = errors.constFirst().errorString();
        });
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
    m_socket->open(QNetworkRequest(m_options.url));
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
    if (!m_open)
        return handshakeLoss();
    if (m_peerSaidGoodbye) {
        // Qt takes the registered codes from 1012 on for an error of the peer and does not tell
        // which one it was. They all mean: come back later.
        if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeProtocolError
            && m_socket->closeReason().startsWith(u"Invalid close code")) {
            return {.code = int(CloseCode::NoStatus),
                .reason = QStringLiteral("closed with a code that cannot be read")};
        }
        return {.code = int(m_socket->closeCode()), .reason = m_socket->closeReason()};
    }
    return {.code = int(CloseCode::Abnormal),
        .error = Error{ErrorCode::ConnectionLost,
            QStringLiteral("The connection to %1 was lost: %2.")
                .arg(m_options.url.host(), readableText(m_socket->errorString())),
            {}}};
}

ConnectionLoss ClientSocket::handshakeLoss() const
{
    const QString text = readableText(m_socket->errorString());
    const QString host = m_options.url.host();
    const auto failed = [](ErrorCode code, const QString &message, int closeCode = 1006) {
        return ConnectionLoss{.code = closeCode, .reason = {}, .error = Error{code, message, {}}};
    };
    const int status = httpStatusIn(text);
    if (status == 401) {
        return failed(ErrorCode::Unauthenticated,
            QStringLiteral("%1 refused the connection: not authorised (HTTP 401).").arg(host),
            int(CloseCode::Unauthorized));
    }
    if (status == 403) {
        return failed(ErrorCode::Forbidden,
            QStringLiteral("%1 refused the connection: forbidden (HTTP 403).").arg(host),
            int(CloseCode::Forbidden));
    }
    if (status != 0) {
        return failed(ErrorCode::HandshakeFailed,
            QStringLiteral("%1 answered HTTP %2 where a WebSocket was expected. Is the "
                           "path of the address right?")
                .arg(host)
                .arg(status));
    }
    if (!m_tlsProblem.isEmpty()) {
        return failed(ErrorCode::TlsFailed,
            QStringLiteral("The certificate of %1 is not trusted: %2.").arg(host, m_tlsProblem));
    }
    switch (m_socket->error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return failed(ErrorCode::ConnectionRefused,
            QStringLiteral("Nothing answers at %1, port %2.")
                .arg(host)
                .arg(m_options.url.port(m_options.url.scheme() == u"wss" ? 443 : 80)));
    case QAbstractSocket::HostNotFoundError:
        return failed(ErrorCode::HostNotFound, QStringLiteral("No host is called %1.").arg(host));
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return failed(ErrorCode::TlsFailed,
            QStringLiteral("No secure connection to %1: %2.").arg(host, text));
    default:
        return failed(ErrorCode::HandshakeFailed,
            QStringLiteral("The connection to %1 failed: %2.").arg(host, text));
    }
}

} // namespace tocsin
