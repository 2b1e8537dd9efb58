// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "scriptedserver.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

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

QString reply(qint64 request, const QJsonObject &result)
{
    return envelope(
        u"reply"_s, {}, 0, {{u"requestId"_s, request}, {u"ok"_s, true}, {u"result"_s, result}});
}

QString refusal(qint64 request, const QString &code)
{
    return envelope(u"reply"_s, {}, 0,
        {{u"requestId"_s, request}, {u"ok"_s, false},
            {u"error"_s,
                QJsonObject{{u"code"_s, code}, {u"message"_s, u"The script says: "_s + code}}}});
}

const auto person = u"Anna"_s;

} // namespace

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
    return u"ws://%1:%2/ws"_s.arg(m_address).arg(m_port);
}

void ScriptedServer::listenAt(const QString &address)
{
    goAway();
    m_address = address;
    comeBack();
}

int ScriptedServer::sessions() const
{
    return int(m_sockets.size());
}

void ScriptedServer::comeBack()
{
    const bool isHere = QHostAddress(m_address).isLoopback();
    if (!m_server.listen(isHere ? QHostAddress::LocalHost : QHostAddress::AnyIPv4, m_port))
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
    if (m_plain) {
        const QString room = command.value(u"room").toString();
        if (type == u"room.join" && !m_rooms.contains(room))
            m_rooms.append(room);
    } else if (type == u"auth") {
        m_token = command.value(u"token").toString();
        Q_EMIT changed();
        if (m_refusesTokens)
            socket.close(QWebSocketProtocol::CloseCode(4001), u"no such token"_s);
        else
            socket.sendTextMessage(envelope(u"auth.ok"_s, {}, 0,
                {{u"user"_s,
                     QJsonObject{{u"id"_s, u"u1"_s}, {u"name"_s, person}, {u"role"_s, m_role}}},
                    {u"session"_s, u"s1"_s}}));
    } else if (type == u"room.join" && m_answersJoins) {
        const QString room = command.value(u"room").toString();
        if (!m_rooms.contains(room))
            m_rooms.append(room);
        sendSnapshot(socket, room);
    } else if (type == u"incident.history") {
        answerHistory(
            socket, command.value(u"requestId").toInteger(), command.value(u"uuid").toString());
    } else if (type == u"room.activity") {
        answerActivity(socket, command.value(u"requestId").toInteger());
    } else if (type.startsWith(u"incident.")) {
        takeCommand(socket, command);
    }
}

QVariantList ScriptedServer::commands() const
{
    return m_commands;
}

void ScriptedServer::takeCommand(QWebSocket &socket, QJsonObject command)
{
    const qint64 request = command.take(u"requestId").toInteger();
    m_commands.append(command.toVariantMap());
    if (m_commandAnswer.isEmpty())
        m_held.append({&socket, request, command});
    else
        answerCommand(socket, request, command, m_commandAnswer);
    Q_EMIT changed();
}

void ScriptedServer::answerHeld(const QString &how)
{
    for (const Held &held : std::exchange(m_held, {})) {
        if (held.socket)
            answerCommand(*held.socket, held.request, held.command, how);
    }
}

void ScriptedServer::answerCommand(
    QWebSocket &socket, qint64 request, const QJsonObject &command, const QString &how)
{
    if (how != u"done") {
        socket.sendTextMessage(refusal(request, how));
        return;
    }
    const QString uuid = command.value(u"uuid").toString();
    carryOut(command);
    socket.sendTextMessage(reply(request, {{u"uuid"_s, uuid}, {u"version"_s, m_versions[uuid]}}));
}

void ScriptedServer::carryOut(const QJsonObject &command)
{
    const QString uuid = command.value(u"uuid").toString();
    const QString type = command.value(u"type").toString();
    const auto note = [&](const QString &kind, const QString &text = {}) {
        addHistory(uuid, kind, QDateTime::currentMSecsSinceEpoch(), person, text);
    };
    if (type == u"incident.resolve") {
        note(u"resolved"_s);
        resolve(uuid);
        return;
    }
    QVariantMap details = m_incidents.value(uuid).toVariantMap();
    if (type == u"incident.acknowledge") {
        note(u"acknowledged"_s);
        details.insert(u"status"_s, u"acknowledged"_s);
        details.insert(u"acknowledgedBy"_s, person);
    } else if (type == u"incident.unacknowledge") {
        note(u"unacknowledged"_s);
        details.insert(u"status"_s, u"open"_s);
        details.remove(u"acknowledgedBy"_s);
    } else if (type == u"incident.assign") {
        const QString assignee = command.value(u"assignee").toString();
        note(u"assigned"_s, assignee);
        details.insert(u"assignee"_s, assignee);
    } else {
        note(u"commented"_s, command.value(u"text").toString());
    }
    raise(uuid, details.value(u"title"_s).toString(), details.value(u"severity"_s).toString(),
        details);
}

