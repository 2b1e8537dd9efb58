// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/clientevent_p.h"
#include "client/credentialsrequest_p.h"
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
    void credentials(AttemptId attempt, const Credentials &credentials);
    void expectCredentials(bool fromFacade);
    void joinRoom(const QString &room);
    void leaveRoom(const QString &room);
    void sendFrame(const QByteArray &frame);
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
    void tell(ClientEvent::Body body);
    void tellCounters();

    SocketClientOptions m_options;
    std::shared_ptr<ClientEventQueue> m_events;
    ConnectionMachine m_machine;
    RoomLedger m_ledger;
    Outbox m_outbox;
    std::unique_ptr<ClientSocket> m_socket;
    QTimer m_timer;
    std::optional<MonotonicTime> m_armedFor;
    std::vector<ConnectionMachine::Input> m_pendingInputs;
    bool m_handling = false;
    CommandSerial m_serial = 0;
    bool m_askFacade = false;
    AttemptId m_credentialsWantedFor = 0;
    Credentials m_credentials;

    QHash<QString, Decoder> m_decoders;
    // The envelope's text must outlive the decoding of its data: one reader for each.
    JsonReader m_envelopeReader;
    JsonReader m_dataReader;
    bool m_passOnJson = false;
    qint64 m_rejected = 0;
    qint64 m_unknown = 0;
};

} // namespace tocsin
