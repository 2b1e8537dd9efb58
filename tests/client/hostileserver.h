// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

/// WebSocket frames as a server puts them on the wire, rightly or not (RFC 6455 section 5.2).
namespace wire {

enum class Opcode : quint8 { Text = 1, Binary = 2, Reserved = 3, Close = 8, Ping = 9, Pong = 10 };
enum class Mask { None, AsAClientDoes };

/// The first bytes of a frame that claims to hold `length` bytes.
[[nodiscard]] QByteArray header(Opcode opcode, quint64 length);
[[nodiscard]] QByteArray frame(Opcode opcode, const QByteArray &payload, Mask mask = Mask::None);
[[nodiscard]] QByteArray text(const QByteArray &payload);
/// A close frame; `code` 0 gives one without a code.
[[nodiscard]] QByteArray close(int code, const QByteArray &reason = {});

} // namespace wire

/// One connection of a HostileServer.
class HostilePeer : public QObject
{
    Q_OBJECT

public:
    HostilePeer(QTcpSocket *socket, QObject *parent);

    /// Answers the upgrade as RFC 6455 wants it.
    void acceptUpgrade();
    /// Answers with an HTTP status and no body; `headers` are whole lines, each with its CRLF.
    void answer(int status, const QByteArray &headers = {});
    void send(const QByteArray &bytes);
    /// A close frame, then the end of the stream, as a tidy server does it.
    void close(int code, const QByteArray &reason = {});
    /// The end of the stream, without a word.
    void hangUp();
    /// RST instead of FIN.
    void reset();
    /// Leaves what comes from now on in the kernel, until its buffers are full.
    void stopReading();

    /// The upgrade request, once it is whole.
    [[nodiscard]] QByteArray request() const;
    /// A header of the request; absent is null, not empty.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    /// The text frames that came.
    [[nodiscard]] QStringList texts() const;
    /// The code of the close frame that came; 0 before one did.
    [[nodiscard]] int closeCode() const;
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void upgradeRequested();

private:
    void read();
    [[nodiscard]] bool readFrame();

    QPointer<QTcpSocket> m_socket;
    QByteArray m_request;
    QByteArray m_unread;
    QStringList m_texts;
    int m_closeCode = 0;
    bool m_reading = true;
};

/// A TCP server on the loopback interface that keeps to the test's script and to no specification:
/// real sockets, and every way of misbehaving on them. Lives and acts in one thread.
class HostileServer : public QObject
{
    Q_OBJECT

public:
    using Script = std::function<void(HostilePeer &)>;

    /// `script` answers each upgrade request; without one the server stays silent for ever.
    explicit HostileServer(Script script = {});

    /// What the next upgrade request is answered with.
    Script script;
    /// Every connection there was, oldest first.
    QList<HostilePeer *> peers;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] quint16 port() const;
    void stopListening();
    /// How many connections are open.
    [[nodiscard]] int open() const;
    /// How many upgrades were asked for.
    [[nodiscard]] int upgrades() const;

private:
    QTcpServer m_server;
    int m_upgrades = 0;
};