void ScriptedServer::answerHistory(QWebSocket &socket, qint64 request, const QString &uuid)
{
    ++m_historyQuestions;
    if (m_historyAnswer == u"done")
        socket.sendTextMessage(
            reply(request, {{u"uuid"_s, uuid}, {u"entries"_s, m_histories.value(uuid)}}));
    else if (!m_historyAnswer.isEmpty())
        socket.sendTextMessage(refusal(request, m_historyAnswer));
    Q_EMIT changed();
}

void ScriptedServer::answerActivity(QWebSocket &socket, qint64 request)
{
    constexpr qint64 day = 86'400'000 + 900'000;
    if (m_activityAnswer == u"done")
        socket.sendTextMessage(reply(request,
            {{u"from"_s, QDateTime::currentMSecsSinceEpoch() - day},
                {u"quarters"_s, QJsonArray::fromVariantList(m_activity)}}));
    else
        socket.sendTextMessage(refusal(request, m_activityAnswer));
}

void ScriptedServer::addHistory(
    const QString &uuid, const QString &kind, qint64 at, const QString &by, const QString &text)
{
    QJsonObject entry{{u"kind"_s, kind}, {u"at"_s, at}};
    if (!by.isEmpty())
        entry.insert(u"by"_s, by);
    if (!text.isEmpty())
        entry.insert(u"text"_s, text);
    m_histories[uuid].append(entry);
}

QString ScriptedServer::tokenFile() const
{
    QFile file(scratchFile(u"token"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write("secret\n") < 0)
        qFatal("The token cannot be written: %s", qPrintable(file.errorString()));
    return file.fileName();
}

void ScriptedServer::sendSnapshot(QWebSocket &socket, const QString &room)
{
    QJsonArray incidents;
    for (const QJsonObject &incident : std::as_const(m_incidents))
        incidents.append(incident);
    socket.sendTextMessage(envelope(u"room.joined"_s, room, 0,
        {{u"room"_s, room}, {u"epoch"_s, u"e"_s}, {u"seq"_s, m_sequence},
            {u"recovered"_s, false}}));
    QJsonObject snapshot{{u"room"_s, room}, {u"epoch"_s, u"e"_s}, {u"seq"_s, m_sequence},
        {u"part"_s, 1}, {u"parts"_s, 1}, {u"incidents"_s, incidents}};
    if (m_listsMonitors) {
        QJsonArray monitors;
        for (const QJsonObject &monitor : std::as_const(m_monitors))
            monitors.append(monitor);
        snapshot.insert(u"monitors"_s, monitors);
    }
    socket.sendTextMessage(envelope(u"room.snapshot"_s, room, 0, snapshot));
}

void ScriptedServer::publish(const QString &name, const QJsonObject &data)
{
    ++m_sequence;
    for (const QString &room : std::as_const(m_rooms)) {
        for (QWebSocket *const socket : std::as_const(m_sockets))
            socket->sendTextMessage(envelope(name, room, m_plain ? 0 : m_sequence, data));
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

void ScriptedServer::obstruct(const QString &name) const
{
    QFile::remove(scratchFile(name));
    if (!QDir().mkpath(scratchFile(name)))
        qWarning("%s cannot be made a directory", qPrintable(name));
}

void ScriptedServer::sendGarbage()
{
    for (QWebSocket *const socket : std::as_const(m_sockets))
        socket->sendTextMessage(u"{\"name\": 7"_s);
}

void ScriptedServer::sendOther(const QString &name)
{
    for (QWebSocket *const socket : std::as_const(m_sockets))
        socket->sendTextMessage(envelope(name, {}, 0, {}));
}

void ScriptedServer::tellPresence(const QStringList &people)
{
    QJsonArray users;
    for (const QString &name : people)
        users.append(QJsonObject{{u"id"_s, name}, {u"name"_s, name}, {u"role"_s, u"responder"_s}});
    for (const QString &room : std::as_const(m_rooms)) {
        for (QWebSocket *const socket : std::as_const(m_sockets))
            socket->sendTextMessage(
                envelope(u"presence"_s, room, 0, {{u"room"_s, room}, {u"users"_s, users}}));
    }
}

void ScriptedServer::changeMonitor(const QString &name, const QString &status, qint64 changedAt)
{
    const QJsonObject monitor{{u"monitorUuid"_s, u"uptime-kuma:"_s + name}, {u"name"_s, name},
        {u"status"_s, status},
        {u"changedAt"_s, changedAt > 0 ? changedAt : QDateTime::currentMSecsSinceEpoch()}};
    m_monitors.insert(name, monitor);
    publish(u"monitor.status-changed"_s, monitor);
}

void ScriptedServer::removeMonitor(const QString &name)
{
    m_monitors.remove(name);
    publish(u"monitor.removed"_s, {{u"monitorUuid"_s, u"uptime-kuma:"_s + name}});
}

void ScriptedServer::addMonitors(int count)
{
    for (int i = 0; i < count; ++i) {
        const QString name = u"monitor %1"_s.arg(i, 4, 10, QChar(u'0'));
        const QJsonObject monitor{{u"monitorUuid"_s, u"uptime-kuma:"_s + name}, {u"name"_s, name},
            {u"status"_s, u"up"_s}, {u"changedAt"_s, 1000}};
        m_monitors.insert(name, monitor);
    }
}
