// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "hostileserver.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QtEndian>

#include <sys/socket.h>

namespace wire {

namespace {

constexpr char maskingKey[4] = {0x11, 0x22, 0x33, 0x44};

QByteArray masked(QByteArray payload)
{
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = char(payload[i] ^ maskingKey[i % 4]);
    return payload;
}

template <typename Integer>
QByteArray bigEndian(Integer value)
{
    QByteArray bytes(sizeof(Integer), Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray header(Opcode opcode, quint64 length)
{
    QByteArray bytes(1, char(0x80 | int(opcode)));
    if (length < 126)
        return bytes + char(length);
    if (length <= 0xffff)
        return bytes + char(126) + bigEndian(quint16(length));
    return bytes + char(127) + bigEndian(length);
}

QByteArray frame(Opcode opcode, const QByteArray &payload, Mask mask)
{
    QByteArray bytes = header(opcode, quint64(payload.size()));
    if (mask == Mask::None)
        return bytes + payload;
    bytes[1] = char(bytes[1] | 0x80);
    return bytes + QByteArray(maskingKey, sizeof maskingKey) + masked(payload);
}

QByteArray text(const QByteArray &payload)
{
    return frame(Opcode::Text, payload);
}

QByteArray close(int code, const QByteArray &reason)
{
    return frame(Opcode::Close, code == 0 ? QByteArray() : bigEndian(quint16(code)) + reason);
}

} // namespace wire

HostilePeer::HostilePeer(QTcpSocket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
{
    socket->setParent(this);
    connect(socket, &QTcpSocket::readyRead, this, &HostilePeer::read);
    read();
}

void HostilePeer::acceptUpgrade()
{
    const QByteArray key = header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    const QByteArray accept = QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64();
    QByteArray protocol = header("Sec-WebSocket-Protocol");
    if (!protocol.isNull())
        protocol = "Sec-WebSocket-Protocol: " + protocol.split(',').constFirst().trimmed() + "\r\n";
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Accept: "
        + accept + "\r\n" + protocol + "\r\n");
}

void HostilePeer::answer(int status, const QByteArray &headers)
{
    send("HTTP/1.1 " + QByteArray::number(status) + " As Scripted\r\nContent-Length: 0\r\n"
        + headers + "\r\n");
}

void HostilePeer::send(const QByteArray &bytes)
{
    // The peer may be gone by now, and the script not know it.
    if (!isOpen())
        return;
    m_socket->write(bytes);
    m_socket->flush();
}

void HostilePeer::close(int code, const QByteArray &reason)
{
    send(wire::close(code, reason));
    hangUp();
}

void HostilePeer::hangUp()
{
    if (m_socket)
        m_socket->disconnectFromHost();
}

void HostilePeer::reset()
{
    if (!m_socket)
        return;
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_socket->abort();
}

void HostilePeer::stopReading()
{
    m_reading = false;
    if (m_socket)
        m_socket->setReadBufferSize(1);
}

QByteArray HostilePeer::request() const
{
    return m_request;
}

QByteArray HostilePeer::header(const QByteArray &name) const
{
    for (const QByteArray &line : m_request.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QStringList HostilePeer::texts() const
{
    return m_texts;
}

int HostilePeer::closeCode() const
{
    return m_closeCode;
}

bool HostilePeer::isOpen() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void HostilePeer::read()
{
    if (!m_reading || !m_socket)
        return;
    m_unread += m_socket->readAll();
    if (m_request.isEmpty()) {
        const qsizetype end = m_unread.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        m_request = m_unread.left(end + 2);
        m_unread.remove(0, end + 4);
        Q_EMIT upgradeRequested();
    }
    while (readFrame()) { }
}

bool HostilePeer::readFrame()
{
    // Every frame of a client is masked, and no client here sends one of 64 KiB or more in a
    // fragment that this does not understand.
    const auto byte = [this](qsizetype i) { return quint8(m_unread[i]); };
    if (m_unread.size() < 2)
        return false;
    qsizetype start = 2;
    quint64 length = byte(1) & 0x7f;
    if (length >= 126) {
        const qsizetype size = length == 126 ? 2 : 8;
        start += size;
        if (m_unread.size() < start)
            return false;
        length = size == 2 ? qFromBigEndian<quint16>(m_unread.constData() + 2)
                           : qFromBigEndian<quint64>(m_unread.constData() + 2);
    }
    const QByteArray key = m_unread.mid(start, 4);
    start += 4;
    if (m_unread.size() < start + qsizetype(length))
        return false;
    QByteArray payload = m_unread.mid(start, qsizetype(length));
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = char(payload[i] ^ key[i % 4]);
    const auto opcode = wire::Opcode(byte(0) & 0x0f);
    m_unread.remove(0, start + qsizetype(length));
    if (opcode == wire::Opcode::Text)
        m_texts.append(QString::fromUtf8(payload));
    else if (opcode == wire::Opcode::Close)
        m_closeCode = payload.size() < 2 ? 1005 : qFromBigEndian<quint16>(payload.constData());
    return true;
}

HostileServer::HostileServer(Script toFollow)
    : script(std::move(toFollow))
    , m_server(this)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const socket = m_server.nextPendingConnection()) {
            auto *const peer = new HostilePeer(socket, this);
            peers.append(peer);
            const auto answer = [this, peer] {
                ++m_upgrades;
                if (script)
                    script(*peer);
            };
            connect(peer, &HostilePeer::upgradeRequested, this, answer);
            if (!peer->request().isEmpty())
                answer();
        }
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(m_server.errorString()));
}

QUrl HostileServer::url() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/ws").arg(port()));
}

quint16 HostileServer::port() const
{
    return m_server.serverPort();
}

void HostileServer::stopListening()
{
    m_server.close();
}

int HostileServer::open() const
{
    return int(std::count_if(
        peers.begin(), peers.end(), [](const HostilePeer *peer) { return peer->isOpen(); }));
}

int HostileServer::upgrades() const
{
    return m_upgrades;
}
