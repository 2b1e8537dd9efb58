// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachmentreader.h"
#include "client/clienteventqueue_p.h"
#include "client/credentialsrequest_p.h"
#include "client/errorlimiter.h"
#include "client/messagereader_p.h"
#include "client/outbox.h"
#include "client/pace.h"
#include "client/readahead_p.h"
#include "client/roomledger.h"
#include "client/suspenddetector.h"
#include "client/wakewatch_p.h"

#include <QObject>
#include <QTimer>

namespace tocsin {

class ClientSocket;

/// What runs in a client's I/O thread: the shell around ConnectionMachine and RoomLedger. It owns
/// the socket of the one attempt and the one timer, carries out what the two say, decodes and
/// validates, and hands events to the façade.
class ClientWorker : public QObject
{
    Q_OBJECT

public:
    ClientWorker(SocketClientOptions options, std::shared_ptr<ClientEventQueue> events);
    ~ClientWorker() override;

    // All called in the I/O thread.
    void command(const ConnectionMachine::Input &input, CommandSerial serial);
    void input(const ConnectionMachine::Input &input);
    void credentials(AttemptId attempt, const Credentials &credentials);
    void expectCredentials(bool fromFacade);
    void joinRoom(const QString &room);
    /// `leave`: the number of the façade's call.
    void leaveRoom(const QString &room, quint64 leave);
    enum class Buffering { WaitForConnection, NowOrNever };
    void send(const OutgoingMessage &message, Buffering buffering);
    void request(const PendingRequest &request, Buffering buffering);
    void addChannel(const QString &name, const MessageType *type, ChannelId channel);
    void passOnJson();
    /// Asks for the thread to come to its end.
    void end();

Q_SIGNALS:
    void ended();

protected:
    bool event(QEvent *event) override;

private:
    void carryOut(const ConnectionMachine::RequestCredentials &output);
    void carryOut(const ConnectionMachine::Open &output);
    void carryOut(const ConnectionMachine::Greet &output);
    void carryOut(const ConnectionMachine::SendHeartbeat &output);
    void carryOut(const ConnectionMachine::Drop &output);
    void carryOut(const ConnectionMachine::StateChanged &output);
    void carryOut(const ConnectionMachine::Connected &output);
    void carryOut(const ConnectionMachine::Doubted &output);
    void carryOut(const ConnectionMachine::Confirmed &output);
    template <typename Notification>
    void carryOut(const Notification &notification);

    void wake();
    void rearm();
    void carryOutLedger();
    void tellFreshness(const RoomLedger::FreshnessChanged &output);
    void receiveBytes(AttemptId attempt);
    void receiveText(const QString &text, AttemptId attempt);
    void receiveFrame(const QString &text, AttemptId attempt);
    void receiveMessage(const QString &text, AttemptId attempt);
    [[nodiscard]] bool shouldReadAhead(const QString &text) const;
    void readAhead(const QString &text, AttemptId attempt);
    void takeReadAhead();
    void receiveBlock(std::unique_ptr<ReadAhead::Block> block);
    /// Before anything else happens: what came first is handled first.
    void finishReadAhead();
    void recycle(ReceivedMessages messages);
    [[nodiscard]] bool judge(const MessageReader::Result &message);
    [[nodiscard]] bool judgeReserved(const MessageReader::Result &message);
    void deliver(MessageReader::Result &message);
    void deliver(std::unique_ptr<ReceivedMessage> message);
    void reject(const Error &error);
    void reportError(Error error);

    // clientworkersending.cpp
    void startSession();
    [[nodiscard]] bool canSend() const;
    void write(const OutgoingMessage &message, Buffering buffering);
    void keepBehindAuth(const OutgoingMessage &message, Buffering buffering);
    void takeBack();
    void forgetBehindAuth();
    void giveUpRequests();
    void buffer(const OutgoingMessage &message);
    void notSent(qint64 messages, ErrorCode code, const QString &why);
    void noteExpired(qint64 messages);
    void noteAbandoned();
    void carryOutRequests();
    [[nodiscard]] QByteArray joinFrame(const RoomLedger::Join &join) const;
    [[nodiscard]] QByteArray leaveFrame(const QString &room) const;
    [[nodiscard]] bool consume(const MessageReader::Result &message);
    void announce(const MessageReader::Result &message);
    void receiveBinary(const QByteArray &frame, AttemptId attempt);
    void tell(ClientEvent::Body body);
    void closeBatch();
    /// Hands over all that there is to tell.
    void flush();
    /// The time as of the last few messages: asking for it costs as much as reading one.
    [[nodiscard]] MonotonicTime roughlyNow();

    SocketClientOptions m_options;
    std::shared_ptr<ClientEventQueue> m_events;
    ConnectionMachine m_machine;
    RoomLedger m_ledger;
    Outbox m_outbox;
    /// `auth` was sent, and nothing says yet that it was taken.
    bool m_isBehindAuth = false;
    /// What was sent since then and would have to wait again; and of what may not, how much.
    Outbox m_behindAuth;
    qint64 m_neverAgain = 0;
    PendingRequests m_requests;
    AttachmentReader m_attachments;
    qint64 m_unsent = 0;
    /// One error an outage says that the outbox is full; the counter says how often.
    bool m_toldFull = false;
    std::unique_ptr<ClientSocket> m_socket;
    QTimer m_timer;
    WakeWatch m_wakeWatch;
    SuspendDetector m_suspendDetector;
    std::optional<MonotonicTime> m_armedFor;
    std::vector<ConnectionMachine::Input> m_pendingInputs;
    bool m_handling = false;
    CommandSerial m_serial = 0;
    quint64 m_leaves = 0;
    bool m_askFacade = false;
    AttemptId m_credentialsWantedFor = 0;
    Credentials m_credentials;

    /// The attempt whose frames are listened to; 0 for none.
    AttemptId m_listeningTo = 0;
    /// Bytes came, and nothing whole since.
    bool m_isPartUnderWay = false;
    MessageReader m_reader;
    /// Made in the first flood.
    std::unique_ptr<ReadAhead> m_readAhead;
    bool m_canReadAhead;
    bool m_isFlood = false;
    bool m_receivingBlocks = false;
    bool m_passOnJson = false;
    ReceivedMessages m_batch;
    qsizetype m_batchSize = 0;
    std::vector<ClientEvent> m_outgoing;
    Pace m_pace;
    qint64 m_messagesThisTurn = 0;
    qint64 m_sizeThisTurn = 0;
    bool m_turnEndPosted = false;
    MonotonicTime m_roughlyNow;
    int m_messagesSinceClock = 0;

    ErrorLimiter m_errorLimiter;
    qint64 m_rejected = 0;
    qint64 m_unknown = 0;
    QString m_latestUnknown;
    bool m_countersChanged = false;
};

} // namespace tocsin
