// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/socketloss_p.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QTcpSocket;
class QWebSocket;

namespace tocsin {

/// One attempt's QWebSocket, with its ways of telling an end made one: exactly one lost(), after
/// everything that it has to say of the reason has been said.
class ClientSocket : public QObject
{
    Q_OBJECT

public:
    ClientSocket(const SocketClientOptions &options, QObject *parent);
    /// Lets go of the socket without waiting for it.
    ~ClientSocket() override;

    /// Text frames go there, and not through a signal: there are millions of them.
    void onText(std::function<void(const QString &)> handler);
    /// Nothing more is heard from here on, also not what is being read in this moment.
    void silence();
    void open();
    /// Says goodbye (close code 1000) where the peer still listens, then lets go.
    void closeNormally();
    [[nodiscard]] bool canSend() const;
    void sendText(const QByteArray &frame);
    void sendBinary(const QByteArray &frame);
    void sendPing();

Q_SIGNALS:
    void opened();
    void binaryReceived(const QByteArray &frame);
    void pongReceived();
    /// Bytes came, of something whole or not; what is whole is told after them.
    void bytesReceived();
    void lost(const tocsin::ConnectionLoss &loss);

private:
    void readAnswer();
    void ended();
    void report();
    [[nodiscard]] ConnectionLoss loss() const;

    SocketClientOptions m_options;
    QPointer<QWebSocket> m_socket;
    QPointer<QTcpSocket> m_tcp;
    std::optional<Error> m_misconfigured;
    bool m_open = false;
    bool m_ended = false;
    bool m_closed = false;
    HttpAnswer m_answer;
    QList<QSslError> m_tlsErrors;
};

} // namespace tocsin
