// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/incident.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <QVariantList>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtQml/qqmlregistration.h>

/// A server on a real socket that does what a test tells it: it answers joins with the incidents
/// that it was given, carries out commands, and can go away, stay silent, or refuse.
class ScriptedServer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString url READ url NOTIFY listeningChanged)
    Q_PROPERTY(int sessions READ sessions NOTIFY sessionsChanged)
    /// Joins are answered; where not, the client goes on catching up.
    Q_PROPERTY(bool answersJoins MEMBER m_answersJoins NOTIFY changed)
    /// It numbers nothing and answers nothing: what happens is all that it says.
    Q_PROPERTY(bool plain MEMBER m_plain NOTIFY changed)
    /// Lists name monitors; where not, it is as an older server.
    Q_PROPERTY(bool listsMonitors MEMBER m_listsMonitors NOTIFY changed)
    Q_PROPERTY(bool refusesTokens MEMBER m_refusesTokens NOTIFY changed)
    /// The token that the latest session came with.
    Q_PROPERTY(QString token MEMBER m_token NOTIFY changed)
    /// What who comes with a token may do.
    Q_PROPERTY(QString role MEMBER m_role NOTIFY changed)
    /// How commands about incidents are answered: "done", or with the code of an error; where it is
    /// empty they are not, and wait for answerHeld().
    Q_PROPERTY(QString commandAnswer MEMBER m_commandAnswer NOTIFY changed)
    /// Likewise of questions for timelines, which do not wait.
    Q_PROPERTY(QString historyAnswer MEMBER m_historyAnswer NOTIFY changed)
    /// What room.activity is answered with, as on the wire, and how: as commandAnswer.
    Q_PROPERTY(QVariantList activity MEMBER m_activity NOTIFY changed)
    Q_PROPERTY(QString activityAnswer MEMBER m_activityAnswer NOTIFY changed)
    /// The commands about incidents that came, as they were on the wire, without `requestId`.
    Q_PROPERTY(QVariantList commands READ commands NOTIFY changed)
    /// How many questions for timelines came.
    Q_PROPERTY(int historyQuestions MEMBER m_historyQuestions NOTIFY changed)

public:
    explicit ScriptedServer(QObject *parent = nullptr);
    ~ScriptedServer() override;

    /// At another address than 127.0.0.1, which this machine need not have yet.
    void listenAt(const QString &address);
    [[nodiscard]] QString url() const;
    [[nodiscard]] int sessions() const;
    [[nodiscard]] QVariantList commands() const;

    /// Creates or updates an incident, and tells who has joined. `details` are further fields as
    /// on the wire.
    Q_INVOKABLE void raise(const QString &uuid, const QString &title, const QString &severity,
        const QVariantMap &details = {});
    Q_INVOKABLE void resolve(const QString &uuid);
    /// Something that happened to the incident before.
    Q_INVOKABLE void addHistory(const QString &uuid, const QString &kind, qint64 at,
        const QString &by = {}, const QString &text = {});
    /// Answers the commands that wait, as commandAnswer() would.
    Q_INVOKABLE void answerHeld(const QString &how);
    Q_INVOKABLE void sendGarbage();
    /// A message of that name, with data that say nothing.
    Q_INVOKABLE void sendOther(const QString &name);
    /// Who is in all rooms, as ids that are names as well.
    Q_INVOKABLE void tellPresence(const QStringList &people);
    /// Changes a monitor, and tells who has joined; who joins later is given the list of them all.
    Q_INVOKABLE void changeMonitor(
        const QString &name, const QString &status, qint64 changedAt = 0);
    /// It is known no more, and who has joined is told.
    Q_INVOKABLE void removeMonitor(const QString &name);
    /// Many that are up, told with the next list only.
    Q_INVOKABLE void addMonitors(int count);
    /// The name of a file with a token, with which one comes as Anna, with the role.
    Q_INVOKABLE [[nodiscard]] QString tokenFile() const;
    /// A name in a directory that goes with this server.
    Q_INVOKABLE [[nodiscard]] QString scratchFile(const QString &name) const;
    /// Puts a directory in the place of that file, which then nobody can read or write.
    Q_INVOKABLE void obstruct(const QString &name) const;
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
    void takeCommand(QWebSocket &socket, QJsonObject command);
    void answerCommand(
        QWebSocket &socket, qint64 request, const QJsonObject &command, const QString &how);
    void answerHistory(QWebSocket &socket, qint64 request, const QString &uuid);
    void answerActivity(QWebSocket &socket, qint64 request);
    void carryOut(const QJsonObject &command);

    QTemporaryDir m_scratch;
    QWebSocketServer m_server;
    QString m_address = QStringLiteral("127.0.0.1");
    quint16 m_port = 0;
    QList<QWebSocket *> m_sockets;
    QStringList m_rooms;
    QMap<QString, QJsonObject> m_incidents;
    QHash<QString, int> m_versions;
    QMap<QString, QJsonObject> m_monitors;
    bool m_listsMonitors = true;
    qint64 m_sequence = 0;
    bool m_answersJoins = true;
    bool m_plain = false;
    bool m_refusesTokens = false;
    QString m_token;
    QString m_role = QStringLiteral("responder");
    QString m_commandAnswer = QStringLiteral("done");
    QString m_historyAnswer = QStringLiteral("done");
    int m_historyQuestions = 0;
    QVariantList m_activity;
    QString m_activityAnswer = QStringLiteral("done");

    struct Held {
        QPointer<QWebSocket> socket;
        qint64 request = 0;
        QJsonObject command;
    };
    QVariantList m_commands;
    QList<Held> m_held;
    QHash<QString, QJsonArray> m_histories;
};
