// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"
#include "gateway/hub_p.h"
#include "gateway/logwriter_p.h"
#include "gateway/messagerate_p.h"
#include "gateway/metrics_p.h"
#include "gateway/presenceboard_p.h"
#include "gateway/sourcewatch_p.h"
#include "gateway/tokens.h"
#include "protocol/closecode.h"

#include <QQueue>
#include <QUuid>

#include <memory>
#include <unordered_map>

namespace tocsin {

/// What the parts of a running gateway share. Lives longer than any of them.
struct GatewayServices {
    const GatewayConfiguration &configuration;
    EventLoop &loop;
    Hub &hub;
    LogWriter &writer;
    PresenceBoard &presence;
    /// Null: nobody needs a token.
    const TokenStore *tokens;
    GatewayMetrics &metrics;
    Logbook &logbook;
    SourceWatch &sources;
    bool isLoopback;
    /// Of the loop's thread.
    std::unique_ptr<JsonReader> reader;
    bool isStopping = false;
};

/// A payload's error, in words that name the command.
[[nodiscard]] Error locally(const Error &error, const QString &command);

/// How a session's frames reach its peer.
class SessionTransport
{
public:
    /// What a peer leaves unread is bounded, but for the answer to a join: that may be of any size,
    /// and a peer has one at a time.
    enum class Traffic { Bounded, JoinAnswer };

    virtual ~SessionTransport() = default;
    virtual void send(const QByteArray &frame, Traffic traffic) = 0;
    /// Behind what was sent before.
    virtual void close(CloseCode code, const QString &reason) = 0;
    /// Not closed, nor about to be.
    virtual bool isOpen() const = 0;
    /// Bytes of bounded traffic that wait.
    virtual qint64 backlog() const = 0;
    /// Whose session it is: where its peer, or the one that a trusted proxy names, is.
    virtual QString peerAddress() const = 0;
};

/// How a session has ended.
struct SessionEnd {
    /// 1006 where there was no closing handshake.
    int code = int(CloseCode::Abnormal);
    /// In the gateway's own words; never the peer's.
    QString reason = {};
    enum class By { Gateway, Peer } by = By::Peer;
};

/// The protocol of one WebSocket session: who it is, its rooms, its commands (docs/protocol.md).
/// Knows no socket: it is given frames, and gives frames to its transport. Loop's thread only.
class Session final : public Subscriber, public std::enable_shared_from_this<Session>
{
public:
    Session(GatewayServices &services, SessionTransport &transport);
    ~Session() override;

    void start();
    void receiveText(std::string_view frame);
    void receiveBinary();
    /// A ping of RFC 6455, which the transport answers.
    void receivePing();
    /// Everything that was sent has left.
    void drained();
    void sendHeads();
    /// Closes the session whose token is no longer good, and takes it out of the rooms that are no
    /// longer the token's.
    void recheckToken();
    /// The transport is gone.
    void end(const SessionEnd &how);

    void deliver(const QByteArray &frame) override;
    qint64 backlog() const override;

private:
    struct RoomOperation {
        enum class Kind { Join, Leave } kind;
        QString room;
        std::optional<RoomPosition> since;
        std::optional<qint64> requestId;
    };
    using Traffic = SessionTransport::Traffic;
    enum class JoinState { None, Asked, Answering };

    enum class Rate { Kept, Exceeded };
    /// Exceeded: it has been told, and is being closed.
    [[nodiscard]] Rate countMessage();
    void closeForRate();
    void receiveCommand(const CommandHeader &header, std::string_view frame);
    void authenticate(const CommandHeader &header, std::string_view frame);
    void enqueueJoin(const CommandHeader &header, std::string_view frame);
    void enqueueLeave(const CommandHeader &header, std::string_view frame);
    void enqueue(const RoomOperation &operation);
    void continueRoomOperations();
    void beginJoin(const RoomOperation &operation);
    void finishJoin(const RoomOperation &operation, Expected<JoinAnswer> answer);
    void leave(const QString &room);
    [[nodiscard]] User user() const;
    void act(const CommandHeader &header, std::string_view frame, IncidentAction::Kind kind);
    void comment(const CommandHeader &header, std::string_view frame);
    void assign(const CommandHeader &header, std::string_view frame);
    void act(const CommandHeader &header, const QString &uuid, const IncidentAction &action);
    void readActivity(const CommandHeader &header, std::string_view frame);
    /// Answers a command that only asks with what is read for it.
    [[nodiscard]] std::function<void(const Expected<QByteArray> &)> answering(qint64 requestId);
    void readTimeline(const CommandHeader &header, std::string_view frame);

    void leaveAll();
    void refuseJoin(std::optional<qint64> requestId, const Error &error, const QString &room = {});
    void tellOfEnd(const SessionEnd &how) const;

    void send(const QByteArray &frame, Traffic traffic = Traffic::Bounded);
    void close(CloseCode code, const QString &reason);
    void succeed(std::optional<qint64> requestId, const QByteArray &result = "{}");
    void fail(std::optional<qint64> requestId, const Error &error);
    void answer(qint64 requestId, const QByteArray &frame);

    GatewayServices &m_services;
    SessionTransport *m_transport;
    const QUuid m_id = QUuid::createUuid();
    // By start(); what was never open does not end.
    std::optional<std::chrono::steady_clock::time_point> m_begin;
    std::optional<Principal> m_principal;
    QSet<QString> m_rooms;
    // One at a time: the next begins when the answer to the last has left, so that what a session
    // can ask for is bounded by what its peer takes.
    QQueue<RoomOperation> m_operations;
    JoinState m_joinState = JoinState::None;
    MessageRate m_rate;
    // By requestId; empty while the command is carried out. Oldest forgotten first.
    std::unordered_map<qint64, QByteArray> m_answers;
    QQueue<qint64> m_answerOrder;
};

} // namespace tocsin
