// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

ScriptedServer::ScriptedServer(QObject *parent)
    : QObject(parent)
    , m_server(u"scripted"_s, QWebSocketServer::NonSecureMode)
{
    connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *const socket = m_server.nextPendingConnection())
            take(socket);
    });
    comeBack();
}

ScriptedServer::~ScriptedServer()
{
    for (QWebSocket *const socket : std::as_const(m_sockets))
        socket->disconnect(this);
}

QString ScriptedServer::url() const
{
    return u"ws://127.0.0.1:%1/ws"_s.arg(m_port);
}

int ScriptedServer::sessions() const
{
    return int(m_sockets.size());
}

void ScriptedServer::comeBack()
{
    if (!m_server.listen(QHostAddress::LocalHost, m_port))
        qFatal("The scripted server cannot listen: %s", qPrintable(m_server.errorString()));
    m_port = m_server.serverPort();
    Q_EMIT listeningChanged();
}

void ScriptedServer::goAway()
{
    m_server.close();
    // A copy: each leaves the list as it ends.
    for (QWebSocket *const socket : QList(m_sockets))
        socket->abort();
}

void ScriptedServer::take(QWebSocket *socket)
{
    socket->setParent(this);
    m_sockets.append(socket);
    connect(socket, &QWebSocket::textMessageReceived, this,
        [this, socket](const QString &frame) { answer(*socket, frame); });
    connect(socket, &QWebSocket::disconnected, this, [this, socket] {
        m_sockets.removeOne(socket);
        socket->deleteLater();
        Q_EMIT sessionsChanged();
    });
    Q_EMIT sessionsChanged();
}

void ScriptedServer::answer(QWebSocket &socket, const QString &frame)
{
    if (frame == u"2") {
        socket.sendTextMessage(u"3"_s);
        return;
    }
    const QJsonObject command = QJsonDocument::fromJson(frame.toUtf8()).object();
    const QString type = command.value(u"type").toString();
    if (type == u"auth") {
        m_token = command.value(u"token").toString();
        Q_EMIT changed();
        if (m_refusesTokens)
            socket.close(QWebSocketProtocol::CloseCode(4001), u"no such token"_s);
    } else if (type == u"room.join" && m_answersJoins) {
        const QString room = command.value(u"room").toString();
        if (!m_rooms.contains(room))
            m_rooms.append(room);
        sendSnapshot(socket, room);
    }
}

namespace {

QString envelope(const QString &name, const QString &room, qint64 sequence, const QJsonObject &data)
{
    QJsonObject object{{u"name"_s, name}, {u"data"_s, data},
        {u"timestamp"_s, QDateTime::currentMSecsSinceEpoch()}};
    if (!room.isEmpty())
        object.insert(u"room"_s, room);
    if (sequence > 0)
        object.insert(u"seq"_s, sequence);
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

void ScriptedServer::sendSnapshot(QWebSocket &socket, const QString &room)
{
    QJsonArray incidents;
    for (const QJsonObject &incident : std::as_const(m_incidents))
        incidents.append(incident);
    socket.sendTextMessage(envelope(u"room.joined"_s, room, 0,
        {{u"room"_s, room}, {u"epoch"_s, u"e"_s}, {u"seq"_s, m_sequence},
            {u"recovered"_s, false}}));
    socket.sendTextMessage(envelope(u"room.snapshot"_s, room, 0,
        {{u"room"_s, room}, {u"epoch"_s, u"e"_s}, {u"seq"_s, m_sequence}, {u"part"_s, 1},
            {u"parts"_s, 1}, {u"incidents"_s, incidents}}));
}

void ScriptedServer::publish(const QString &name, const QJsonObject &data)
{
    ++m_sequence;
    for (const QString &room : std::as_const(m_rooms)) {
        for (QWebSocket *const socket : std::as_const(m_sockets))
            socket->sendTextMessage(envelope(name, room, m_sequence, data));
    }
}

void ScriptedServer::raise(
    const QString &uuid, const QString &title, const QString &severity, const QVariantMap &details)
{
    const bool isNew = !m_incidents.contains(uuid);
    QJsonObject incident = QJsonObject::fromVariantMap(details);
    incident.insert(u"uuid"_s, uuid);
    incident.insert(u"title"_s, title);
    incident.insert(u"severity"_s, severity);
    incident.insert(u"version"_s, ++m_versions[uuid]);
    m_incidents.insert(uuid, incident);
    publish(isNew ? u"incident.created"_s : u"incident.updated"_s, incident);
}

void ScriptedServer::resolve(const QString &uuid)
{
    m_incidents.remove(uuid);
    publish(u"incident.resolved"_s, {{u"uuid"_s, uuid}, {u"version"_s, ++m_versions[uuid]}});
}

QString ScriptedServer::scratchFile(const QString &name) const
{
    return m_scratch.filePath(name);
}

void ScriptedServer::sendGarbage()
{
    for (QWebSocket *const socket : std::as_const(m_sockets))
        socket->sendTextMessage(u"{\"name\": 7"_s);
}
