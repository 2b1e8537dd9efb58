// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtQml/qqmlregistration.h>

/// A server on a real socket that does what a test tells it: it answers joins with the incidents
/// that it was given, and can go away, stay silent, or refuse a token.
class ScriptedServer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString url READ url NOTIFY listeningChanged)
    Q_PROPERTY(int sessions READ sessions NOTIFY sessionsChanged)
    /// Joins are answered; where not, the client goes on catching up.
    Q_PROPERTY(bool answersJoins MEMBER m_answersJoins NOTIFY changed)
    Q_PROPERTY(bool refusesTokens MEMBER m_refusesTokens NOTIFY changed)
    /// The token that the latest session came with.
    Q_PROPERTY(QString token MEMBER m_token NOTIFY changed)

public:
    explicit ScriptedServer(QObject *parent = nullptr);
    ~ScriptedServer() override;

    [[nodiscard]] QString url() const;
    [[nodiscard]] int sessions() const;

    /// Creates or updates an incident, and tells who has joined. `details` are further fields as
    /// on the wire.
    Q_INVOKABLE void raise(const QString &uuid, const QString &title, const QString &severity,
        const QVariantMap &details = {});
    Q_INVOKABLE void resolve(const QString &uuid);
    Q_INVOKABLE void sendGarbage();
    /// A name in a directory that goes with this server.
    Q_INVOKABLE [[nodiscard]] QString scratchFile(const QString &name) const;
    /// Ends all sessions and refuses new ones, and takes them again on the same port.
    Q_INVOKABLE void goAway();
    Q_INVOKABLE void comeBack();

Q_SIGNALS:
    void listeningChanged();
    void sessionsChanged();
    void changed();

private:
    void take(QWebSocket *socket);
    void answer(QWebSocket &socket, const QString &frame);
    void sendSnapshot(QWebSocket &socket, const QString &room);
    void publish(const QString &name, const QJsonObject &data);

    QTemporaryDir m_scratch;
    QWebSocketServer m_server;
    quint16 m_port = 0;
    QList<QWebSocket *> m_sockets;
    QStringList m_rooms;
    QMap<QString, QJsonObject> m_incidents;
    QHash<QString, int> m_versions;
    qint64 m_sequence = 0;
    bool m_answersJoins = true;
    bool m_refusesTokens = false;
    QString m_token;
};
