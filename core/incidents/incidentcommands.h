// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/commandledger.h"
#include "incidents/commandnotices.h"
#include "incidents/incidentstore.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

namespace tocsin {

class SocketClient;
struct Reply;

/// Carries out what a person wants done about the incidents of one server: sends it there, says
/// what is on its way, and what became of it.
///
/// What cannot be sent now is not sent later: a person who acknowledged something ten minutes ago
/// would be surprised. `store` must outlive the commands.
class TOCSIN_INCIDENTS_EXPORT IncidentCommands : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::CommandNotices *notices READ notices CONSTANT)
    /// How many commands have not ended.
    Q_PROPERTY(int pendingCount READ pendingCount NOTIFY pendingCountChanged)
    /// Who the server says that looks; empty where it does not know.
    Q_PROPERTY(QString me READ me NOTIFY meChanged)
    /// What they may do there (docs/gateway.md, "Tokens"); empty where the server does not say.
    Q_PROPERTY(QString role READ role NOTIFY meChanged)

public:
    /// More at once would be taken for a flood by the server.
    static constexpr qsizetype mostAtOnce = 500;

    explicit IncidentCommands(IncidentStore &store, QObject *parent = nullptr);
    ~IncidentCommands() override;

    /// The connection to the server that the incidents are from; none: nothing can be done. What is
    /// pending with the one before fails.
    void setClient(SocketClient *client);
    [[nodiscard]] SocketClient *client() const;
    [[nodiscard]] const IncidentStore &store() const;
    [[nodiscard]] CommandNotices *notices();
    [[nodiscard]] int pendingCount() const;
    [[nodiscard]] QString me() const;
    [[nodiscard]] QString role() const;
    [[nodiscard]] bool isConnected() const;

    /// Why this cannot be done about any of the incidents, as a sentence; empty where it can.
    [[nodiscard]] QString obstacle(CommandKind kind, const QStringList &uuids) const;
    /// Does it about those of the incidents of which it makes sense. Where there is an obstacle,
    /// that is told, and nothing is sent. A comment without an id gets one, with which done() and
    /// failed() tell it.
    void send(const IncidentCommand &wanted, const QStringList &uuids);

    /// The incident as it is when what is pending is done.
    [[nodiscard]] Incident shown(const Incident &incident) const;
    [[nodiscard]] std::optional<CommandKind> pendingOf(const QString &uuid) const;

Q_SIGNALS:
    /// shown() or pendingOf() of the incident changed for another reason than the incident.
    void shownChanged(const QString &uuid);
    /// obstacle() may be another one, for another reason than the incidents.
    void obstaclesChanged();
    void pendingCountChanged();
    void meChanged();
    void done(const QString &uuid, const tocsin::IncidentCommand &command);
    void failed(const QString &uuid, const tocsin::IncidentCommand &command);

private:
    [[nodiscard]] bool makesSense(CommandKind kind, const QString &uuid) const;
    void sendOne(const IncidentCommand &command, const QString &uuid);
    void takeReply(CommandLedger::Id id, const QString &uuid, const Reply &reply);
    void carryOut();
    void setUser(const QString &name, const QString &role);

    IncidentStore &m_store;
    QPointer<SocketClient> m_client;
    CommandLedger m_ledger;
    CommandNotices m_notices;
    QTimer m_timer;
    // Of what is pending: by the time it ends, the incident may be gone.
    QHash<QString, QString> m_titles;
    QString m_me;
    QString m_role;
};

} // namespace tocsin
