// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/attachmentreader.h"
#include "client/clientevent_p.h"
#include "client/outbox.h"
#include "client/roomledger.h"

#include <QHash>
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
    using Decoder = std::function<Expected<std::shared_ptr<const void>>(
        JsonReader &, QStringView, std::string_view)>;

    ClientWorker(SocketClientOptions options, std::shared_ptr<ClientEventQueue> events);
    ~ClientWorker() override;

    // All called in the I/O thread.
    void command(const ConnectionMachine::Input &input, CommandSerial serial);
    void input(const ConnectionMachine::Input &input);
    void credentials(AttemptId attempt, const QString &token);
    void expectCredentials(bool fromFacade);
    void joinRoom(const QString &room);
    void leaveRoom(const QString &room);
    enum class Buffering { WaitForConnection, NowOrNever };
    void send(const OutgoingMessage &message, Buffering buffering);
    void request(const PendingRequest &request);
    void addDecoder(const QString &name, const Decoder &decoder);
    void passOnJson();
    /// Asks for the thread to come to its end.
    void end();

Q_SIGNALS:
    void ended();

private:
    void carryOut(const ConnectionMachine::RequestCredentials &output);
    void carryOut(const ConnectionMachine::Open &output);
    void carryOut(const ConnectionMachine::Greet &output);
    void carryOut(const ConnectionMachine::SendHeartbeat &output);
    void carryOut(const ConnectionMachine::Drop &output);
    void carryOut(const ConnectionMachine::StateChanged &output);
    template <typename Notification>
    void carryOut(const Notification &notification);

    void wake();
    void rearm();
    void carryOutLedger();
    void receiveText(const QString &text, AttemptId attempt);
    void receiveMessage(std::string_view frame, AttemptId attempt);
    [[nodiscard]] bool judge(const RawMessage &message);
    void deliver(
        const RawMessage &message, const Decoder *decoder, std::shared_ptr<const void> data);
    void reject(const Error &error);

    // clientworkersending.cpp
    void startSession();
    [[nodiscard]] bool canSend() const;
    void write(const OutgoingMessage &message);
    void buffer(const OutgoingMessage &message);
    void notSent(qint64 messages, ErrorCode code, const QString &why);
    void carryOutRequests();
    [[nodiscard]] QByteArray joinFrame(const RoomLedger::Join &join) const;
    [[nodiscard]] QByteArray leaveFrame(const QString &room) const;
    [[nodiscard]] bool consume(const RawMessage &message);
    void announce(const RawMessage &message);
    void receiveBinary(const QByteArray &frame, AttemptId attempt);
    void tell(ClientEvent::Body body);
    void tellCounters();

    SocketClientOptions m_options;
    std::shared_ptr<ClientEventQueue> m_events;
    ConnectionMachine m_machine;
    RoomLedger m_ledger;
    Outbox m_outbox;
    PendingRequests m_requests;
    AttachmentReader m_attachments;
    qint64 m_unsent = 0;
    /// One error an outage says that the outbox is full; the counter says how often.
    bool m_toldFull = false;
    std::unique_ptr<ClientSocket> m_socket;
    QTimer m_timer;
    std::optional<MonotonicTime> m_armedFor;
    std::vector<ConnectionMachine::Input> m_pendingInputs;
    bool m_handling = false;
    CommandSerial m_serial = 0;
    bool m_askFacade = false;
    QString m_token;

    QHash<QString, Decoder> m_decoders;
    // The envelope's text must outlive the decoding of its data: one reader for each.
    JsonReader m_envelopeReader;
    JsonReader m_dataReader;
    bool m_passOnJson = false;
    qint64 m_rejected = 0;
    qint64 m_unknown = 0;
};

} // namespace tocsin
