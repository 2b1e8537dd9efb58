// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/connectionoptions.h"

#include <QHash>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

/// A server whose every answer the test gives by hand.
class HandServer : public QObject
{
    Q_OBJECT

public:
    HandServer()
        : m_server(QStringLiteral("hand"), QWebSocketServer::NonSecureMode)
    {
        listen(0);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            QWebSocket *const socket = m_server.nextPendingConnection();
            socket->setParent(this);
            sockets.append(socket);
            connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) { frames[socket].append(text); });
            connect(socket, &QWebSocket::binaryMessageReceived, this,
                [this, socket](const QByteArray &bytes) {
                    frames[socket].append(binaryMark);
                    binaries[socket].append(bytes);
                });
            connect(socket, &QWebSocket::disconnected, this, [this] { ++closed; });
        });
    }
    void listen(quint16 port) { QVERIFY(m_server.listen(QHostAddress::LocalHost, port)); }
    void stopListening() { m_server.close(); }
    [[nodiscard]] QUrl url() const { return m_server.serverUrl(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QStringList newestFrames() const
    {
        return sockets.isEmpty() ? QStringList() : frames.value(sockets.constLast());
    }
    [[nodiscard]] int open() const { return int(sockets.size()) - closed; }
    void say(const QByteArray &frame)
    {
        sockets.constLast()->sendTextMessage(QString::fromUtf8(frame));
    }

    void sayBytes(const QByteArray &bytes) { sockets.constLast()->sendBinaryMessage(bytes); }

    /// Stands in `frames` where a binary frame came.
    inline static const QString binaryMark = QStringLiteral("<binary>");
    QList<QWebSocket *> sockets;
    QHash<QWebSocket *, QStringList> frames;
    QHash<QWebSocket *, QList<QByteArray>> binaries;
    int closed = 0;

private:
    QWebSocketServer m_server;
};

/// Reconnects within the time that a test may take.
inline tocsin::SocketClientOptions fastOptions(const QUrl &url)
{
    tocsin::SocketClientOptions options{.url = url};
    options.connection.reconnectDelay = std::chrono::milliseconds(10);
    options.connection.maxReconnectDelay = std::chrono::milliseconds(20);
    return options;
}
